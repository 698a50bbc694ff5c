import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NewSignal } from '@groundswell/contract';
import { suggestMapping } from '@groundswell/formats';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { itemOfLine } from './detect.ts';
import { simulate } from './simulate.ts';

let folder = '';
let said: string[] = [];
let told: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulate-'));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line));
  await make('world');
}, 60_000);
beforeEach(() => {
  said = [];
  told = [];
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const make = (name: string, ...more: string[]): Promise<number> =>
  simulate(['--days', '9', '--rate', '400', '--seed', '5', '--out', join(folder, name), ...more]);

const FILES = [
  ...['active_users.csv', 'changes.csv', 'cohorts.csv', 'confidential/events.csv', 'confidential/signals.jsonl'],
  ...['events.csv', 'labels.jsonl', 'signals.jsonl', 'truth.json'],
];
const text = (name: string, of = 'world'): Promise<string> => readFile(join(folder, of, name), 'utf8');
const lines = async (name: string): Promise<string[]> => (await text(name)).trimEnd().split('\n');
const hashes = async (of: string): Promise<string[]> =>
  Promise.all(
    FILES.map(async (name) =>
      createHash('sha256')
        .update(await text(name, of))
        .digest('hex'),
    ),
  );

test('the same seed writes the same bytes, another one others', async () => {
  expect(await make('again')).toBe(0);
  expect(await hashes('again')).toEqual(await hashes('world'));
  expect(await make('other', '--seed', '6')).toBe(0);
  const [first, other] = [await hashes('world'), await hashes('other')];
  expect(other.filter((one, i) => one === first[i])).toEqual([]);
});

test('nothing but its files is written', async () => {
  const there = await readdir(join(folder, 'world'), { recursive: true });
  expect(there.filter((name) => name !== 'confidential').sort()).toEqual(FILES);
});

test('signals are read by "detect" and "import" as they are; confidential ones lie apart', async () => {
  const open = await lines('signals.jsonl');
  const closed = await lines('confidential/signals.jsonl');
  expect(open.length).toBeGreaterThan(3_000);
  expect(closed.length).toBeGreaterThan(50);
  const rows = open.map((line) => JSON.parse(line));
  expect(suggestMapping(Object.keys(rows[0]), rows.slice(0, 100))).toEqual({
    ...{
      id: 'id',
      ts: 'ts',
      title: 'title',
      text: 'text',
      author_id: 'author',
      rating: 'rating',
      language: 'language',
    },
    ...{ creator_tier: 'creator_tier', exposure: 'exposure', kind: 'dimension', country: 'dimension' },
    ...{ platform: 'dimension', app_version: 'dimension', device: 'dimension', area: 'dimension' },
  });
  for (const line of open.slice(0, 500)) {
    const {
      id,
      ts,
      title,
      text: words,
      author_id: author,
      rating,
      language,
      creator_tier,
      exposure,
    } = JSON.parse(line);
    const own = { id, ts, text: words, author, rating, language, creator_tier, exposure, ...(title && { title }) };
    expect(NewSignal.safeParse(own).error?.issues ?? []).toEqual([]);
    const item = itemOfLine(line);
    expect(item).toMatchObject({ id, at: Date.parse(ts), author, rating });
    expect(Object.keys(item.dimensions)).toEqual(
      expect.arrayContaining(['kind', 'country', 'platform', 'app_version']),
    );
    for (const name of ['language', 'exposure', 'creator_tier']) expect(item.dimensions).not.toHaveProperty(name);
  }
});

test('every signal has its label; the truth says what they say', async () => {
  const labels = (await lines('labels.jsonl')).map((line) => JSON.parse(line));
  const ids = [...(await lines('signals.jsonl')), ...(await lines('confidential/signals.jsonl'))].map(
    (line) => JSON.parse(line).id,
  );
  expect(labels.map(({ id }) => id).sort()).toEqual(ids.sort());
  const truth = JSON.parse(await text('truth.json'));
  for (const { id, signals } of truth.incidents)
    expect(labels.filter(({ incident }) => incident === id)).toHaveLength(signals);
  const cohorts = await lines('cohorts.csv');
  expect(cohorts[0]).toBe('incident,person,tier,country,wrote');
  expect(cohorts.length - 1).toBe(
    truth.incidents.reduce((sum: number, { affected }: { affected: number }) => sum + affected, 0),
  );
});

test('the event log has the columns of process mining, and its events lie in order of time', async () => {
  const [header, ...rows] = await lines('events.csv');
  expect(header).toBe('case_id,activity,timestamp,resource,queue,macro,vendor,priority,kind');
  const cells = rows.map((row) => row.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, '')));
  expect(cells.filter((row) => row[0] === '' || row[1] === '' || Number.isNaN(Date.parse(row[2]!)))).toEqual([]);
  const times = cells.map((row) => row[2]!);
  expect(times).toEqual([...times].sort());
  const open = new Set((await lines('signals.jsonl')).map((line) => JSON.parse(line).id));
  expect(cells.filter((row) => !open.has(row[0]))).toEqual([]); // nothing of what is confidential
});

test('a folder that is not empty is left alone unless forced', async () => {
  await writeFile(join(folder, 'taken.txt'), 'mine');
  expect(await simulate(['--out', folder, '--days', '3', '--rate', '100'])).toBe(1);
  expect(said[0]).toMatch(/is not empty \(again and more\)\. Nothing was written\. Name a new folder, or add --force/);
  expect(await readdir(folder)).not.toContain('confidential');
  expect(await make('world', '--json')).toBe(1);
  const before = await hashes('world');
  expect(await make('world', '--force', '--json')).toBe(0);
  expect(await hashes('world')).toEqual(before);
  expect(JSON.parse(told[0]!)).toMatchObject({
    out: join(folder, 'world'),
    signals: expect.any(Number),
    incidents: expect.any(Number),
  });
});

test.each([
  [['--days', '2'], '--days must be a whole number from 3 to 400, got "2"'],
  [['--rate', 'many'], '--rate must be a whole number from 100 to 1000000, got "many"'],
  [['--seed', '1.5'], '--seed must be a whole number'],
  [['--start', '2026-02-30'], '--start must be a day such as 2026-01-05'],
  [['extra'], '"extra" is not expected here'],
  [['--speed', '3'], "Unknown option '--speed'"],
])('wrong usage is told with the help: %j', async (args, why) => {
  expect(await simulate(['--out', join(folder, 'never'), ...args])).toBe(2);
  expect(said[0]).toContain(why);
  expect(await readdir(folder)).not.toContain('never');
});

test('help and a missing folder', async () => {
  expect(await simulate(['--help'])).toBe(0);
  expect(await simulate([])).toBe(2);
  expect(said[0]).toContain('--out DIR is needed');
});
