/** What looks like news and is none: a flood of all voices, copied adverts, people who write the same again and again. */
import { BY_COUNTRY, type Person, someoneIn } from './people.ts';
import { DAY_MS, HOUR_MS, type Planned, type WorldOptions } from './plan.ts';
import { Chance, spin } from './random.ts';

/** All people write more for some hours: a great event, a holiday. */
export interface Flood {
  readonly from: number;
  readonly to: number;
  readonly times: number;
}

/** One text with small changes, by many accounts (a campaign), or by one (somebody who cannot let go). */
export interface Spam {
  readonly id: string;
  readonly kind: 'campaign' | 'repeater';
  readonly text: number;
  readonly letters: readonly { readonly at: number; readonly person: Person; readonly key: number }[];
}

export function planFloods({ seed, start, days }: WorldOptions): Flood[] {
  const chance = new Chance(seed, 'floods');
  return Array.from({ length: Math.max(1, Math.round(days / 14)) }, () => {
    const from = start + (2 + chance.next() * (days - 3)) * DAY_MS;
    return { from, to: from + 6 * HOUR_MS, times: 1.5 + chance.next() };
  });
}

export function planSpam(options: WorldOptions): Spam[] {
  const { seed, start, days, signalsPerDay } = options;
  const chance = new Chance(seed, 'spam');
  return Array.from({ length: Math.max(2, Math.round(days / 3)) }, (_, i): Spam => {
    const kind = chance.is(0.5) ? 'campaign' : 'repeater';
    const from = start + (1 + chance.next() * (days - 1.3)) * DAY_MS;
    const hours = kind === 'campaign' ? 2 + 6 * chance.next() : 1 + 3 * chance.next();
    const country = spin(BY_COUNTRY, chance.next());
    const one = someoneIn(seed, country, signalsPerDay, chance.next());
    const count = Math.round((8 + 16 * chance.next()) * (signalsPerDay / 2_000) ** 0.5);
    const letters = Array.from({ length: count }, () => ({
      at: Math.round(from + chance.next() * hours * HOUR_MS),
      person: kind === 'repeater' ? one : someoneIn(seed, country, signalsPerDay, chance.next()),
      key: chance.below(2 ** 31),
    }));
    return { id: `spam-${i + 1}`, kind, text: chance.below(1_000), letters: letters.sort((a, b) => a.at - b.at) };
  });
}

/** How many more people a country has because of campaigns there: its voices and its active users grow alike. */
export function crowdAt(plans: readonly Planned[], country: string, at: number): number {
  const draws = plans.some(
    ({ kind, slice, onset, course }) =>
      kind === 'mix_shift' && slice.country === country && at >= onset && at < onset + course.hours * HOUR_MS,
  );
  return draws ? 2.2 : 1;
}

const OFFERS = [
  'Earn from home',
  'Double your followers',
  'Cheap coins',
  'Free gifts',
  'Work two hours a day',
  'Secret method',
];
const CALLS = ['write me', 'see my profile', 'only today', 'first fifty people', 'no risk', 'ask me how'];

/** An advert that is copied: the same words, now and then one exchanged. */
export function advert(text: number, key: number): string {
  const offer = OFFERS[text % OFFERS.length]!;
  const call = CALLS[(text * 7) % CALLS.length]!;
  const sum = 100 + (text % 9) * 50;
  const change = key % 3 === 0 ? ` ${CALLS[key % CALLS.length]!}!` : '';
  return `${offer}: ${sum} dollars in the first week, I did it and so can you, ${call} and start before the places are gone.${change}`;
}
