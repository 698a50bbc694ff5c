/** The files of a simulated world, as the commands and addresses that take them expect. */
import { type FileHandle, open } from 'node:fs/promises';
import type { HandlingEvent, SimulatedSignal } from '@groundswell/simulator';

const FLUSH_AT = 1 << 20;

/** A file that is written line by line and held in memory for a megabyte at most between two flushes. */
export class LineFile {
  readonly #file: FileHandle;
  #lines: string[] = [];
  #length = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create(path: string): Promise<LineFile> {
    return new LineFile(await open(path, 'w'));
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#length += line.length;
  }

  /** Writes what has gathered, once that is worth it. */
  async breathe(): Promise<void> {
    if (this.#length >= FLUSH_AT) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    if (this.#lines.length > 0) await this.#file.writeFile(`${this.#lines.join('\n')}\n`);
    this.#lines = [];
    this.#length = 0;
  }
}

/** Every line has every field, so that whoever reads the first lines knows all columns. */
export function signalLine(signal: SimulatedSignal): string {
  const { id, at, kind, title, text, author, rating, language, tier, exposure, dimensions } = signal;
  const { country, platform, app_version, device = null, area = null } = dimensions;
  const known = {
    id,
    ts: isoOf(at),
    kind,
    title,
    text,
    author_id: author,
    rating,
    language,
    creator_tier: tier,
    exposure,
  };
  return JSON.stringify({ ...known, country, platform, app_version, device, area });
}

export const EVENT_COLUMNS = [
  'case_id',
  'activity',
  'timestamp',
  'resource',
  'queue',
  'macro',
  'vendor',
  'priority',
  'kind',
];
export const eventLine = ({
  caseId,
  activity,
  at,
  resource,
  queue,
  macro,
  vendor,
  priority,
  kind,
}: HandlingEvent): string => csvLine([caseId, activity, isoOf(at), resource, queue, macro, vendor, priority, kind]);

/** RFC 4180; what is not there is an empty cell. */
export type Cell = string | number | null | undefined;
export const csvLine = (cells: readonly Cell[]): string => cells.map(cellOf).join(',');

const cellOf = (cell: Cell): string => {
  const said = String(cell ?? '');
  return /[",\r\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
};

export const isoOf = (at: number): string => new Date(at).toISOString();
