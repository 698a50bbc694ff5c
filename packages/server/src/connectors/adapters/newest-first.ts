/**
 * Walks through lists that begin with the newest. A walk goes back to where the last one began, less a while that is read
 * twice: what another system shows late is not missed, and intake knows the rest already. Pure.
 */
import { z } from 'zod';

const Place = z.object({
  /** Everything from here on is wanted. Milliseconds since 1970, by the other side's clock, like all times here. */
  since: z.number(),
  /** Where a walk under way goes on, and the newest thing that it saw; null between two walks. */
  walk: z.object({ next: z.string(), newest: z.number().nullable(), askedAt: z.number() }).nullable(),
});
export type Place = z.infer<typeof Place>;

/** Marks of the next page do not live for ever: a walk that stood still for longer is begun anew. */
const NEXT_LIVES_MS = 6 * 3_600_000;

export function placeOf(cursor: unknown, from: Date, now: Date): Place {
  const kept = Place.safeParse(cursor);
  if (!kept.success) return { since: from.getTime(), walk: null };
  const { since, walk } = kept.data;
  return { since, walk: walk && now.getTime() - walk.askedAt < NEXT_LIVES_MS ? walk : null };
}

export interface Seen {
  /** Times of all rows of the page that have one. */
  readonly times: readonly number[];
  /** Mark of the next page; null when this was the last. */
  readonly next: string | null;
}

export interface Step {
  readonly cursor: Place;
  readonly more: boolean;
}

export function step({ since, walk }: Place, { times, next }: Seen, now: Date, readTwiceMs: number): Step {
  const newest = times.reduce<number | null>((most, at) => Math.max(most ?? at, at), walk?.newest ?? null);
  const isOlder = times.length > 0 && times.every((at) => at < since);
  const isStuck = next !== null && next === walk?.next;
  if (next !== null && !isOlder && !isStuck) {
    return { cursor: { since, walk: { next, newest, askedAt: now.getTime() } }, more: true };
  }
  const then = newest === null ? since : Math.max(since, newest - readTwiceMs);
  return { cursor: { since: then, walk: null }, more: false };
}
