/**
 * The detection grader on invented worlds: `npm run bench:world -- --seeds 20 [--first 1] [--days 35] [--rate 1000]`.
 * Each world is three streams, as the product would run them: what is open, what is confidential (a compartment of its own),
 * and the open one once more without its incidents, where every alert is false. The first week is for learning.
 * Needs ../shared and Python 3 with numpy; says so loudly and does nothing where they are missing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DAY_MS, openWorld, type SimulatedSignal, type World } from '../../packages/simulator/src/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SCORE = join(ROOT, '..', 'shared', 'eval', 'stream', 'score.py');
const PYTHON = '/usr/bin/python3';
const GROUNDSWELL = join(ROOT, 'packages', 'cli', 'bin', 'groundswell.mjs');
const WARM_UP_DAYS = 7;
const START = Date.UTC(2026, 0, 5);

interface Part {
  readonly name: string;
  readonly signals: readonly SimulatedSignal[];
}

/** What the grader says of some streams together. */
interface Pooled {
  readonly recall: number;
  readonly strict: number;
  readonly F1: number;
  readonly d_sig: number | null;
  readonly d_min: number | null;
  readonly quiet_false_week: number | null;
  readonly memP: number | null;
  readonly memR: number | null;
  readonly by_kind: Readonly<Record<string, string>>;
}

const iso = (at: number): string => new Date(at).toISOString();

function partsOf(world: World, seed: number): Part[] {
  const all = Array.from({ length: world.days * 24 }, (_, hour) => world.signalsOfHour(hour)).flat();
  const open = all.filter(({ confidential }) => !confidential);
  const name = `world-${String(seed).padStart(3, '0')}`;
  return [
    { name, signals: open },
    { name: `${name}-confidential`, signals: all.filter(({ confidential }) => confidential) },
    { name: `${name}-quiet`, signals: open.filter(({ truth }) => truth.incident === null) },
  ];
}

function rowOf({ id, at, title, text, author, rating, dimensions }: SimulatedSignal): string {
  const row = { id, ts: iso(at), ...(title !== null && { title }), text, author_id: author, rating };
  return JSON.stringify({ ...row, ...dimensions });
}

/** What of the world's truth lies in these signals; `kind`: as if nothing else had been planted. */
function truthOf(world: World, { name, signals }: Part, kind?: string) {
  const incidents = world.incidents.flatMap((incident) => {
    const own = signals.filter(({ truth }) => truth.incident === incident.id);
    if (own.length === 0 || (kind !== undefined && incident.kind !== kind)) return [];
    const { id, story: label, slice } = incident;
    const [onset, end] = [own[0]!.at, own.at(-1)!.at].map(iso);
    return [{ id, kind: incident.kind, label, onset, end, signals: own.length, slice }];
  });
  const told = new Set(incidents.map(({ id }) => id));
  const labels = Object.fromEntries(
    signals.map(({ id, truth: { label, incident } }) => [
      id,
      [label, incident && told.has(incident) ? incident : null],
    ]),
  );
  const [start, end] = [world.start, world.end];
  return {
    stream: name,
    start: iso(start),
    score_from: iso(start + WARM_UP_DAYS * DAY_MS),
    end: iso(end),
    incidents,
    labels,
  };
}

/** Writes the streams of a world and runs the detector over each; how many signals. */
async function runWorld(work: string, seed: number, days: number, rate: number): Promise<number> {
  const world = await openWorld({ seed, start: START, days, signalsPerDay: rate });
  const parts = partsOf(world, seed);
  for (const part of parts) {
    const folder = join(work, 'streams', part.name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'signals.jsonl'), `${part.signals.map(rowOf).join('\n')}\n`);
    const truth = truthOf(world, part);
    writeFileSync(join(folder, 'truth.json'), JSON.stringify(truth));
    for (const { kind } of truth.incidents) {
      const own = join(work, 'kinds', kind, part.name);
      mkdirSync(own, { recursive: true });
      if (!existsSync(join(own, 'signals.jsonl')))
        symlinkSync(join(folder, 'signals.jsonl'), join(own, 'signals.jsonl'));
      writeFileSync(join(own, 'truth.json'), JSON.stringify(truthOf(world, part, kind)));
    }
  }
  await Promise.all(parts.map((part) => detect(work, part.name)));
  return parts.reduce((sum, { signals }) => sum + signals.length, 0);
}

async function detect(work: string, stream: string): Promise<void> {
  const [signals, alerts] = [join(work, 'streams', stream, 'signals.jsonl'), join(work, 'alerts', `${stream}.jsonl`)];
  const child = spawn(process.execPath, [GROUNDSWELL, 'detect', signals, '--alerts', alerts], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The detector failed on ${stream}: ${said}`);
}

/** Streams in a folder, judged by the grader against the alerts of the same names. */
function grade(work: string, set: string): Pooled {
  const answer = join(work, 'answer.json');
  const args = [SCORE, '--set', set, '--alerts', join(work, 'alerts'), '--json', answer, '--name', 'groundswell'];
  const { status, stderr } = spawnSync(PYTHON, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The grader failed: ${stderr}`);
  return (JSON.parse(readFileSync(answer, 'utf8').replaceAll(/\bNaN\b/g, 'null')) as { pooled: Pooled }).pooled;
}

const two = (n: number | null): string => (n === null ? '–' : n.toFixed(2).replace(/^0(?=\.)/, ''));
const whole = (n: number | null): string => (n === null ? '–' : String(Math.round(n)));

function table(work: string, kinds: readonly string[]): void {
  const all = grade(work, join(work, 'streams'));
  console.log('\n| | found | recall | strict | F1 | median delay | false alerts per quiet week | members P / R |');
  console.log('|---|---|---|---|---|---|---|---|');
  const counts = Object.values(all.by_kind).map((said) => said.split('/').map(Number));
  const [found, of] = [0, 1].map((i) => counts.reduce((sum, pair) => sum + pair[i]!, 0));
  const delayOf = ({ d_sig, d_min }: Pooled): string =>
    `${whole(d_sig)} signals, ${two(d_min === null ? null : d_min / 60)} h`;
  console.log(
    `| all | ${found} of ${of} | ${two(all.recall)} | ${two(all.strict)} | ${two(all.F1)} | ${delayOf(all)} | ${two(all.quiet_false_week)} | ${two(all.memP)} / ${two(all.memR)} |`,
  );
  for (const kind of kinds) {
    const one = grade(work, join(work, 'kinds', kind));
    const said = one.by_kind[kind]!.replace('/', ' of ');
    console.log(
      `| ${kind} | ${said} | ${two(one.recall)} | | | ${delayOf(one)} | | ${two(one.memP)} / ${two(one.memR)} |`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '5' },
      first: { type: 'string', default: '1' },
      days: { type: 'string', default: '35' },
      rate: { type: 'string', default: '1000' },
    },
  });
  const [seeds, first, days, rate] = [values.seeds, values.first, values.days, values.rate].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const work = mkdtempSync(join(tmpdir(), 'groundswell-worlds-'));
  try {
    mkdirSync(join(work, 'alerts'));
    const began = performance.now();
    let signals = 0;
    const kinds = new Set<string>();
    for (let seed = first; seed < first + seeds; seed++) {
      signals += await runWorld(work, seed, days, rate);
      console.error(`world ${seed}: done after ${Math.round((performance.now() - began) / 1000)} s`);
    }
    for (const { kind } of (await openWorld({ seed: first, start: START, days, signalsPerDay: 100 })).incidents)
      kinds.add(kind);
    console.log(
      `${seeds} worlds of ${days} days with ${rate} signals a day (${signals} signals in ${3 * seeds} streams), warm-up ${WARM_UP_DAYS} days, ` +
        `${Math.round((performance.now() - began) / 1000)} s, load ${loadavg()[0]!.toFixed(1)}`,
    );
    table(work, [...kinds].filter((kind) => existsSync(join(work, 'kinds', kind))).sort());
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (!existsSync(SCORE)) {
  console.log(
    `*** NOT MEASURED: the grader ${SCORE} is not there; it lies beside the project and is no part of it. ***`,
  );
} else if (spawnSync(PYTHON, ['-c', 'import numpy']).status !== 0) {
  console.log(`*** NOT MEASURED: the grader needs Python 3 with numpy as ${PYTHON}. ***`);
} else {
  await main();
}
