/** Taking in how many people were active. */
import type { Readable } from 'node:stream';
import type { Sent } from '@groundswell/contract';
import type { Cells } from '@groundswell/formats';
import type { Actor } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { keepActiveUsers } from './active-users.store.ts';
import { type ActiveUsers, keyOfActiveUsers, readActiveUsersRow } from './active-users.ts';
import { mustSendTo, type Taking, takeFile, takeRows } from './delivery.actions.ts';
import type { IncomingRow } from './judged.ts';

export async function takeActiveUsers(
  tools: Tools,
  actor: Actor,
  compartment: string,
  rows: readonly IncomingRow[],
): Promise<Sent> {
  mustSendTo(actor, compartment);
  return takeRows(tools, actor, rows, taking(tools, actor, compartment));
}

export async function takeActiveUsersFile(
  tools: Tools,
  actor: Actor,
  file: { compartment: string; fileName: string },
  body: Readable,
): Promise<Sent> {
  mustSendTo(actor, file.compartment);
  const upload = { ...file, body, asRow: activeUsersRow };
  return takeFile(tools, actor, upload, taking(tools, actor, file.compartment));
}

function taking({ clock }: Tools, actor: Actor, compartment: string): Taking<ActiveUsers> {
  const at = clock.now();
  let rows = 0;
  let days: readonly string[] = [];
  return {
    read: readActiveUsersRow,
    keyOf: keyOfActiveUsers,
    async keep(trx, good) {
      const sorted = [...days, ...good.map(({ day }) => day)].sort();
      days = [sorted[0]!, sorted.at(-1)!];
      const kept = await keepActiveUsers(trx, good, { compartment, actor: actor.id, at });
      rows += kept.added + kept.replaced;
      return kept;
    },
    tell: (trx) =>
      record(trx, actor, {
        name: 'active_users.received',
        at,
        compartment,
        subject: { kind: 'compartment', id: compartment },
        payload: { rows, from: days[0]!, to: days.at(-1)! },
      }),
  };
}

const COUNT_COLUMNS: ReadonlySet<string> = new Set(['users', 'active_users', 'dau', 'activeusers', 'active users']);
const DAY_COLUMNS: ReadonlySet<string> = new Set(['day', 'date']);

/** By what the columns are called; a column that is neither day nor count is a dimension. */
function activeUsersRow(cells: Cells): unknown {
  const row: { day?: unknown; users?: unknown; dimensions: Record<string, unknown> } = { dimensions: {} };
  for (const [name, cell] of Object.entries(cells)) {
    const plain = name.trim().toLowerCase();
    if (DAY_COLUMNS.has(plain)) row.day = typeof cell === 'string' ? cell.trim().slice(0, 10) : cell;
    else if (COUNT_COLUMNS.has(plain)) row.users = countOf(cell);
    else if (cell !== null && cell !== '') row.dimensions[name.trim()] = cell;
  }
  return row;
}

const countOf = (cell: Cells[string] | undefined): unknown =>
  typeof cell === 'string' && /^\s*\d+(\.0+)?\s*$/.test(cell) ? Number(cell) : cell;
