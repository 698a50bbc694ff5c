/** An import: a file on its way in, taken in turns that a crash can end at any moment. Pure. */
import { type ImportState, type ImportView, type IntakeSummary, type Mapping, Refusal } from '@groundswell/contract';
import type { Form } from '@groundswell/formats';

/** What was learnt from the file when it came. */
export interface Preview {
  readonly form: Form;
  readonly columns: readonly string[];
  /** First rows as text. */
  readonly sample: readonly Readonly<Record<string, string>>[];
  readonly suggested: Mapping;
}

/** How far it has come. Kept together with the rows up to there, so that it is never ahead of them or behind. */
export interface Progress {
  readonly rowsRead: number;
  /** As an editor counts lines; blank ones and the header too. */
  readonly lastRow: number;
  readonly bytesRead: number;
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Rows taken whose event time lay more than 48 h back when they came. */
  readonly oldRows: number;
  readonly rowsPerSecond: number | null;
}

export interface Import extends Progress {
  readonly id: string;
  readonly version: number;
  /** Null until a source is chosen: seen only by who uploaded it. */
  readonly compartment: string | null;
  readonly createdBy: string;
  readonly sourceId: string | null;
  readonly sourceName: string | null;
  readonly state: ImportState;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly fileBytes: number;
  readonly preview: Preview;
  readonly mapping: Mapping | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Who is at work on it now; null between two turns. */
  readonly runner: string | null;
  /** Last sign of life while running. */
  readonly beatAt: Date | null;
  readonly error: string | null;
}

type Move = 'start' | 'go_on' | 'finish' | 'fail' | 'cancel';

/** The whole life of an import. What is not in this table cannot happen. To start one that stopped is to resume it. */
const NEXT: Readonly<Record<ImportState, Partial<Record<Move, ImportState>>>> = {
  uploaded: { start: 'running', cancel: 'cancelled' },
  running: { go_on: 'running', finish: 'done', fail: 'failed', cancel: 'cancelled' },
  failed: { start: 'running' },
  cancelled: { start: 'running' },
  done: {},
};

const HOUR_MS = 3_600_000;
/** What happened longer ago than this is history when it arrives: it raises nothing live (ARCHITECTURE §4). */
const OLD_AFTER_MS = 48 * HOUR_MS;
/** A chunk takes a second or two, so a run that is silent for so long is dead. */
export const STALLED_AFTER_MS = 60_000;

export const isOld = (at: Date, receivedAt: Date): boolean => receivedAt.getTime() - at.getTime() > OLD_AFTER_MS;

export interface Start {
  readonly sourceId: string;
  readonly compartment: string;
  readonly mapping: Mapping;
}

/** Starts it, or goes on where it stopped: then with the same source and mapping, or one file would be two things. */
export function begin(one: Import, { sourceId, compartment, mapping }: Start, now: Date): Import {
  mustBeComplete(mapping, one.preview.columns);
  const next = move(one, 'start', now);
  if (one.startedAt && (one.sourceId !== sourceId || !sameMapping(one.mapping, mapping))) {
    throw new Refusal(
      'import.wrong_state',
      'This import has already begun with another source or mapping. Resume it as it was, or upload the file again.',
    );
  }
  const startedAt = one.startedAt ?? now;
  return { ...next, sourceId, compartment, mapping, startedAt, finishedAt: null, runner: null, error: null };
}

/** Somebody takes it up for a turn; null if it is not to be had. */
export function takeUp(one: Import, runner: string, now: Date): Import | null {
  return one.state === 'running' && one.runner === null ? { ...one, runner, beatAt: now } : null;
}

/** The turn is over and the next one may be anybody's: by whoever had it, or in the name of one who died. */
export const handOver = (one: Import, now: Date): Import => ({ ...one, runner: null, beatAt: now });

export interface Chunk extends IntakeSummary {
  readonly rows: number;
  readonly lastRow: number;
  readonly bytesRead: number;
  readonly oldRows: number;
}

/** One chunk further. */
export function advance(one: Import, chunk: Chunk, now: Date): Import {
  return {
    ...move(one, 'go_on', now),
    rowsRead: one.rowsRead + chunk.rows,
    lastRow: chunk.lastRow,
    bytesRead: chunk.bytesRead,
    added: one.added + chunk.added,
    revised: one.revised + chunk.revised,
    unchanged: one.unchanged + chunk.unchanged,
    refused: one.refused + chunk.refused.length,
    oldRows: one.oldRows + chunk.oldRows,
    rowsPerSecond: rateAfter(one, chunk.rows, now),
  };
}

export function finish(one: Import, now: Date): Import {
  return { ...move(one, 'finish', now), bytesRead: one.fileBytes, finishedAt: now, runner: null };
}

export function fail(one: Import, why: string, now: Date): Import {
  const kept = one.rowsRead === 0 ? 'Nothing was taken yet.' : `The first ${one.rowsRead} rows are taken and kept.`;
  return {
    ...move(one, 'fail', now),
    finishedAt: now,
    runner: null,
    error: `${why} ${kept} Resume to go on from there.`,
  };
}

export function cancel(one: Import, now: Date): Import {
  return { ...move(one, 'cancel', now), finishedAt: now, runner: null };
}

/** What a person can do with it now. */
export function openMoves({ state, startedAt }: Import): ImportView['can'] {
  const can = Object.keys(NEXT[state]).filter((name) => name === 'start' || name === 'cancel');
  return can.map((name) => (name === 'start' && startedAt ? 'resume' : name)) as ImportView['can'];
}

/** From the bytes that are left and the bytes of a row so far; null when nothing is known yet. */
export function secondsLeft({ state, rowsPerSecond, rowsRead, bytesRead, fileBytes }: Import): number | null {
  if (state !== 'running' || !rowsPerSecond || rowsRead === 0 || bytesRead === 0) return null;
  return Math.max(0, fileBytes - bytesRead) / (rowsPerSecond * (bytesRead / rowsRead));
}

function move(one: Import, name: Move, now: Date): Import {
  const state = NEXT[one.state][name];
  if (state) return { ...one, state, beatAt: now };
  const words = { start: 'started', go_on: 'continued', finish: 'finished', fail: 'failed', cancel: 'cancelled' }[name];
  throw new Refusal('import.wrong_state', `This import is ${one.state} and cannot be ${words}.`, { state: one.state });
}

/** The last chunk counts for a third: calm enough to read, quick enough to follow. */
const NEWEST_SHARE = 1 / 3;

function rateAfter({ rowsPerSecond, beatAt }: Import, rows: number, now: Date): number | null {
  const seconds = beatAt ? (now.getTime() - beatAt.getTime()) / 1000 : 0;
  if (seconds <= 0) return rowsPerSecond;
  const newest = rows / seconds;
  return rowsPerSecond === null ? newest : rowsPerSecond + (newest - rowsPerSecond) * NEWEST_SHARE;
}

const NEEDED = { ts: 'the time', text: 'the text' } as const;

function mustBeComplete(mapping: Mapping, columns: readonly string[]): void {
  for (const [target, what] of Object.entries(NEEDED)) {
    if (columns.some((column) => mapping[column] === target)) continue;
    throw new Refusal('import.mapping_incomplete', `No column is mapped to "${target}": say which one holds ${what}.`, {
      target,
    });
  }
  const once = Object.values(mapping).filter((target) => target !== 'dimension' && target !== 'ignore');
  const twice = once.find((target, i) => once.indexOf(target) !== i);
  if (!twice) return;
  throw new Refusal('import.mapping_incomplete', `Two columns are mapped to "${twice}": choose one of them.`, {
    target: twice,
  });
}

function sameMapping(a: Mapping | null, b: Mapping): boolean {
  const said = (mapping: Mapping) => JSON.stringify(Object.entries(mapping).sort(([x], [y]) => (x < y ? -1 : 1)));
  return a !== null && said(a) === said(b);
}
