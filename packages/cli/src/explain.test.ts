import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { explain } from './explain.ts';

let folder = '';
let said: string[] = [];
let refused: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explain-'));
  said = [];
  refused = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void refused.push(line));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const DAYS = ['--time', 'ts', '--baseline', '2026-01-01..2026-01-15', '--window', '2026-01-15..2026-01-16'];

/** Fourteen even days, and one on which Germany's iOS users write sixty times more. */
function lines(): string[] {
  const rows = ['ts,platform,country'];
  for (let day = 1; day <= 15; day++) {
    for (let i = 0; i < 120; i++) {
      const time = `2026-01-${String(day).padStart(2, '0')}T${String(i % 24).padStart(2, '0')}:00:00Z`;
      rows.push(`${time},${['ios', 'android', 'web'][i % 3]},${['US', 'DE', 'BR', 'IN', 'FR'][i % 5]}`);
    }
  }
  for (let i = 0; i < 60; i++) rows.push(`2026-01-15T${String(10 + (i % 12)).padStart(2, '0')}:30:00Z,ios,DE`);
  return rows;
}

async function fileOf(name: string, rows: readonly string[]): Promise<string> {
  const path = join(folder, name);
  const bytes = Buffer.from(`${rows.join('\n')}\n`);
  await writeFile(path, name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  return path;
}

describe('events', () => {
  test('the slice is said in a sentence, from a packed file too', async () => {
    expect(await explain([await fileOf('events.csv.gz', lines()), ...DAYS])).toBe(0);
    expect(said[0]).toMatch(/1\. platform ios and country DE: 68 signals where 8(\.\d+)? were to be expected/);
    expect(said[0]).toContain('Raised since 2026-01-15 10:00 UTC.');
    expect(said[0]).toContain('No exposure was given');
  });

  test('JSON holds the same, with intervals', async () => {
    expect(await explain([await fileOf('events.csv', lines()), ...DAYS, '--json'])).toBe(0);
    const [slice] = JSON.parse(said[0]!).slices;
    expect(slice.conditions.map(({ said: text }: { said: string }) => text)).toEqual(['ios', 'DE']);
    expect(slice.excess.low).toBeGreaterThan(40);
    expect(slice.excess.high).toBeLessThan(85);
  });

  test('users that grew as much explain it away', async () => {
    const users = ['platform,country,exposure_base,exposure_cur'];
    for (const platform of ['ios', 'android', 'web'])
      for (const country of ['US', 'DE', 'BR', 'IN', 'FR'])
        users.push(`${platform},${country},14000,${platform === 'ios' && country === 'DE' ? 8500 : 1000}`);
    const exposure = await fileOf('users.csv', users);
    expect(await explain([await fileOf('events.csv', lines()), ...DAYS, '--exposure', exposure])).toBe(0);
    expect(said[0]).toContain('No slice');
    expect(said[0]).toContain('Rates use the exposure that was given.');
  });

  test('only the dimensions that were named', async () => {
    await explain([await fileOf('events.csv', lines()), ...DAYS, '--dimensions', 'country']);
    expect(said[0]).toContain('1. country DE:');
  });
});

test('a table of forecasts, and one of ratios', async () => {
  const rows = ['region,device,real,predict,ok,okp,all,allp'];
  for (const region of ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'])
    for (const device of ['d1', 'd2', 'd3', 'd4', 'd5']) {
      const wobble = ((Number(region[1]) * 7 + Number(device[1]) * 3) % 5) - 2;
      const real = region === 'r3' ? 50 + wobble : 100 + wobble;
      const right = device === 'd2' ? 600 + wobble : 900 + wobble;
      rows.push(`${region},${device},${real},100,${right},900,1000,1000`);
    }
  const path = await fileOf('table.csv', rows);
  expect(await explain([path, '--real', 'real', '--predict', 'predict', '--dimensions', 'region,device'])).toBe(0);
  expect(said[0]).toMatch(/^1\. region r3: .* where 500 was forecast, \d+ % further below than the rest/);
  const ratio = ['--numerator', 'ok,okp', '--denominator', 'all,allp', '--dimensions', 'region,device'];
  expect(await explain([path, ...ratio])).toBe(0);
  expect(said[1]).toMatch(/^1\. device d2: 0\.6 where 0\.9 was forecast/);
});

describe('what is refused', () => {
  test.each([
    [[], 2, 'one file is needed'],
    [['x.csv'], 2, 'say what to explain'],
    [['x.csv', '--time', 'ts'], 2, 'events need --time, --baseline and --window'],
    [['x.csv', '--time', 'ts', '--baseline', '2026-01-01', '--window', '2026-01-15..2026-01-16'], 2, 'FROM..TO'],
    [['x.csv', '--time', 'ts', '--baseline', 'a..b', '--window', '2026-01-15..2026-01-16'], 2, 'is not a time'],
    [
      ['x.csv', '--time', 'ts', '--baseline', '2026-01-03..2026-01-01', '--window', '2026-01-15..2026-01-16'],
      2,
      'ends before',
    ],
    [
      ['x.csv', '--time', 'ts', '--baseline', '2026-01-01..2026-01-16', '--window', '2026-01-15..2026-01-16'],
      2,
      'overlap',
    ],
    [['x.csv', '--numerator', 'a', '--denominator', 'b,c'], 2, '--numerator needs two columns'],
    [['x.csv', '--exposure', 'y'], 2, '--exposure is for events'],
    [['x.csv', '--reel', 'real'], 2, "Unknown option '--reel'"],
    [['/nowhere/x.csv', '--real', 'real', '--predict', 'predict'], 1, 'no such file'],
  ])('%j', async (args, code, reason) => {
    expect(await explain(args)).toBe(code);
    expect(refused[0]).toContain(reason);
  });

  test.each([
    [['a,real,predict', 'x,1,2'], ['--real', 'reall', '--predict', 'predict'], 'Did you mean "real"?'],
    [
      ['a,real,predict', 'x,one,2'],
      ['--real', 'real', '--predict', 'predict'],
      'real of row 1 must be a number of at least 0, got "one"',
    ],
    [['ts,a', 'soon,x'], DAYS, 'ts of row 1 is no time'],
    [['ts', '2026-01-01'], DAYS, 'no column left to look into'],
  ])('%j', async (rows, args, reason) => {
    expect(await explain([await fileOf('bad.csv', rows), ...args])).toBe(1);
    expect(refused[0]).toContain(reason);
  });
});
