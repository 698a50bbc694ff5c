import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createEngine, type Item, type Output, step } from '@groundswell/analytics';

const HELP = `groundswell detect SIGNALS.jsonl --alerts OUT [options]

Finds new and growing issues in a file of signals, with the engine that the workbench runs.
Each line of SIGNALS is a JSON object: id, ts (ISO time), text, and optionally title, author_id, rating,
language, creator_tier, exposure.
Further fields with short text or numbers are dimensions (version, platform, country …).

  --alerts OUT                 alerts as JSON lines: at, signalIds, label, issueId (a later line updates an earlier one)
  --assignments OUT            last group of every signal as JSON lines: id, issueId
  --false-alerts-per-week N    how many false alerts a week are acceptable (default 1)
  --max-rating N               read only signals with at most N stars, and those without stars
  --help                       this text
`;

/** What a signal has beside its dimensions; as in the workbench these say nothing about where it comes from. */
const KNOWN = new Set([
  ...['id', 'ts', 'text', 'title', 'rating', 'author', 'author_id', 'replaces'],
  ...['language', 'updated_at', 'creator_tier', 'exposure'],
]);
const MOST_REPORTED = 20;

/** A line that cannot be read; the message says why, in words for whoever made the file. */
class BadLine extends Error {}

/**
 * `groundswell detect`: reads signals from a file, writes alerts.
 *
 * @param args what stands behind `detect` on the command line
 * @returns    exit code: 0 done, 1 the file cannot be read or written, 2 wrong usage
 *
 * @example
 * await detect(['signals.jsonl', '--alerts', 'alerts.jsonl']);
 */
export async function detect(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'number') return options;
  try {
    const { items, bad } = await readItems(options.signals, options.maxRating);
    const { alerts, groupOf } = run(items, options.falseAlertsPerWeek);
    await writeLines(options.alerts, alerts);
    if (options.assignments) await writeLines(options.assignments, assignments(items, groupOf));
    const surges = new Set(alerts.map((alert) => alert.issueId)).size;
    console.error(`${items.length} signals read, ${bad} bad lines, ${surges} alerts`);
    return 0;
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault)) throw fault;
    console.error(`detect: ${fault.message}`);
    return 1;
  }
}

interface Options {
  readonly signals: string;
  readonly alerts: string;
  readonly assignments: string | undefined;
  readonly falseAlertsPerWeek: number;
  readonly maxRating: number;
}

function optionsOf(args: string[]): Options | number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        alerts: { type: 'string' },
        assignments: { type: 'string' },
        'false-alerts-per-week': { type: 'string', default: '1' },
        'max-rating': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const [signals] = positionals;
    if (signals === undefined || positionals.length > 1) throw new TypeError('one file of signals is needed');
    if (values.alerts === undefined) throw new TypeError('--alerts OUT is needed');
    const falseAlertsPerWeek = aboveZero('--false-alerts-per-week', values['false-alerts-per-week']);
    const maxRating = values['max-rating'] === undefined ? Infinity : aboveZero('--max-rating', values['max-rating']);
    return { signals, alerts: values.alerts, assignments: values.assignments, falseAlertsPerWeek, maxRating };
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    console.error(`detect: ${fault.message}\n\n${HELP}`);
    return 2;
  }
}

export function aboveZero(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Infinity)) throw new TypeError(`${name} must be a number above 0, got "${text}"`);
  return value;
}

/** Signals in order of time, and how many lines were bad; each of these is told on standard error. */
export async function readItems(path: string, maxRating: number): Promise<{ items: Item[]; bad: number }> {
  const items: Item[] = [];
  let number = 0;
  let bad = 0;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    try {
      const item = itemOfLine(line);
      if (item.rating === null || item.rating <= maxRating) items.push(item);
    } catch (fault) {
      if (!(fault instanceof BadLine)) throw fault;
      if (++bad <= MOST_REPORTED) console.error(`line ${number}: ${fault.message}`);
    }
  }
  if (bad > MOST_REPORTED) console.error(`… and ${bad - MOST_REPORTED} more bad lines`);
  items.sort((a, b) => a.at - b.at);
  return { items, bad };
}

/**
 * One line of the file as the engine reads it.
 *
 * @throws BadLine with the reason when the line is no signal
 *
 * @example
 * itemOfLine('{"id":"a","ts":"2026-01-05T00:00:00Z","text":"Too slow","platform":"ios"}').dimensions; // { platform: 'ios' }
 */
export function itemOfLine(line: string): Item {
  const row = rowOf(line);
  const id = row.id;
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') throw new BadLine('id is missing');
  const at = typeof row.ts === 'string' || typeof row.ts === 'number' ? new Date(row.ts).getTime() : Number.NaN;
  if (!Number.isFinite(at)) throw new BadLine(`ts is no time: ${JSON.stringify(row.ts)}`);
  const text = [row.title, row.text].filter((part) => typeof part === 'string' && part !== '').join('. ');
  if (text === '') throw new BadLine('neither title nor text');
  return {
    id: String(id),
    at,
    text,
    author: wordOf(row.author_id) ?? wordOf(row.author),
    rating: typeof row.rating === 'number' ? row.rating : null,
    dimensions: dimensionsOf(row),
    replaces: typeof row.replaces === 'string' ? row.replaces : null,
  };
}

const wordOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function rowOf(line: string): Record<string, unknown> {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return { ...row };
  } catch {
    throw new BadLine('not JSON');
  }
  throw new BadLine('not a JSON object');
}

function dimensionsOf(row: Record<string, unknown>): Record<string, string> {
  const dimensions: Record<string, string> = {};
  for (const [name, value] of Object.entries(row)) {
    if (KNOWN.has(name)) continue;
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) dimensions[name] = String(value);
  }
  return dimensions;
}

interface AlertLine {
  readonly at: string;
  readonly signalIds: readonly string[];
  readonly label: string;
  readonly issueId: string;
}

function run(
  items: readonly Item[],
  falseAlertsPerWeek: number,
): { alerts: AlertLine[]; groupOf: Map<string, string> } {
  const state = createEngine({ falseAlertsPerWeek, historical: true });
  const alerts: AlertLine[] = [];
  const groupOf = new Map<string, string>();
  const labels = new Map<string, string>();
  items.forEach((item, i) => {
    for (const output of step(state, { position: i + 1, kind: 'items', items: [item] })) {
      if (output.kind === 'group') labels.set(output.group, output.label);
      if (output.kind === 'assigned') place(groupOf, output);
      if (output.kind === 'surge') alerts.push(alertOf(output, labels.get(output.group) ?? ''));
    }
  });
  return { alerts, groupOf };
}

function place(groupOf: Map<string, string>, { item, group }: Extract<Output, { kind: 'assigned' }>): void {
  if (group === null) groupOf.delete(item);
  else groupOf.set(item, group);
}

function alertOf(surge: Extract<Output, { kind: 'surge' }>, label: string): AlertLine {
  const slice = surge.slice ? ` [${Object.values(surge.slice).join(', ')}]` : '';
  return { at: new Date(surge.at).toISOString(), signalIds: surge.items, label: label + slice, issueId: surge.surge };
}

function assignments(
  items: readonly Item[],
  groupOf: ReadonlyMap<string, string>,
): { id: string; issueId: string | null }[] {
  return items.map(({ id }) => ({ id, issueId: groupOf.get(id) ?? null }));
}

async function writeLines(path: string, rows: readonly object[]): Promise<void> {
  const out = createWriteStream(path, 'utf8');
  for (const row of rows) if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
}
