/** Whether the line holds, and since when it does not: known to whoever asks by themselves meanwhile. */
import { useSyncExternalStore } from 'react';

export interface Liveness {
  readonly live: boolean;
  /** When it was lost; null while it is live, or has not been yet. */
  readonly lostAt: Date | null;
}

let now: Liveness = { live: false, lostAt: null };
const listeners = new Set<() => void>();

export const liveness = (): Liveness => now;

export function become(next: Liveness): void {
  now = next;
  for (const listener of listeners) listener();
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useLiveness = (): Liveness => useSyncExternalStore(subscribe, () => now);

/** Asked again by itself: for safety while the line holds, instead of it while it does not. */
export const liveInterval = (usualMs: number) => (): number => (now.live ? Math.max(60_000, usualMs) : usualMs);

/** What moves by itself, without a word on the line, is looked at often for as long as it moves. */
export const movingInterval = (moves: boolean, everyMs: number, usualMs: number): number =>
  moves ? everyMs : liveInterval(usualMs)();
