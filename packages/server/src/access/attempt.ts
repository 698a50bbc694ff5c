/** How often a sign-in may fail. Pure: the counting itself is one statement in `attempt.store.ts`. */
import { Refusal } from '@groundswell/contract';
import { hashOf } from './secret.ts';

export const WINDOW_MS = 15 * 60_000;

export interface Counter {
  readonly key: Buffer;
  readonly limit: number;
}

/** Always in this order: whoever counts locks the rows in the same order, and two never wait for each other. */
export function countersFor(email: string, address: string): readonly Counter[] {
  return [
    { key: hashOf(`mail:${email.toLowerCase()}`), limit: 10 },
    // Many people may share one address: an office, a mobile network.
    { key: hashOf(`address:${address}`), limit: 50 },
  ];
}

/** The old password, asked of somebody who is signed in already: a browser left open is no place to guess it. */
export const countersForOwn = (personId: string): readonly Counter[] => [{ key: hashOf(`own:${personId}`), limit: 10 }];

/** The window begins with its first failure and is not prolonged by further tries. */
export function tooMany(windowStart: Date, now: Date): Refusal {
  const leftMs = Math.max(1_000, windowStart.getTime() + WINDOW_MS - now.getTime());
  const minutes = Math.ceil(leftMs / 60_000);
  return new Refusal(
    'access.too_many_attempts',
    `Too many tries have failed. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}; until then even the right password is refused.`,
    { retryAfterSeconds: Math.ceil(leftMs / 1000) },
  );
}
