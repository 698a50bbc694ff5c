/** An import: a file on its way in, taken in turns that a crash can end at any moment. Pure. */
import {
  type ImportState,
  type ImportView,
  type IntakeSummary,
  type KnownExport,
  type Mapping,
  Refusal,
} from '@groundswell/contract';
import type { Form } from '@groundswell/formats';
import type { Orders } from '../signals/index.ts';
import { mustBeComplete, sameMapping } from './import-mapping.ts';

/** What was learnt from the file when it came. Nothing of what its rows say: that stays in the file and goes with it. */
export interface Preview {
  readonly form: Form;
  readonly columns: readonly string[];
  readonly suggested: Mapping;
  readonly knownExport?: KnownExport | null;
  readonly orders?: Orders;
  /** True for a list of refused rows that came from here and was mended. */
  readonly mended?: boolean;
}

/** How far it has come. Kept together with the rows up to there, so that it is never ahead of them or behind. */
export interface Progress {
  readonly rowsRead: number;
  /** As an editor counts lines; blank ones and the header too. */
  readonly lastRow: number;
  /** Of what is read: the file, what it unpacks to, or the rows of a workbook written out. Reading goes on from here. */
  readonly bytesRead: number;
  /** Of the file as it came. */
  readonly fileBytesRead: number;
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
  /** The rows of a workbook, written out once. */
  readonly rowsSha256: string | null;
  readonly rowsBytes: number | null;
  /** Null while it is being imported. */
  readonly fileKeptUntil: Date | null;
  readonly fileGone: boolean;
  readonly preview: Preview;
  readonly mapping: Mapping | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Who is at work on it now; null between two turns. */
  readonly runner: string | null;
  /** Last sign of life while running. */
  readonly beatAt: Date | null;
  /** Why it failed, or what it waits for. */
  readonly error: string | null;
  /** How often a passing fault was met since the last chunk was kept, and when it is tried next. */
  readonly tries: number;
  readonly retryAt: Date | null;
  /** False when the file itself is at fault. */
  readonly resumable: boolean;
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
/** A file holds what people said, in their own names: it is kept for as long as somebody may want to go on or look. */
const FILE_KEPT_MS = 7 * 24 * HOUR_MS;
/** What happened longer ago than this is history when it arrives: it raises nothing live (ARCHITECTURE §4). */
const OLD_AFTER_MS = 48 * HOUR_MS;
/** A chunk takes a second or two, so a run that is silent for so long is dead. */
export const STALLED_AFTER_MS = 60_000;

export const isOld = (at: Date, receivedAt: Date): boolean => receivedAt.getTime() - at.getTime() > OLD_AFTER_MS;

export const fileKeptUntil = (now: Date): Date => new Date(now.getTime() + FILE_KEPT_MS);

/** For whatever reads the file. */
export function mustHaveFile({ fileGone }: Pick<Import, 'fileGone'>): void {
  if (!fileGone) return;
  throw new Refusal(
    'import.file_gone',
    'The file of this import is not kept any more. What it brought is there; to bring it again, upload the file again.',
  );
}

export interface Start {
  readonly sourceId: string;
  readonly compartment: string;
  readonly mapping: Mapping;
}

/** Starts it, or goes on where it stopped: then with the same source and mapping, or one file would be two things. */
export function begin(one: Import, { sourceId, compartment, mapping }: Start, now: Date): Import {
  mustBeComplete(mapping, one.preview.columns);
  const next = move(one, 'start', now);
  mustHaveFile(one);
  if (!one.resumable) {
    throw new Refusal('import.wrong_state', 'The file ends where this import ended. Upload it again, whole.');
  }
  if (one.startedAt && (one.sourceId !== sourceId || !sameMapping(one.mapping, mapping))) {
    throw new Refusal(
      'import.wrong_state',
      'This import has already begun with another source or mapping. Resume it as it was, or upload the file again.',
    );
  }
  const startedAt = one.startedAt ?? now;
  const begun = { sourceId, compartment, mapping, startedAt, finishedAt: null, fileKeptUntil: null };
  return { ...next, ...begun, runner: null, error: null, tries: 0, retryAt: null };
}

/** Somebody takes it up for a turn; null if it is not to be had. */
export function takeUp(one: Import, runner: string, now: Date): Import | null {
  const free = one.state === 'running' && one.runner === null && (one.retryAt === null || one.retryAt <= now);
  return free ? { ...one, runner, beatAt: now, retryAt: null } : null;
}

/** The turn is over and the next one may be anybody's: by whoever had it, or in the name of one who died. */
export const handOver = (one: Import, now: Date): Import => ({ ...one, runner: null, beatAt: now, retryAt: null });

/** A sign of life where a long stretch of the file holds no row. */
export const beat = (one: Import, fileBytesRead: number, now: Date): Import => ({
  ...move(one, 'go_on', now),
  fileBytesRead: Math.max(one.fileBytesRead, fileBytesRead),
});

export interface Chunk extends IntakeSummary {
  readonly rows: number;
  readonly lastRow: number;
  readonly bytesRead: number;
  readonly fileBytesRead: number;
  readonly oldRows: number;
}

/** One chunk further. */
export function advance(one: Import, chunk: Chunk, now: Date): Import {
  return {
    ...move(one, 'go_on', now),
    rowsRead: one.rowsRead + chunk.rows,
    lastRow: chunk.lastRow,
    bytesRead: chunk.bytesRead,
    fileBytesRead: Math.max(one.fileBytesRead, chunk.fileBytesRead),
    added: one.added + chunk.added,
    revised: one.revised + chunk.revised,
    unchanged: one.unchanged + chunk.unchanged,
    refused: one.refused + chunk.refused.length,
    oldRows: one.oldRows + chunk.oldRows,
    rowsPerSecond: rateAfter(one, chunk.rows, now),
    error: null, // what it waited for has passed
    tries: 0,
  };
}

export function finish(one: Import, now: Date): Import {
  return { ...end(one, 'finish', now), fileBytesRead: one.fileBytes, error: null };
}

const soFar = ({ rowsRead }: Import): string => {
  if (rowsRead === 0) return 'Nothing was taken yet.';
  return rowsRead === 1 ? 'The first row is taken and kept.' : `The first ${rowsRead} rows are taken and kept.`;
};

export function fail(one: Import, why: string, now: Date): Import {
  return { ...end(one, 'fail', now), error: `${why} ${soFar(one)} Resume to go on from there.` };
}

/** The file itself is at fault, so that there is nothing to go on with; `why` says what to do. */
export function failForGood(one: Import, why: string, now: Date): Import {
  return { ...end(one, 'fail', now), error: `${why} ${soFar(one)}`, resumable: false };
}

/** Pauses between two tries: a database that restarts is back within seconds, a full disk stays full for hours. */
const PAUSES_MS = [1, 5, 15, 60, 5 * 60, 15 * 60, 30 * 60].map((seconds) => seconds * 1000);
/** A day of waiting, and a little more. */
const TRIES_MAX = 55;

/** What stands in the way may pass: the import stays running and is tried again. Null when that has been hoped for a day. */
export function wait(one: Import, why: string, now: Date): Import | null {
  if (one.tries >= TRIES_MAX) return null;
  const pause = PAUSES_MS[Math.min(one.tries, PAUSES_MS.length - 1)]!;
  return {
    ...move(one, 'go_on', now),
    runner: null,
    tries: one.tries + 1,
    retryAt: new Date(now.getTime() + pause),
    rowsPerSecond: null,
    error: `${why} ${soFar(one)} It goes on by itself as soon as that has passed.`,
  };
}

/** An upload that was never started is let go at once: its sender does not want it. */
export function cancel(one: Import, now: Date): Import {
  const ended = end(one, 'cancel', now);
  return one.startedAt ? { ...ended, error: null } : { ...ended, fileKeptUntil: now, fileGone: true };
}

function end(one: Import, name: Move, now: Date): Import {
  const next = { ...move(one, name, now), finishedAt: now, fileKeptUntil: fileKeptUntil(now) };
  return { ...next, runner: null, tries: 0, retryAt: null };
}

/** What a person can do with it now. */
export function openMoves({ state, startedAt, refused, fileGone, resumable }: Import): ImportView['can'] {
  const moves = Object.keys(NEXT[state]).filter((name) => name === 'start' || name === 'cancel');
  const open = moves.filter((name) => name === 'cancel' || (!fileGone && resumable));
  const can = open.map((name) => (name === 'start' && startedAt ? 'resume' : name)) as ImportView['can'];
  return refused > 0 && !fileGone ? [...can, 'download_refused'] : can;
}

/** From the bytes that are left and the bytes of a row so far; null when nothing is known yet. */
export function secondsLeft({ state, rowsPerSecond, rowsRead, fileBytesRead, fileBytes }: Import): number | null {
  if (state !== 'running' || !rowsPerSecond || rowsRead === 0 || fileBytesRead === 0) return null;
  return Math.max(0, fileBytes - fileBytesRead) / (rowsPerSecond * (fileBytesRead / rowsRead));
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
