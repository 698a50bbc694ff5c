/**
 * A file read in turns. Between two turns the reader is put aside open: a packed file cannot be entered in the middle, and
 * unpacking it from its beginning for every turn would take hours. Whoever finds none, after a crash or in another
 * process, opens one at the place that was kept.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RowOrFault } from '@groundswell/formats';
import type { Files } from '../platform/files.ts';
import type { Import } from './import.ts';
import { contentOf, type Place, type RowSource, rowsOf } from './import-file.ts';

export interface RowChunk {
  readonly rows: readonly RowOrFault[];
  /** True behind the last row. */
  readonly ended: boolean;
  /** Why the file cannot be read on from here. The rows before it are good. */
  readonly fault?: unknown;
}

export interface ChunkLimits {
  readonly rows: number;
  readonly bytes: number;
  /** After so long without a row the caller gets the word, to show that it lives. */
  readonly patienceMs: number;
}

export interface Reader {
  /** Rows that fit into one transaction and into memory: they are short as a rule and 1 MB at the worst. */
  next(max: ChunkLimits): Promise<RowChunk>;
  /** Of the file as it came; never more than it has. */
  fileBytesRead(): number;
  close(): void;
}

export function openReader(files: Files, one: Import): Reader {
  return takeAside(files, one) ?? readerAt(rowsOf(contentOf(files, one), {}, one), one);
}

function readerAt(source: RowSource, one: Import & Place): Reader {
  const rows = source.rows[Symbol.asyncIterator]();
  let asked: Promise<IteratorResult<RowOrFault>> | null = null; // outlives the patience of who waited for it
  let place = one.bytesRead;

  return {
    async next({ rows: most, bytes, patienceMs }) {
      const chunk: RowOrFault[] = [];
      const from = place;
      const patience = new AbortController();
      const impatient = sleep(patienceMs, 'impatient' as const, { signal: patience.signal }).catch(() => null);
      try {
        while (chunk.length < most && place - from < bytes) {
          asked ??= rows.next();
          const found = await Promise.race([asked, impatient]);
          if (found === 'impatient' || found === null) break;
          asked = null;
          if (found.done) return { rows: chunk, ended: true };
          chunk.push(found.value);
          place = found.value.after;
        }
        return { rows: chunk, ended: false };
      } catch (fault) {
        return { rows: chunk, ended: true, fault };
      } finally {
        patience.abort();
      }
    },
    fileBytesRead: () => behind(one, place, source.bytesTaken()),
    close: () => {
      void asked?.catch(() => {}); // whatever comes of it, nobody waits any more
      source.close();
    },
  };
}

/** A workbook is far smaller than its rows written out: its share of the way stands for it. */
function behind({ preview, rowsBytes, fileBytes }: Import, place: number, taken: number): number {
  if (rowsBytes !== null) return rowsBytes > 0 ? Math.round((place / rowsBytes) * fileBytes) : fileBytes;
  return preview.form.packed ? Math.min(taken, fileBytes) : place;
}

const PUT_ASIDE_MS = 60_000;

interface Aside {
  readonly reader: Reader;
  readonly place: number;
  readonly timer: NodeJS.Timeout;
}
/** By store of files, since tests open several houses. */
const asides = new WeakMap<Files, Map<string, Aside>>();

/** Keeps it open for the next turn, for a minute at most: a forgotten one holds a file and some memory. */
export function putAside(files: Files, one: Import, reader: Reader): void {
  const house = asides.get(files) ?? new Map<string, Aside>();
  asides.set(files, house);
  const timer = setTimeout(() => {
    if (house.get(one.id)?.reader === reader) house.delete(one.id);
    reader.close();
  }, PUT_ASIDE_MS).unref();
  house.set(one.id, { reader, place: one.bytesRead, timer });
}

/** The one that was put aside, if it stands where this import stands. */
function takeAside(files: Files, one: Import): Reader | null {
  const aside = asides.get(files)?.get(one.id);
  if (!aside) return null;
  asides.get(files)!.delete(one.id);
  clearTimeout(aside.timer);
  if (aside.place === one.bytesRead) return aside.reader;
  aside.reader.close();
  return null;
}
