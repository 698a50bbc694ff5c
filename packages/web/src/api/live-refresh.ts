/** From what is told to what is asked again: soon, but never faster than it can be answered, and not for a page nobody looks at. */
import type { LiveNews } from '@groundswell/contract';
import { ALL_ROOTS, ROOTS } from './live-keys.ts';

export interface RefreshOptions {
  /** Asks again for all that is shown below this word, and ends when it is there. */
  readonly ask: (root: string) => Promise<unknown>;
  /** What only counts is asked for at most this often. */
  readonly countedMs: number;
  readonly isHidden: () => boolean;
}

const SOON_MS = 30;
const LEAST_MS = 400;

/** Told of numbers, not of deeds. Who looks at what is a number that people wait for. */
const isCounted = ({ kind, name }: LiveNews): boolean =>
  kind === 'signal' || kind === 'topic' || (kind !== 'presence' && name.endsWith('.counted'));

export function refresher({ ask, countedMs, isHidden }: RefreshOptions) {
  /** When each is due. */
  const due = new Map<string, number>();
  const asked = new Map<string, number>();
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function want(root: string, at: number): void {
    due.set(root, Math.min(due.get(root) ?? Infinity, at));
  }
  function plan(): void {
    if (busy || due.size === 0 || isHidden()) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), Math.max(0, Math.min(...due.values()) - performance.now()));
  }
  async function run(): Promise<void> {
    const now = performance.now();
    const roots = [...due].filter(([, at]) => at <= now).map(([root]) => root);
    for (const root of roots) {
      due.delete(root);
      asked.set(root, now);
    }
    busy = true;
    await Promise.allSettled(roots.map(ask)); // what fails says so where it is shown
    busy = false;
    plan();
  }
  const at = (root: string, leastMs: number) =>
    Math.max(performance.now() + SOON_MS, (asked.get(root) ?? Number.NEGATIVE_INFINITY) + leastMs);

  return {
    hear(list: readonly LiveNews[]): void {
      for (const news of list) {
        for (const root of ROOTS[news.kind] ?? []) want(root, at(root, isCounted(news) ? countedMs : LEAST_MS));
      }
      plan();
    },
    everything(): void {
      for (const root of ALL_ROOTS) want(root, at(root, LEAST_MS));
      plan();
    },
    /** The page is looked at again. */
    wake: plan,
    stop(): void {
      clearTimeout(timer);
      due.clear();
    },
  };
}
