import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backtest } from './backtest.ts';

let folder = '';
let said: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backtest-'));
  said = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const START = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;

/** Sixteen quiet days, one signal every twenty minutes, and forty of an outage within the last ten hours. */
async function givenPast(): Promise<{ signals: string; issues: string; acted: number }> {
  const row = (id: string, at: number, text: string) =>
    JSON.stringify({ id, ts: new Date(at).toISOString(), text, author: `a${id}` });
  const quiet = Array.from({ length: 1152 }, (_, i) =>
    row(`b${i}`, START + i * (HOUR / 3), `question number${i % 37} about subject${i % 41} please`),
  );
  const outage = Array.from({ length: 40 }, (_, i) =>
    row(`x${i}`, START + 374 * HOUR + i * (HOUR / 4), `fingerprint login fails word${i % 9} since word${i % 7}`),
  );
  const acted = START + 384 * HOUR;
  const signals = join(folder, 'signals.jsonl');
  const issues = join(folder, 'issues.jsonl');
  await writeFile(signals, [...quiet, ...outage].join('\n'));
  const signalIds = outage.map((_, i) => `x${i}`);
  await writeFile(issues, JSON.stringify({ id: 'I-1', signalIds, actedAt: new Date(acted).toISOString() }));
  return { signals, issues, acted };
}

test('says what would have been told, which issue it became, and how long before the person', async () => {
  const { signals, issues, acted } = await givenPast();
  const args = [signals, '--issues', issues, '--from', '2026-01-15'];
  expect(await backtest([...args, '--json'])).toBe(0);
  const { tried, inForce } = JSON.parse(said.at(-1)!);
  expect(tried).toEqual(inForce);
  expect(tried).toMatchObject({ found: 1, lead: { median: acted - tried.told[0].at, range: null, n: 1 } });
  expect(tried.told[0].known).toBe('I-1');

  expect(await backtest([...args, '--shift', '500'])).toBe(0);
  expect(said.at(-1)).toContain('would have alerted 0 times, 0 of them became issues');
  expect(said.at(-1)).toMatch(/In force, 1 a week: would have alerted \d+ times?, [1-9]\d* of them became issues/);
  expect(said.at(-1)).toMatch(/median lead over the first human action \d+\.\d h \(n = 1\)/);
});

test('wrong usage and a broken file of issues are said in words', async () => {
  expect(await backtest([])).toBe(2);
  expect(await backtest(['x', '--from', 'yesterday'])).toBe(2);
  const { signals, issues } = await givenPast();
  await writeFile(issues, '{"id":"I-1"}');
  expect(await backtest([signals, '--issues', issues])).toBe(1);
  expect(said.at(-1)).toContain('line 1 needs an id, signalIds');
});
