/** `groundswell explain`: where a growth of signals is, or where a metric leaves its forecast, from files. */
import { parseArgs } from 'node:util';
import { type Exposure, encodeColumn, explainEvents, explainTable, type Period } from '@groundswell/analytics';
import { parseMoment, Unreadable } from '@groundswell/formats';
import { readTable, type TextTable } from './explain-table.ts';
import { explanationSaid, tableSaid } from './explain-words.ts';
import { nearest } from './nearest.ts';

const HELP = `groundswell explain EVENTS.csv --time COLUMN --baseline A..B --window C..D [options]
groundswell explain TABLE.csv --real COLUMN --predict COLUMN [options]
groundswell explain TABLE.csv --numerator REAL,PREDICT --denominator REAL,PREDICT [options]

Says which slices grew beyond the rest, how sure that is, and where it is not; "no slice, everything grew" is an answer too.
Files are CSV, TSV or JSON lines, also packed with gzip. Nothing leaves this machine; no server and no database are needed.

Events, one row each:
  --time COLUMN          when it happened
  --baseline A..B        the past to compare with; times as in the file, the end not included
  --window C..D          what is to be explained
  --exposure FILE        users per slice: columns named as in the events, and exposure_base (sum over the baseline)
                         and exposure_cur (over the window); without it the same users are assumed everywhere

Tables, one row for each combination of values:
  --real, --predict      the column of what was measured, and of its forecast
  --numerator A,B        for ratios: columns of the real and the predicted numerator
  --denominator A,B      and of the real and the predicted denominator

Both:
  --dimensions a,b       only these columns; else every other column of at most 1,000 values
  --json                 everything as JSON, for machines
  --help                 this text

Exit codes: 0 done (also when there is no slice), 1 the file cannot be used, 2 wrong usage.
`;

/** What is wrong with the file or the wish, for whoever gave it. */
class Unusable extends Error {}

const OPTIONS = {
  time: { type: 'string' },
  baseline: { type: 'string' },
  window: { type: 'string' },
  exposure: { type: 'string' },
  dimensions: { type: 'string' },
  real: { type: 'string' },
  predict: { type: 'string' },
  numerator: { type: 'string' },
  denominator: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Wishes = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

/**
 * Runs the command.
 * @param args what stands behind `explain` on the command line
 * @returns    exit code: 0 done, 1 the file cannot be used, 2 wrong usage
 * @example
 * await explain(['events.csv', '--time', 'ts', '--baseline', '2026-01-01..2026-01-15', '--window', '2026-01-15..2026-01-16']);
 */
export async function explain(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw new TypeError('one file is needed');
    const run = runOf(values);
    const table = await readTable(path);
    if (table.faulty > 0) console.error(faultsSaid(table));
    if (table.rows === 0) throw new Unusable(`${path} has no rows`);
    const { found, lines } = await run(table);
    console.log(values.json ? JSON.stringify(found, finite, 2) : lines.join('\n'));
    return 0;
  } catch (fault) {
    return refusal(fault);
  }
}

/** JSON has no infinity: what has no limit is null. */
const finite = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;

function refusal(fault: unknown): number {
  if (fault instanceof TypeError && !('errno' in fault)) {
    console.error(`explain: ${fault.message}\n\n${HELP}`);
    return 2;
  }
  const { code } = fault as NodeJS.ErrnoException;
  const foreseen = fault instanceof Unusable || fault instanceof Unreadable || fault instanceof RangeError;
  if (!foreseen && typeof code !== 'string') throw fault;
  console.error(`explain: ${(fault as Error).message}`);
  return 1;
}

function faultsSaid({ faults, faulty }: TextTable): string {
  const more = faulty > faults.length ? `\n… and ${faulty - faults.length} more` : '';
  return `${faulty} rows cannot be read and were left out:\n${faults.join('\n')}${more}`;
}

interface Answer {
  readonly found: object;
  readonly lines: string[];
}

/** Which of the three questions it is; a wish that is not whole is refused before anything is read. */
function runOf(values: Wishes): (table: TextTable) => Promise<Answer> {
  const { time, baseline, window, real, predict, numerator, denominator } = values;
  if (time !== undefined || baseline !== undefined || window !== undefined) {
    if (real ?? predict ?? numerator ?? denominator)
      throw new TypeError('--time is for events, --real and --numerator are for tables');
    if (!(time && baseline && window)) throw new TypeError('events need --time, --baseline and --window');
    const periods = { baseline: periodOf('--baseline', baseline), window: periodOf('--window', window) };
    if (periods.baseline.from < periods.window.to && periods.window.from < periods.baseline.to)
      throw new TypeError('--baseline and --window overlap; what is compared must lie apart');
    return (table) => events(table, time, periods, values);
  }
  if (values.exposure !== undefined)
    throw new TypeError('--exposure is for events, which need --time, --baseline and --window');
  if (numerator !== undefined || denominator !== undefined) {
    if (real ?? predict) throw new TypeError('give either --real and --predict or --numerator and --denominator');
    const above = pairOf('--numerator', numerator);
    const below = pairOf('--denominator', denominator);
    return async (table) => metric(table, above, below, values);
  }
  if (!(real && predict))
    throw new TypeError('say what to explain: --time … for events, --real … --predict … for a table');
  return async (table) => metric(table, [real, predict], null, values);
}

type Pair = readonly [real: string, predict: string];

function pairOf(name: string, text: string | undefined): Pair {
  const [real, predict, ...more] = (text ?? '').split(',').map((part) => part.trim());
  if (!(real && predict) || more.length > 0)
    throw new TypeError(`${name} needs two columns, REAL,PREDICT; got "${text ?? ''}"`);
  return [real, predict];
}

function periodOf(name: string, text: string): Period {
  const [from, to, ...more] = text.split('..');
  if (!from || !to || more.length > 0) throw new TypeError(`${name} is written FROM..TO; got "${text}"`);
  const [start, end] = [from, to].map((part) => {
    const moment = parseMoment(part);
    if ('reason' in moment) throw new TypeError(`${name}: ${moment.reason}`);
    return moment.at.getTime();
  });
  if (!(end! > start!)) throw new TypeError(`${name} ends before it begins: "${text}"`);
  return { from: start!, to: end! };
}

async function events(
  table: TextTable,
  time: string,
  periods: { baseline: Period; window: Period },
  values: Wishes,
): Promise<Answer> {
  const at = timesOf(table, time);
  const used = new Set([time]);
  const columns = dimensionsOf(table, used, values.dimensions);
  const exposure =
    values.exposure === undefined
      ? undefined
      : await exposureOf(
          values.exposure,
          columns.map(({ name }) => name),
        );
  const found = explainEvents({ at, columns }, { ...periods, ...(exposure && { exposure }) });
  return { found, lines: explanationSaid(found) };
}

function timesOf(table: TextTable, name: string): Float64Array {
  const known = new Map<string, number>();
  return Float64Array.from(columnOf(table, name), (text, row) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const moment = parseMoment(text);
    if ('reason' in moment) throw new Unusable(`${name} of row ${row + 1} is no time. ${moment.reason}`);
    known.set(text, moment.at.getTime());
    return moment.at.getTime();
  });
}

function columnOf({ columns, names }: TextTable, name: string): readonly string[] {
  const column = columns.get(name);
  if (column) return column;
  const guess = nearest(name, names);
  throw new Unusable(
    `there is no column "${name}".${guess ? ` Did you mean "${guess}"?` : ''} The columns are ${names.join(', ')}.`,
  );
}

function numbersOf(table: TextTable, name: string): Float64Array {
  return Float64Array.from(columnOf(table, name), (text, row) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= 0 && value < Infinity))
      throw new Unusable(`${name} of row ${row + 1} must be a number of at least 0, got "${text}"`);
    return value;
  });
}

/** A column of more values than this names rows, not slices. */
const MOST_VALUES = 1000;

function dimensionsOf(table: TextTable, used: ReadonlySet<string>, wanted: string | undefined) {
  const named = wanted?.split(',').map((name) => name.trim()) ?? table.names.filter((name) => !used.has(name));
  const columns = named.map((name) => encodeColumn(name, columnOf(table, name)));
  const kept = wanted === undefined ? columns.filter(({ values }) => values.length <= MOST_VALUES) : columns;
  if (kept.length === 0) throw new Unusable('there is no column left to look into; name some with --dimensions');
  if (kept.length > 12) throw new Unusable(`${kept.length} dimensions are too many; name at most 12 with --dimensions`);
  return kept;
}

async function exposureOf(path: string, names: readonly string[]): Promise<Exposure> {
  const table = await readTable(path);
  const shared = table.names.filter((name) => names.includes(name));
  if (shared.length === 0)
    throw new Unusable(`${path} shares no column with the events; its columns are ${table.names.join(', ')}`);
  return {
    columns: shared.map((name) => encodeColumn(name, columnOf(table, name))),
    base: numbersOf(table, 'exposure_base'),
    current: numbersOf(table, 'exposure_cur'),
  };
}

function metric(table: TextTable, [real, predict]: Pair, below: Pair | null, values: Wishes): Answer {
  const figures = new Set(['real', 'predict', real, predict, ...(below ?? [])]);
  const columns = dimensionsOf(table, figures, values.dimensions);
  const denominator = below && { real: numbersOf(table, below[0]), predict: numbersOf(table, below[1]) };
  const found = explainTable({
    columns,
    real: numbersOf(table, real),
    predict: numbersOf(table, predict),
    ...(denominator && { denominator }),
  });
  return { found, lines: tableSaid(found) };
}
