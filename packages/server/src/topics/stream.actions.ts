/** Writing the log: what intake brings, in the order in which it settled, and what people tell the engine. */
import { SYSTEM } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { historyRunId } from './identity.ts';
import { finishedImports } from './intake.store.ts';
import { insertHistoryRun } from './run.store.ts';
import {
  appendEntries,
  giveHeldTo,
  heldImports,
  heldOf,
  holdBatches,
  loadStream,
  lockStream,
  type NewEntry,
  nextBatches,
  releaseHeld,
  type Stream,
  saveCursor,
} from './stream.store.ts';
import { asBody, type Batch, type Command, type FinishedImport, isHistory } from './stream.ts';

const BATCHES_PER_TURN = 200;

type Bench = Pick<Tools, 'db' | 'clock'>;

/** Appends what has settled since the last time; true if there was anything. The cursor is kept with what it stands for. */
export async function writeLog(tools: Bench, compartment: string): Promise<boolean> {
  const engine = SYSTEM.engine(compartment);
  if (!(await tools.db.as(engine, (db) => hasNews(db, compartment)))) return false;

  return tools.db.change(engine, async (trx) => {
    const stream = await lockStream(trx, compartment);
    const { batches, cursor } = await nextBatches(trx, stream.cursor, BATCHES_PER_TURN);
    await holdBatches(
      trx,
      compartment,
      batches.filter((batch) => batch.importId !== null),
    );
    const news = batches.filter((batch) => batch.importId === null).map(asEntry);
    const settled = await settleImports(trx, stream, tools.clock.now());
    await appendEntries(trx, stream, tools.clock.now(), [...news, ...settled]);
    if (cursor !== stream.cursor) await saveCursor(trx, compartment, cursor);
    return batches.length > 0 || settled.length > 0;
  });
}

const asEntry = ({ id, rowCount }: Batch): NewEntry => ({
  body: { kind: 'signals', batch: id, rows: rowCount },
  items: rowCount,
});

/** Looked at without a lock first: an idle engine writes nothing, twice a second. */
async function hasNews(db: Parameters<typeof loadStream>[0], compartment: string): Promise<boolean> {
  const stream = await loadStream(db, compartment);
  const { batches } = await nextBatches(db, stream?.cursor ?? null, 1);
  if (batches.length > 0) return true;
  const held = await heldImports(db, compartment);
  return held.length > 0 && (await finishedImports(db, held)).length > 0;
}

/** Decides about finished imports: what is mostly old becomes a history run, the rest goes into the log. */
async function settleImports(trx: Trx, stream: Stream, at: Date): Promise<NewEntry[]> {
  const held = await heldImports(trx, stream.compartment);
  const finished = held.length > 0 ? await finishedImports(trx, held) : [];
  const entries: NewEntry[] = [];
  for (const one of finished) {
    const batches = await heldOf(trx, one.id);
    if (isHistory(one)) {
      await openHistory(trx, stream, one, batches, at);
    } else {
      entries.push(...batches.map(asEntry));
      await releaseHeld(trx, one.id);
    }
  }
  return entries;
}

async function openHistory(trx: Trx, stream: Stream, one: FinishedImport, batches: Batch[], at: Date): Promise<void> {
  const id = historyRunId(one.id, batches[0]!.id);
  const total = batches.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const { compartment, falseAlertsPerWeek } = stream;
  await insertHistoryRun(trx, {
    id,
    compartment,
    importId: one.id,
    sourceId: one.sourceId,
    falseAlertsPerWeek,
    total,
    at,
  });
  await giveHeldTo(trx, one.id, id);
}

/** For higher slices, in their own transaction: what was decided and what the engine is told are kept together. */
export async function appendCommand(trx: Trx, compartment: string, command: Command, at: Date): Promise<void> {
  const stream = await lockStream(trx, compartment);
  await appendEntries(trx, stream, at, [{ body: asBody(command), items: 0 }]);
}
