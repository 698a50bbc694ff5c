/** Writing down what was changed, and taking it back. */
import type { Readable } from 'node:stream';
import type { Sent } from '@groundswell/contract';
import type { Cells } from '@groundswell/formats';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { mustSendTo } from './active-users.actions.ts';
import { keepChanges, markWithdrawn } from './change.store.ts';
import { type Change, type KeptChange, readChangeRow } from './change.ts';
import { type IncomingRow, judgeRows, nothingBut } from './judged.ts';
import { takeUpload } from './upload.ts';

const keyOf = ({ externalId }: Change): string => externalId;

/** When this returns, what it says was added is on disk. */
export async function takeChanges(
  { db, clock }: Tools,
  actor: Actor,
  compartment: string,
  rows: readonly IncomingRow[],
): Promise<Sent> {
  mustSendTo(actor, compartment);
  const at = clock.now();
  const { good, refused } = judgeRows(rows, readChangeRow, keyOf);
  if (good.length === 0) return nothingBut(refused);
  const once = [...new Map(good.map(({ value }) => [value.externalId, value])).values()];

  return db.change(actor, async (trx) => {
    const { ids, ...kept } = await keepChanges(trx, once, { compartment, actor, at });
    await recordChanges(trx, actor, { compartment, at, ids, changes: once, ...kept });
    return { ...nothingBut(refused), ...kept, unchanged: kept.unchanged + good.length - once.length };
  });
}

interface Taken {
  readonly compartment: string;
  readonly at: Date;
  readonly ids: readonly string[];
  readonly changes: readonly Change[];
  readonly added: number;
  readonly replaced: number;
}

/** A single change is told by itself; of many the record keeps how many there were. */
async function recordChanges(trx: Trx, actor: Actor, taken: Taken): Promise<void> {
  const { compartment, at, ids, changes, added, replaced } = taken;
  if (ids.length === 0) return;
  const only = changes.length === 1 ? changes[0]! : null;
  if (only) {
    const subject = { kind: 'change', id: ids[0]! } as const;
    const payload = { changeId: ids[0]!, kind: only.kind };
    return record(trx, actor, { name: 'change.recorded', at, compartment, subject, payload });
  }
  const subject = { kind: 'compartment', id: compartment } as const;
  return record(trx, actor, { name: 'changes.received', at, compartment, subject, payload: { added, replaced } });
}

export async function takeChangesFile(
  tools: Tools,
  actor: Actor,
  file: { compartment: string; fileName: string },
  body: Readable,
): Promise<Sent> {
  mustSendTo(actor, file.compartment);
  const { compartment, fileName } = file;
  return takeUpload({ body, fileName, asRow: changeRow }, (rows) => takeChanges(tools, actor, compartment, rows));
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
