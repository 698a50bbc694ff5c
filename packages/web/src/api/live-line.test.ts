import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdLine, type LineWord } from './live-line.ts';

/** What a browser gives us, without a network behind it. */
class Source extends EventTarget {
  static all: Source[] = [];
  readyState = 1;
  onerror: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  say(type: string, data: unknown, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }
  fail(readyState: number): void {
    this.readyState = readyState;
    this.onerror?.();
  }
}
const last = () => Source.all.at(-1)!;
let words: LineWord[];
beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  words = [];
});
afterEach(() => void vi.useRealTimers());
const hold = (address = '/api/live') =>
  holdLine({
    address,
    silenceMs: 45_000,
    tell: (word) => words.push(word),
    open: (url) => new Source(url) as unknown as EventSource,
  });

test('a broken line is opened again, later and later, and goes on where it was', () => {
  hold();
  last().say('hello', {}, 'p1');
  last().say('news', [{ kind: 'issue', id: 'a', name: 'issue.moved' }], 'p 2');
  last().fail(0);
  expect(Source.all).toHaveLength(1);
  vi.advanceTimersByTime(1_300);
  expect(last().url).toBe('/api/live?after=p%202');
  for (let i = 0; i < 8; i++) {
    last().fail(0);
    vi.advanceTimersByTime(40_000);
  }
  expect(Source.all).toHaveLength(10); // never more than half a minute apart
  last().say('hello', {}, 'p3');
  expect(words.map(({ type }) => type)).toEqual(['open', 'news', ...Array(9).fill('lost'), 'open']);
  expect(words[0]).toEqual({ type: 'open', fresh: true });
  expect(words.at(-1)).toEqual({ type: 'open', fresh: false });
});

test('silence is a broken line, whatever the network says; a beat is a word', () => {
  hold('/api/live?world=3');
  last().say('hello', {}, 'p1');
  vi.advanceTimersByTime(40_000);
  last().say('beat', {});
  vi.advanceTimersByTime(40_000);
  expect(words.map(({ type }) => type)).toEqual(['open']);
  vi.advanceTimersByTime(8_000);
  expect(words.map(({ type }) => type)).toEqual(['open', 'lost']);
  expect(last().url).toBe('/api/live?world=3&after=p1');
});

test('whose wall has moved begins anew at once; who is signed out is told so', () => {
  hold();
  last().say('hello', {}, 'p1');
  last().say('bye', { why: 'moved' });
  expect(Source.all).toHaveLength(2);
  last().say('reset', {}, 'p2');
  expect(words.at(-1)).toEqual({ type: 'open', fresh: true });
  last().say('bye', { why: 'ended' });
  expect(words.at(-1)).toEqual({ type: 'refused' });
  last().close();
  vi.advanceTimersByTime(1_300);
  last().fail(2);
  expect(words.at(-1)).toEqual({ type: 'refused' });
});
