import type { Item } from './entry.ts';

/** A made stream for the tests: eight everyday subjects, and planted ones on demand. Same seed, same stream. */

const HOUR = 3_600_000;
export const START = Date.UTC(2026, 0, 5);

const SUBJECTS = [
  ['how do i change my delivery address', 'wrong delivery address on my parcel', 'update the delivery address please'],
  ['what is the exchange rate for euros', 'exchange rate looks bad today', 'which exchange rate applies abroad'],
  ['cannot reset my password', 'password reset mail never came', 'reset password link expired'],
  ['love the new dark theme', 'dark theme is hard to read', 'please bring the dark theme to tablets'],
  ['where is my refund', 'refund still not on my account', 'how long does a refund take'],
  ['invoice has the wrong company name', 'send the invoice as a file', 'need an invoice for march'],
  ['video stops playing after a minute', 'video playing without sound', 'playing a video drains the battery'],
  ['how to invite a friend', 'friend got no invite bonus', 'invite code of my friend is invalid'],
];
const FILLERS = [
  'again',
  'today',
  'since monday',
  'thanks',
  'hello team',
  'on my phone',
  'any idea',
  'this is annoying',
  '',
];
const OUTAGE = ['fingerprint login fails', 'login with fingerprint broken', 'fingerprint sensor login does nothing'];

/** More of the outage, in 81 wordings: copies would be damped. */
export function moreOfIt(count: number, day: number, hours: number): Item[] {
  return Array.from({ length: count }, (_, i) =>
    anItem({
      id: `more${day}-${i}`,
      at: START + (day * 24 + (i * hours) / count) * HOUR,
      text: `${FILLERS[i % 9]} ${OUTAGE[i % 3]} ${FILLERS[(i * 4 + Math.floor(i / 9)) % 9]}`,
      author: `w${day}-${i}`,
    }),
  );
}

/** Numbers in [0, 1), the same for the same seed. */
function sequence(seed: number): () => number {
  let word = seed >>> 0;
  return () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return word / 2 ** 32;
  };
}

export function anItem(over: Partial<Item> & { id: string }): Item {
  return { at: START, text: 'hello', author: null, rating: null, dimensions: {}, replaces: null, ...over };
}

export interface Plan {
  readonly seed?: number;
  readonly days: number;
  readonly perDay?: number;
  /** Day on which an outage begins, its items and hours. */
  readonly outage?: { readonly day: number; readonly items: number; readonly hours: number; readonly author?: string };
}

/** Items in time order. Those of the outage have ids that begin with `x`. */
export function aStream({ seed = 7, days, perDay = 60, outage }: Plan): Item[] {
  const random = sequence(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)];
  const dimensions = () => ({ platform: random() < 0.6 ? 'ios' : 'android', version: random() < 0.8 ? '7.1' : '7.0' });
  const items: Item[] = [];
  for (let i = 0; i < days * perDay; i++) {
    const subject = SUBJECTS[Math.floor(random() * SUBJECTS.length)];
    const text = `${pick(FILLERS)} ${pick(subject)} ${pick(FILLERS)}`.trim();
    items.push(
      anItem({
        id: `b${i}`,
        at: START + (i + random()) * ((24 * HOUR) / perDay),
        text,
        author: `u${i}`,
        dimensions: dimensions(),
      }),
    );
  }
  for (let i = 0; outage && i < outage.items; i++) {
    const at = START + outage.day * 24 * HOUR + (i + random()) * ((outage.hours * HOUR) / outage.items);
    const text = outage.author ? OUTAGE[0] : `${pick(FILLERS)} ${pick(OUTAGE)} ${pick(FILLERS)}`.trim();
    items.push(
      anItem({
        id: `x${i}`,
        at,
        text,
        author: outage.author ?? `v${i}`,
        dimensions: { ...dimensions(), platform: 'ios' },
      }),
    );
  }
  return items.sort((a, b) => a.at - b.at);
}
