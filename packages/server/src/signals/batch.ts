/** A batch: a stream of signals under one name, however often it breaks off. Pure. */
import { hash } from 'node:crypto';
import { type BatchLine, type BatchView, Refusal } from '@groundswell/contract';

export interface Batch {
  readonly sourceId: string;
  readonly compartment: string;
  readonly key: string;
  readonly finishedAt: Date | null;
  /** Of the unpacked stream, up to the end of the last line that was kept. */
  readonly bytes: number;
  /** What those lines were: see `chain`. */
  readonly digest: string;
  /** As an editor counts them: blank ones too. */
  readonly lines: number;
  readonly rows: number;
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly startedAt: Date;
  readonly lastRowAt: Date | null;
  /** Which request is at work on it; null between two. */
  readonly runner: string | null;
  readonly beatAt: Date | null;
}

/**
 * A request that has kept nothing for so long has a sender that is gone, or is gone itself. Its rows are kept within a
 * second of their arrival, so taking over costs nothing.
 */
const SILENT_AFTER_MS = 60_000;

/** Another request has the batch, and it is not known to be over. */
export const isBusy = ({ finishedAt, runner, beatAt }: Batch, now: Date): boolean =>
  finishedAt === null && runner !== null && beatAt !== null && now.getTime() - beatAt.getTime() < SILENT_AFTER_MS;

export const busy = ({ beatAt }: Batch, now: Date): Refusal => {
  const waitedMs = now.getTime() - (beatAt?.getTime() ?? 0);
  return new Refusal(
    'batch.busy',
    'Another request is sending this batch right now. Nothing of this one was taken. Wait until that one has ended, or use a key of your own.',
    { retryAfterSeconds: Math.max(1, Math.ceil((SILENT_AFTER_MS - waitedMs) / 1000)) },
  );
};

/** Goes on where the batch was left, or begins anew and passes over what is known. */
export function mustFit({ bytes, finishedAt }: Batch, fromByte: number): void {
  if (fromByte === 0 || fromByte === bytes) return;
  throw new Refusal(
    'batch.wrong_place',
    `This batch was kept up to byte ${bytes}${finishedAt ? ', which is its end' : ''}, not ${fromByte}. Nothing was taken. Send the rest with ?fromByte=${bytes}, or everything again without it.`,
    { fromByte: bytes },
  );
}

export const otherContent = ({ bytes, finishedAt }: Batch): Refusal =>
  new Refusal(
    'batch.other_content',
    finishedAt
      ? 'This key belongs to a batch that is finished, and what came now is not the same. Nothing was taken. Use a new key for other rows.'
      : `This key belongs to a batch of which ${bytes} bytes are kept, and what came now does not begin with the same. Nothing was taken. Use a new key for other rows.`,
    { bytes },
  );

/**
 * What the lines up to here were. Each hash holds the one before it, so that the chain goes on from any line end without
 * the lines before; places are hashed too, so that a blank line more is noticed.
 */
export const chain = (before: string, { after, text }: { after: number; text: string }): string =>
  hash('sha256', `${before} ${after} ${text}`);

/** What one transaction adds. */
export interface Step {
  readonly bytes: number;
  readonly digest: string;
  readonly lines: number;
  readonly rows: number;
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly refused: number;
}

export function advance(batch: Batch, step: Step, at: Date): Batch {
  return {
    ...batch,
    bytes: step.bytes,
    digest: step.digest,
    lines: step.lines,
    rows: batch.rows + step.rows,
    added: batch.added + step.added,
    revised: batch.revised + step.revised,
    unchanged: batch.unchanged + step.unchanged,
    refused: batch.refused + step.refused,
    lastRowAt: at,
    beatAt: at,
  };
}

/** A sender that is wrong about everything hears it early, and fills no disk with reasons. */
const HOPELESS = { rows: 100_000, share: 0.99 };
export const isHopeless = ({ rows, refused }: Batch): boolean =>
  rows >= HOPELESS.rows && refused >= HOPELESS.share * rows;

export const HOPELESS_WORDS =
  'Nearly all of more than 100,000 rows were refused, so reading was stopped. Correct what the reasons name and send everything with a new key.';

/** Why a batch broke off, and how to go on. */
export function brokenOff({ bytes, lines }: Batch, why: string): string {
  const kept = bytes === 0 ? 'No line was kept yet' : `What is counted here is kept, up to line ${lines}`;
  return `${why} ${kept}. To go on, send the rest with the same key and ?fromByte=${bytes}, or everything again with the same key.`;
}

export function progressLine({ key, rows, refused, bytes }: Batch): BatchLine {
  return { progress: { key, rows, refused, bytes } };
}

export function summaryLine(batch: Batch, problem: string | null): BatchLine {
  const { key, rows, added, revised, unchanged, refused, bytes, finishedAt } = batch;
  const counts = { key, rows, added, revised, unchanged, refused, bytes };
  return { summary: { ...counts, finished: finishedAt !== null, ...(problem !== null && { problem }) } };
}

export function viewBatch(batch: Batch, now: Date): BatchView {
  const { key, bytes, rows, added, revised, unchanged, refused, finishedAt, startedAt, lastRowAt } = batch;
  return {
    key,
    state: finishedAt ? 'finished' : 'open',
    atWork: isBusy(batch, now),
    bytes,
    rows,
    added,
    revised,
    unchanged,
    refused,
    startedAt: startedAt.toISOString(),
    lastRowAt: lastRowAt?.toISOString() ?? null,
  };
}
