/** Taking in how many people were active. When this returns, what it says was added is on disk. */
import type { Readable } from 'node:stream';
import { Refusal, type Sent } from '@groundswell/contract';
import type { Cells } from '@groundswell/formats';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { keepActiveUsers } from './active-users.store.ts';
import { keyOfActiveUsers, readActiveUsersRow } from './active-users.ts';
import { type IncomingRow, judgeRows, nothingBut } from './judged.ts';
import { takeUpload } from './upload.ts';

export async function takeActiveUsers(
  { db, clock }: Tools,
  actor: Actor,
  compartment: string,
  rows: readonly IncomingRow[],
): Promise<Sent> {
  mustSendTo(actor, compartment);
  const at = clock.now();
  const { good, refused } = judgeRows(rows, readActiveUsersRow, keyOfActiveUsers);
  if (good.length === 0) return nothingBut(refused);
  const once = [...new Map(good.map(({ value }) => [keyOfActiveUsers(value), value])).values()];
  const days = once.map(({ day }) => day).sort();

  return db.change(actor, async (trx) => {
    const kept = await keepActiveUsers(trx, once, { compartment, actor: actor.id, at });
    if (kept.added + kept.replaced > 0) {
      await record(trx, actor, {
        name: 'active_users.received',
        at,
        compartment,
        subject: { kind: 'compartment', id: compartment },
        payload: { rows: kept.added + kept.replaced, from: days[0]!, to: days.at(-1)! },
      });
    }
    return { ...nothingBut(refused), ...kept, unchanged: kept.unchanged + good.length - once.length };
  });
}

export function mustSendTo(actor: Actor, compartment: string): void {
  mustHave(actor, 'background.send');
  if (actor.compartments.includes(compartment)) return;
  throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
}

export async function takeActiveUsersFile(
  tools: Tools,
  actor: Actor,
  file: { compartment: string; fileName: string },
  body: Readable,
): Promise<Sent> {
  mustSendTo(actor, file.compartment);
  const { compartment, fileName } = file;
  return takeUpload({ body, fileName, asRow: activeUsersRow }, (rows) =>
    takeActiveUsers(tools, actor, compartment, rows),
  );
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
