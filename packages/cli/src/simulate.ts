/** `groundswell simulate`: an invented world as files, with everything that is true of it beside what is told. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  activeUsersOf,
  changesOf,
  cohortsOf,
  EventLog,
  FaultTally,
  HOUR_MS,
  openHandling,
  openWorld,
  truthOf,
  type World,
  type WorldOptions,
} from '@groundswell/simulator';
import { type Cell, csvLine, EVENT_COLUMNS, eventLine, isoOf, LineFile, signalLine } from './simulate-files.ts';

const HELP = `groundswell simulate --out DIR [options]

Writes an invented platform's weeks: what people said, what was going on, how support handled it, and the truth.
The same options write the same bytes. Nothing in it is real.

  --out DIR        an empty or new folder
  --days N         how many days, 3 to 400 (default 28)
  --rate N         signals a day, 100 to 1000000 (default 5000)
  --seed N         which world, 0 to 4294967295 (default 7)
  --start DAY      its first day (default 2026-01-05, a Monday)
  --force          write over the files of an earlier world in DIR
  --json           say at the end what was written as JSON
  --help           this text

  signals.jsonl            for "groundswell import" and "groundswell detect"
  active_users.csv         for POST /api/active-users/file
  changes.csv              for POST /api/changes/file
  events.csv               what support did: case_id, activity, timestamp, resource, queue …
  confidential/            signals and events that belong into a compartment of their own
  truth.json               incidents, confounders and faults of the process
  labels.jsonl             for each signal what it is about and which incident it belongs to
  cohorts.csv              everybody whom an incident hurt, and who of them wrote
`;

/**
 * @param args what stands behind `simulate` on the command line
 * @returns    exit code: 0 done, 1 it could not be written, 2 wrong usage
 *
 * @example
 * await simulate(['--days', '28', '--rate', '5000', '--seed', '7', '--out', 'world']);
 */
export async function simulate(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === 'number') return options;
  const { out, world, force, json } = options;
  try {
    const there = await contentOf(out);
    if (there.length > 0 && !force) {
      console.error(
        `simulate: ${out} is not empty (${there[0]}${there.length > 1 ? ' and more' : ''}). Nothing was written. ` +
          'Name a new folder, or add --force to write over the files of an earlier world.',
      );
      return 1;
    }
    await mkdir(join(out, CLOSED), { recursive: true });
    const written = await write(out, await openWorld(world));
    if (json) console.log(JSON.stringify({ out, ...written }));
    else console.error(summary(out, written));
    return 0;
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault)) throw fault;
    console.error(`simulate: ${fault.message}. What was written until then is in ${out}; it is not whole.`);
    return 1;
  }
}

/** Names in a folder; none where there is no folder yet. */
async function contentOf(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return [];
    throw fault;
  }
}

interface Options {
  readonly out: string;
  readonly world: WorldOptions;
  readonly force: boolean;
  readonly json: boolean;
}

function optionsOf(args: string[]): Options | number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        days: { type: 'string', default: '28' },
        rate: { type: 'string', default: '5000' },
        seed: { type: 'string', default: '7' },
        start: { type: 'string', default: '2026-01-05' },
        force: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    if (positionals.length > 0)
      throw new TypeError(`"${positionals[0]}" is not expected here; the folder is --out DIR`);
    if (!values.out) throw new TypeError('--out DIR is needed');
    const world = {
      days: whole('--days', values.days, 3, 400),
      signalsPerDay: whole('--rate', values.rate, 100, 1_000_000),
      seed: whole('--seed', values.seed, 0, 2 ** 32 - 1),
      start: dayOf(values.start),
    };
    return { out: values.out, world, force: values.force, json: values.json };
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    console.error(`simulate: ${fault.message}\n\n${HELP}`);
    return 2;
  }
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= low && value <= high) return value;
  throw new TypeError(`${name} must be a whole number from ${low} to ${high}, got "${text}"`);
}

function dayOf(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (new Date(at).getUTCFullYear() >= 2000 && isoOf(at).startsWith(text)) return at;
  throw new TypeError(`--start must be a day such as 2026-01-05, from the year 2000 on, got "${text}"`);
}

interface Written {
  readonly signals: number;
  readonly confidential: number;
  readonly events: number;
  readonly incidents: number;
  readonly affected: number;
  readonly changes: number;
  readonly seconds: number;
}

async function write(out: string, world: World): Promise<Written> {
  const began = performance.now();
  const counts = await writeStream(out, world);
  const affected = await writeRows(join(out, 'cohorts.csv'), COHORT_COLUMNS, cohortRows(world));
  await writeRows(join(out, 'active_users.csv'), ['day', 'active_users', ...SLICES], activeRows(world));
  const changes = await writeRows(join(out, 'changes.csv'), [...CHANGE_COLUMNS, ...SLICES], changeRows(world));
  const truth = truthOf(world, counts.faults);
  await writeFile(join(out, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  const { signals, confidential, events } = counts;
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  return { signals, confidential, events, incidents: truth.incidents.length, affected, changes, seconds };
}

/** Signals, their labels and their handling, hour by hour: what is written is forgotten. */
async function writeStream(out: string, world: World) {
  const handling = openHandling(world);
  const [log, tally] = [new EventLog(handling), new FaultTally()];
  const file = (...path: string[]) => LineFile.create(join(out, ...path));
  const labels = await file('labels.jsonl');
  const open = { signals: await file('signals.jsonl'), events: await file('events.csv') };
  const closed = { signals: await file(CLOSED, 'signals.jsonl'), events: await file(CLOSED, 'events.csv') };
  const files = [labels, ...Object.values(open), ...Object.values(closed)];
  for (const { events } of [open, closed]) events.add(csvLine(EVENT_COLUMNS));
  const counts = { signals: 0, confidential: 0, events: 0 };
  const say = sayProgress(world);
  for (let hour = 0; hour < world.days * 24; hour++) {
    for (const signal of world.signalsOfHour(hour)) {
      const { id, confidential, truth } = signal;
      (confidential ? closed : open).signals.add(signalLine(signal));
      labels.add(JSON.stringify({ id, ...truth }));
      tally.add(id, log.add(signal).harms);
      counts.signals++;
      if (confidential) counts.confidential++;
    }
    for (const event of log.before(world.start + (hour + 1) * HOUR_MS)) {
      (event.confidential ? closed : open).events.add(eventLine(event));
      counts.events++;
    }
    for (const one of files) await one.breathe();
    say(hour + 1, counts.signals);
  }
  for (const one of files) await one.close();
  return { ...counts, faults: tally.truth(handling) };
}

async function writeRows(path: string, columns: readonly string[], rows: Iterable<readonly Cell[]>): Promise<number> {
  const file = await LineFile.create(path);
  file.add(csvLine(columns));
  let count = 0;
  for (const row of rows) {
    file.add(csvLine(row));
    if (++count % 10_000 === 0) await file.breathe();
  }
  await file.close();
  return count;
}

const CLOSED = 'confidential';
const SLICES = ['country', 'platform', 'app_version'] as const;
const sliceCells = (dimensions: Readonly<Record<string, string>>): Cell[] => SLICES.map((name) => dimensions[name]);

const COHORT_COLUMNS = ['incident', 'person', 'tier', 'country', 'wrote'];
function* cohortRows(world: World): Generator<Cell[]> {
  for (const { incident, person, tier, country, wrote } of cohortsOf(world))
    yield [incident, person, tier, country, wrote];
}

function* activeRows(world: World): Generator<Cell[]> {
  for (const { day, users, dimensions } of activeUsersOf(world)) yield [day, users, ...sliceCells(dimensions)];
}

const CHANGE_COLUMNS = ['id', 'at', 'kind', 'title', 'share'];
function* changeRows(world: World): Generator<Cell[]> {
  for (const { id, at, kind, title, share, dimensions } of changesOf(world))
    yield [id, isoOf(at), kind, title, share, ...sliceCells(dimensions)];
}

const SAY_EVERY_MS = 2_000;
function sayProgress({ days }: World): (hours: number, signals: number) => void {
  let said = performance.now();
  return (hours, signals) => {
    if (performance.now() - said < SAY_EVERY_MS) return;
    said = performance.now();
    console.error(`day ${Math.ceil(hours / 24)} of ${days}, ${signals} signals`);
  };
}

const summary = (out: string, { signals, confidential, events, incidents, affected, changes, seconds }: Written) =>
  `${signals} signals (${confidential} of them confidential), ${events} steps of handling, ${changes} changes, ` +
  `${incidents} incidents that hurt ${affected} people: written to ${out} in ${seconds} s.`;
