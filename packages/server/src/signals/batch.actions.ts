/**
 * Taking a batch in. Every chunk is one transaction with its place in the stream, so that whatever happens, whoever sends
 * again with the same key goes on behind the last chunk that was kept, and nothing is taken twice.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BatchLine, type IntakeSummary, Refusal } from '@groundswell/contract';
import { type Actor, compartmentNames, mustBeOwnSource, mustHave, SYSTEM } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import { outageOf } from '../platform/http-errors.ts';
import type { Tools } from '../platform/tools.ts';
import {
  addBatchRefusals,
  beat,
  holdBatch,
  listBatchRefusals,
  loadBatch,
  release,
  releaseAll,
  saveBatch,
  setRunner,
} from './batch.store.ts';
import {
  advance,
  type Batch,
  brokenOff,
  busy,
  HOPELESS_WORDS,
  isBusy,
  isHopeless,
  mustFit,
  summaryLine,
} from './batch.ts';
import { runnersOf } from './batch-runner.ts';
import { BatchStream, type Chunk, type Flow } from './batch-stream.ts';
import { judgeRows, keepJudged } from './intake.actions.ts';
import { type IncomingRow, rowOfLine } from './intake.ts';
import { loadSource } from './source.store.ts';

export interface BatchRequest extends Flow {
  readonly sourceId: string;
  readonly key: string;
  /** True once the sender has hung up. */
  readonly gone: () => boolean;
}

export interface BatchEnd {
  readonly batch: Batch;
  /** Why it broke off, in words; null when it is finished. */
  readonly problem: string | null;
  /** What nobody foresaw, for the log. */
  readonly fault?: unknown;
}

/**
 * Takes the batch up and compares what is known of it. What is refused here is refused as a whole; from then on rows are
 * taken by `run`, which never fails: it says how far it came.
 */
export async function openBatch(tools: Tools, actor: Actor, request: BatchRequest): Promise<TakeRest> {
  mustHave(actor, 'signal.send');
  mustBeOwnSource(actor, request.sourceId);
  const runner = randomUUID();
  const { atWork } = runnersOf(tools.db);
  const ended = Promise.withResolvers<void>();
  atWork.set(runner, { gone: request.gone, ended: ended.promise });
  const known = await takeUp(tools, actor, request, runner).catch((error: unknown) => {
    atWork.delete(runner);
    throw error;
  });
  const stream = new BatchStream(request, known);
  const letGo = async () => {
    await stream.close();
    await sayReleased(tools, actor, known);
    atWork.delete(runner);
    ended.resolve();
  };
  try {
    await stream.passOver(heart(tools, actor, known));
  } catch (error) {
    await letGo();
    throw error;
  }
  return (onKept) => takeRest(tools, actor, { known, stream, onKept }).finally(letGo);
}

/** Takes what still comes; `onKept` hears of every step that is on disk, first of what was kept before. */
export type TakeRest = (onKept: (batch: Batch) => void) => Promise<BatchEnd>;

interface Taking {
  readonly known: Batch;
  readonly stream: BatchStream;
  readonly onKept: (batch: Batch) => void;
}

/** The batch in the hands of this request; a finished one as it is. */
async function takeUp(tools: Tools, actor: Actor, request: BatchRequest, runner: string): Promise<Batch> {
  const { sourceId, key, fromByte } = request;
  const { atWork, unsaid } = runnersOf(tools.db);
  for (let tries = 1; ; tries++) {
    const at = tools.clock.now();
    const batch = await tools.db.change(actor, async (trx) => {
      const { compartment } = await loadSource(trx, sourceId);
      const held = await holdBatch(trx, { sourceId, key, compartment, actor: actor.id, at });
      const ours = held.runner !== null && unsaid.has(held.runner);
      if (isBusy(held, at) && !ours) return held;
      mustFit(held, fromByte);
      if (held.finishedAt) return held;
      await setRunner(trx, held, runner, at);
      return { ...held, runner, beatAt: at };
    });
    if (batch.finishedAt || batch.runner === runner) return batch;
    const other = atWork.get(batch.runner ?? '');
    if (!other?.gone() || tries > 1) throw busy(batch, at);
    await Promise.race([other.ended, sleep(LETTING_GO_MS, undefined, { ref: false })]);
  }
}

/** A request whose sender has hung up keeps what it has read, and ends. */
const LETTING_GO_MS = 10_000;

async function takeRest(tools: Tools, actor: Actor, { known, stream, onKept }: Taking): Promise<BatchEnd> {
  if (known.finishedAt) return { batch: known, problem: null };
  onKept(known);
  let batch = known;
  let keeping = Promise.resolve(known);
  try {
    for await (const chunk of stream.chunks()) {
      // One chunk is judged while the one before is written: never more, so memory stays flat and the sender waits.
      const delivery = await judgeRows(tools, actor, known.sourceId, rowsOf(chunk));
      batch = await keeping;
      if (isHopeless(batch)) return { batch, problem: brokenOff(batch, HOPELESS_WORDS) };
      keeping = keepChunk(tools, actor, batch, chunk, delivery);
      keeping.then(onKept, () => {}); // a failure is told where it is awaited
    }
    batch = await keeping;
    batch = await finish(tools, actor, batch, stream.end);
    return { batch, problem: null };
  } catch (error) {
    await keeping.catch(() => {});
    // The database knows better than we do what was kept, if it can be asked.
    const kept = await tools.db.as(actor, (db) => loadBatch(db, known)).catch(() => batch);
    const why = wordsFor(error);
    return { batch: kept, problem: brokenOff(kept, why ?? FAULT), ...(why === null && { fault: error }) };
  }
}

const rowsOf = ({ lines }: Chunk): IncomingRow[] => lines.map(rowOfLine);

async function keepChunk(
  tools: Tools,
  actor: Actor,
  before: Batch,
  { bytes, digest, lines }: Chunk,
  delivery: Awaited<ReturnType<typeof judgeRows>>,
): Promise<Batch> {
  let after = before;
  const alongside = async (trx: Trx, { added, revised, unchanged, refused }: IntakeSummary) => {
    const place = { bytes, digest, lines: lines.at(-1)!.row, rows: lines.length };
    const step = { ...place, added, revised, unchanged, refused: refused.length };
    after = await saveBatch(trx, advance(before, step, tools.clock.now()));
    await addBatchRefusals(trx, after, refused);
  };
  await keepJudged(tools, actor, delivery, { alongside });
  return after;
}

function finish({ db, clock }: Tools, actor: Actor, batch: Batch, end: number): Promise<Batch> {
  const at = clock.now();
  return db.change(actor, (trx) => saveBatch(trx, { ...batch, bytes: end, finishedAt: at, beatAt: at }));
}

const BEAT_MS = 10_000;

/** To be called often; tells the database now and then. */
function heart({ db, clock }: Tools, actor: Actor, batch: Batch): () => Promise<void> {
  let told = performance.now();
  return async () => {
    if (batch.finishedAt || performance.now() - told < BEAT_MS) return;
    told = performance.now();
    const mine = await db.change(actor, (trx) => beat(trx, batch, clock.now()));
    if (!mine) throw new Refusal('batch.busy', 'Another request has taken this batch over.');
  };
}

/** If the database cannot be told, this process remembers; should it die too, silence tells. */
async function sayReleased({ db }: Tools, actor: Actor, batch: Batch): Promise<void> {
  if (batch.finishedAt || !batch.runner) return;
  await db.change(actor, (trx) => release(trx, batch)).catch(() => runnersOf(db).unsaid.add(batch.runner!));
}

/** At the start of a server that knows itself to be alone, nobody is at work. */
export async function releaseBatches({ db }: Tools): Promise<void> {
  for (const compartment of await compartmentNames(db)) await db.change(SYSTEM.intake(compartment), releaseAll);
}

const FAULT = 'Something went wrong on our side; it was written to the log.';
const OUTAGES: Readonly<Record<string, string>> = {
  'house.disk_full': 'The disk of this Groundswell is full. Make room there first.',
  'house.database_away': 'The database cannot be reached just now.',
};

/** Why the stream broke off; null for a fault. */
function wordsFor(error: unknown): string | null {
  if (error instanceof Refusal) return error.message;
  const { code = '' } = error as { code?: string };
  if (HUNG_UP.has(code)) return 'The connection was lost.'; // the sender's or the database's: they say the same
  const outage = outageOf(error);
  return outage && (OUTAGES[outage.code] ?? outage.message);
}
const HUNG_UP: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ABORT_ERR', 'ERR_STREAM_PREMATURE_CLOSE']);

const PAGE = 1_000;

/** The answer: every refused row, then the summary. Read page by page: it may be longer than memory. */
export async function* answerLines(
  { db }: Tools,
  actor: Actor,
  { batch, problem }: BatchEnd,
): AsyncGenerator<BatchLine[]> {
  try {
    for (let after = 0, left = batch.refused > 0; left; ) {
      const page = await db.as(actor, (reader) => listBatchRefusals(reader, batch, { after, limit: PAGE }));
      if (page.length > 0) yield page;
      after = page.at(-1)?.row ?? after;
      left = page.length === PAGE;
    }
  } catch {
    const why = 'Not every refused row could be listed: the database did not answer. The same key lists them later.';
    yield [summaryLine(batch, problem ? `${problem} ${why}` : why)];
    return;
  }
  yield [summaryLine(batch, problem)];
}
