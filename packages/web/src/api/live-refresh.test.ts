import type { LiveKind } from '@groundswell/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ALL_ROOTS } from './live-keys.ts';
import { refresher } from './live-refresh.ts';

let asked: string[];
let hidden: boolean;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  hidden = false;
});
afterEach(() => void vi.useRealTimers());
const open = (takesMs = 0) =>
  refresher({
    ask: (root) => {
      asked.push(root);
      return new Promise((done) => setTimeout(done, takesMs));
    },
    countedMs: 10_000,
    isHidden: () => hidden,
  });
const moved = { kind: 'issue' as LiveKind, id: 'a', name: 'issue.moved' };
const signals = { kind: 'signal' as LiveKind, id: null, name: 'signal.counted' };
const issues = () => asked.filter((root) => root === 'issues').length;

test('a deed is asked for at once, and many in a moment once', async () => {
  const refresh = open();
  refresh.hear([moved, moved, { ...moved, id: 'b' }]);
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual(['issues', 'home', 'detection']);
});

test('what happens while an answer is on its way is asked for again afterwards', async () => {
  const refresh = open(1_000);
  refresh.hear([moved]);
  await vi.advanceTimersByTimeAsync(500);
  refresh.hear([moved]);
  await vi.advanceTimersByTimeAsync(400);
  expect(issues()).toBe(1);
  await vi.advanceTimersByTimeAsync(400);
  expect(issues()).toBe(2);
});

test('what only counts is asked for now and then, and a deed does not wait for it', async () => {
  const refresh = open();
  for (let i = 0; i < 10; i++) {
    refresh.hear([signals]);
    await vi.advanceTimersByTimeAsync(2_000);
  }
  expect(asked.filter((root) => root === 'signals').length).toBeLessThanOrEqual(3);
  const before = asked.filter((root) => root === 'home').length;
  refresh.hear([signals]);
  refresh.hear([moved]);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked.filter((root) => root === 'home').length).toBe(before + 1);
});

test('nobody looks, nothing is asked for; who comes back sees what is now', async () => {
  const refresh = open();
  hidden = true;
  refresh.hear([moved]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  hidden = false;
  refresh.wake();
  await vi.advanceTimersByTimeAsync(50);
  expect(issues()).toBe(1);
});

test('every word that answers are forgotten by is the first word of a key', () => {
  const sources = import.meta.glob('../{api,screens}/**/*.ts', { query: '?raw', import: 'default', eager: true });
  const born = new Set(
    Object.values(sources).flatMap((text) =>
      [...String(text).matchAll(/(?:= |queryKey: )\['([\w-]+)'/g)].map((m) => m[1]!),
    ),
  );
  expect(ALL_ROOTS.filter((root) => !born.has(root))).toEqual([]);
});
