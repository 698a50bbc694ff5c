import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { detect, itemOfLine } from './detect.ts';

let folder = '';
let said: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'detect-'));
  said = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const rows = async (name: string) =>
  (await readFile(join(folder, name), 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('a line of the file', () => {
  test('further short fields are dimensions', () => {
    const item = itemOfLine(
      '{"id":1,"ts":"2026-01-05T00:00:00Z","title":"Slow","text":"Too slow","platform":"ios","build":7,"rating":2}',
    );
    expect(item).toEqual({
      id: '1',
      at: Date.UTC(2026, 0, 5),
      text: 'Slow. Too slow',
      author: null,
      rating: 2,
      dimensions: { platform: 'ios', build: '7' },
      replaces: null,
    });
  });

  test.each([
    ['nonsense', 'not JSON'],
    ['[1]', 'not a JSON object'],
    ['{"ts":"2026-01-05","text":"a"}', 'id is missing'],
    ['{"id":"a","ts":"yesterday","text":"a"}', 'ts is no time: "yesterday"'],
    ['{"id":"a","ts":"2026-01-05"}', 'neither title nor text'],
  ])('%s is refused: %s', (line, reason) => {
    expect(() => itemOfLine(line)).toThrow(reason);
  });
});

test('writes alerts and assignments, and says which lines were bad', async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 5) + minute * 60_000).toISOString();
  const lines = Array.from({ length: 1200 }, (_, i) =>
    JSON.stringify({
      id: `b${i}`,
      ts: at(i * 20),
      text: `question number${i % 37} about subject${i % 41} please`,
      author_id: `u${i}`,
    }),
  );
  for (let i = 0; i < 15; i++) {
    lines.push(
      JSON.stringify({
        id: `x${i}`,
        ts: at(20_000 + i * 20),
        text: `fingerprint login broken since update v${i}`,
        author_id: `v${i}`,
      }),
    );
  }
  lines.splice(3, 0, 'broken', '');
  await writeFile(join(folder, 'in.jsonl'), lines.join('\n'));

  const code = await detect([
    join(folder, 'in.jsonl'),
    '--alerts',
    join(folder, 'out.jsonl'),
    '--assignments',
    join(folder, 'by.jsonl'),
  ]);

  expect(code).toBe(0);
  expect(said[0]).toBe('line 4: not JSON');
  const alerts = await rows('out.jsonl');
  expect(new Set(alerts.map((a) => a.issueId)).size).toBe(1);
  expect(alerts[0].label).toContain('fingerprint');
  expect(alerts[0].signalIds.every((id: string) => id.startsWith('x'))).toBe(true);
  expect(await rows('by.jsonl')).toHaveLength(1215);
});

test('wrong usage is told with the help text, a missing file without a stack', async () => {
  expect(await detect(['--help'])).toBe(0);
  expect(await detect([])).toBe(2);
  expect(await detect(['a.jsonl'])).toBe(2);
  expect(await detect(['a.jsonl', '--alerts', 'b', '--false-alerts-per-week', '0'])).toBe(2);
  expect(await detect([join(folder, 'none.jsonl'), '--alerts', join(folder, 'b')])).toBe(1);
  expect(said.at(-1)).toMatch(/^detect: ENOENT/);
});
