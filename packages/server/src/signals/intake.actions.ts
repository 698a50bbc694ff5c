/** Taking signals in: judge each row, keep the good ones in transactions, say what became of each. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { IntakeSummary } from '@groundswell/contract';
import { type Actor, mustBeOwnSource, mustHave } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { countRedactions, pseudonymsOf } from '../privacy/index.ts';
import { settleDimensions } from './dictionary.store.ts';
import { addFound, type Guard } from './guard.ts';
import {
  addUp,
  type Delivery,
  draftsOf,
  type IncomingRow,
  type JudgedRow,
  judge,
  newest,
  ROWS_PER_TRANSACTION,
  refusalsOf,
  summarise,
} from './intake.ts';
import { together } from './intake-queue.actions.ts';
import { arrange, type Outcome } from './revisions.ts';
import { keepSample, leaveSample } from './sample.store.ts';
import { insertBatch, loadKnown, markSuperseded } from './signal.store.ts';
import { countIntake, holdSource } from './source.store.ts';
import { sourceSeen } from './source-seen.ts';

/** Rows judged before others get their turn: about 1 ms. A transaction that runs meanwhile waits so long for each answer. */
const ROWS_PER_BREATH = 20;

export interface IntakeOptions {
  readonly importId?: string;
  /** Done in the same transaction as the rows it is told of, once for each transaction: progress that cannot lie. */
  readonly alongside?: (trx: Trx, summary: IntakeSummary) => Promise<void>;
}

/** When this returns, what it says was added is on disk. Each row is judged by itself; a bad one costs only itself. */
export async function takeSignals(
  tools: Tools,
  actor: Actor,
  sourceId: string,
  rows: readonly IncomingRow[],
  options: IntakeOptions = {},
): Promise<IntakeSummary> {
  const parts: IntakeSummary[] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_TRANSACTION) {
    const delivery = await judgeRows(tools, actor, sourceId, rows.slice(from, from + ROWS_PER_TRANSACTION));
    parts.push(await keepJudged(tools, actor, delivery, options));
  }
  return addUp(parts);
}

/** At most as many rows as one transaction takes. Nothing is kept yet. */
export async function judgeRows(
  tools: Tools,
  actor: Actor,
  sourceId: string,
  rows: readonly IncomingRow[],
): Promise<Delivery> {
  mustHave(actor, 'signal.send');
  mustBeOwnSource(actor, sourceId);
  const receivedAt = tools.clock.now();
  const guard = await guardOf(tools, actor, sourceId);
  const judged: JudgedRow[] = [];
  for (const row of rows) {
    judged.push(judge(row, sourceId, receivedAt, guard));
    if (judged.length % ROWS_PER_BREATH === 0) await breathe();
  }
  return { sourceId, receivedAt, rows: judged };
}

async function guardOf(tools: Tools, actor: Actor, sourceId: string): Promise<Guard> {
  const { regions, compartment } = await sourceSeen(tools, actor, sourceId);
  return { regions, nameOf: await pseudonymsOf(tools, actor, compartment) };
}

/** When this returns, the rows are on disk, together with what is done alongside. */
export async function keepJudged(
  tools: Tools,
  actor: Actor,
  delivery: Delivery,
  { importId, alongside }: IntakeOptions,
): Promise<IntakeSummary> {
  if (!importId && !alongside) {
    const keep = (joined: Delivery) => tools.db.change(actor, (trx) => keepDelivery(trx, joined));
    return summarise(delivery.rows, await together(tools.db, actor, delivery, keep));
  }
  return tools.db.change(actor, async (trx) => {
    const summary = summarise(delivery.rows, await keepDelivery(trx, delivery, importId));
    await alongside?.(trx, summary);
    return summary;
  });
}

/** One transaction's worth. Its source is held first, so that what is read as the latest still is when it is replaced. */
async function keepDelivery(trx: Trx, { sourceId, receivedAt, rows }: Delivery, importId?: string): Promise<Outcome[]> {
  const drafts = draftsOf(rows);
  const source = await holdSource(trx, sourceId);
  const known = drafts.length > 0 ? await loadKnown(trx, [...new Set(drafts.map((draft) => draft.itemId))]) : [];
  const { outcomes, arrivals, superseded, perHour } = arrange(drafts, known);
  const settled = await settleDimensions(trx, source, arrivals);
  if (settled.length > 0) await insertBatch(trx, { source, receivedAt, importId: importId ?? null, arrivals: settled });
  await markSuperseded(
    trx,
    superseded.map((one) => one.signalId),
  );
  await leaveSample(
    trx,
    superseded.map((one) => one.signalId),
  );
  await keepSample(
    trx,
    settled.flatMap((one) => (one.latest ? one.signalId : [])),
  );
  const { compartment } = source;
  await countRedactions(trx, { sourceId, compartment, found: addFound(arrivals.map(({ found }) => found)) });
  await countIntake(trx, {
    sourceId,
    compartment,
    receivedAt,
    refused: refusalsOf(rows).length,
    lastEventAt: newest(arrivals),
    hasAuthors: arrivals.some((arrival) => arrival.author !== null),
    perHour,
  });
  return outcomes;
}
