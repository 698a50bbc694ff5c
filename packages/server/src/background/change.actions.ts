/** Writing down what was changed, and taking it back. */
import type { Readable } from 'node:stream';
import type { Sent } from '@groundswell/contract';
import type { Cells } from '@groundswell/formats';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { keepChanges, markWithdrawn } from './change.store.ts';
import { type Change, type KeptChange, readChangeRow } from './change.ts';
import { mustSendTo, type Taking, takeFile, takeRows } from './delivery.actions.ts';
import type { IncomingRow } from './judged.ts';

export async function takeChanges(
  tools: Tools,
  actor: Actor,
  compartment: string,
  rows: readonly IncomingRow[],
): Promise<Sent> {
  mustSendTo(actor, compartment);
  return takeRows(tools, actor, rows, taking(tools, actor, compartment));
}

export async function takeChangesFile(
  tools: Tools,
  actor: Actor,
  file: { compartment: string; fileName: string },
  body: Readable,
): Promise<Sent> {
  mustSendTo(actor, file.compartment);
  const upload = { ...file, body, asRow: changeRow };
  return takeFile(tools, actor, upload, taking(tools, actor, file.compartment));
}

function taking({ clock }: Tools, actor: Actor, compartment: string): Taking<Change> {
  const at = clock.now();
  const taken = { rows: 0, added: 0, replaced: 0 };
  let last: { id: string; kind: Change['kind'] } | null = null;
  return {
    read: readChangeRow,
    keyOf: ({ externalId }) => externalId,
    async keep(trx, good) {
      const { ids, ...kept } = await keepChanges(trx, good, { compartment, actor, at });
      taken.rows += good.length;
      taken.added += kept.added;
      taken.replaced += kept.replaced;
      if (ids[0] !== undefined) last = { id: ids[0], kind: good[0]!.kind };
      return kept;
    },
    tell: (trx) => tellChanges(trx, actor, { compartment, at, ...taken, only: taken.rows === 1 ? last : null }),
  };
}

interface Taken {
  readonly compartment: string;
  readonly at: Date;
  readonly added: number;
  readonly replaced: number;
  readonly only: { readonly id: string; readonly kind: Change['kind'] } | null;
}

/** A single change is told by itself; of many the record keeps how many there were. */
async function tellChanges(trx: Trx, actor: Actor, { compartment, at, added, replaced, only }: Taken): Promise<void> {
  if (only) {
    const subject = { kind: 'change', id: only.id } as const;
    const payload = { changeId: only.id, kind: only.kind };
    return record(trx, actor, { name: 'change.recorded', at, compartment, subject, payload });
  }
  const subject = { kind: 'compartment', id: compartment } as const;
  return record(trx, actor, { name: 'changes.received', at, compartment, subject, payload: { added, replaced } });
}

const FIELDS: ReadonlySet<string> = new Set(['id', 'at', 'until', 'kind', 'title', 'url', 'share']);

/** A column that is no field of a change is a dimension of it; an empty cell says nothing. */
function changeRow(cells: Cells): unknown {
  const row: Record<string, unknown> = {};
  const dimensions: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(cells)) {
    const plain = name.trim().toLowerCase();
    if (cell === null || cell === '') continue;
    if (!FIELDS.has(plain)) dimensions[name.trim()] = cell;
    else if (plain === 'share') row[plain] = Number(cell);
    else row[plain] = plain === 'kind' ? String(cell).trim().toLowerCase() : String(cell).trim();
  }
  return { ...row, dimensions };
}

/** Withdrawing twice changes nothing. */
export async function withdrawChange({ db, clock }: Tools, actor: Actor, id: string): Promise<KeptChange> {
  mustHave(actor, 'import.run');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const { compartment, ...change } = await markWithdrawn(trx, id, at);
    if (change.withdrawnAt?.getTime() === at.getTime()) {
      const subject = { kind: 'change', id } as const;
      await record(trx, actor, { name: 'change.withdrawn', at, compartment, subject, payload: { changeId: id } });
    }
    return change;
  });
}
