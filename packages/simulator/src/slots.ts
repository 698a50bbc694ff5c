/** What stands in the slots of a phrase: words of the language, and values that only the program knows. */
import type { Tongue } from './language.ts';
import type { Person } from './people.ts';
import { speak } from './phrase.ts';
import type { Chance } from './random.ts';

interface Writer {
  readonly tongue: Tongue;
  readonly person: Person;
  readonly version: string;
}

/** What a writer puts into a slot: a word of the language, or what the program knows of the writer. */
export function fillSlot(writer: Writer, slot: string, chance: Chance): string {
  const own = writer.tongue.slots.get(slot);
  if (own) return speak(chance.pick(own), chance, (inner) => fillSlot(writer, inner, chance));
  const { person, version } = writer;
  switch (slot) {
    case 'version':
      return version;
    case 'device':
      return person.device;
    case 'amount':
      return amountOf(person.country.currency, chance);
    case 'count':
      return String(chance.between(2, 9));
    case 'percent':
      return String(chance.between(3, 99));
    case 'followers':
      return followersOf(person, chance);
    case 'hours':
      return String(chance.between(2, 48));
    case 'days':
      return String(chance.between(2, 21));
    case 'order':
      return `${chance.pick(['A', 'B', 'S', 'T'])}${chance.between(10_000, 9_999_999)}`;
    case 'user':
      return `@${chance.pick(SYLLABLES)}${chance.pick(SYLLABLES)}${chance.is(0.5) ? chance.between(1, 999) : ''}`;
    case 'time':
      return `${chance.between(0, 23)}:${String(chance.between(0, 59)).padStart(2, '0')}`;
    default:
      throw new Error(`No phrase of "${writer.tongue.language}" and no program knows the slot "${slot}".`);
  }
}

const SYLLABLES = [
  'mira',
  'lou',
  'kato',
  'zen',
  'pix',
  'nova',
  'rumi',
  'tavi',
  'ola',
  'bex',
  'sora',
  'dino',
  'juno',
  'vale',
  'ren',
  'kiki',
];

/** What is usual there, in units of the smallest sum that anybody writes about. */
const USUAL: Readonly<Record<string, number>> = {
  JPY: 1_000,
  IDR: 50_000,
  INR: 500,
  NGN: 5_000,
  ARS: 8_000,
  PHP: 300,
  MXN: 150,
  EGP: 250,
};

function amountOf(currency: string, chance: Chance): string {
  const sum = Math.round((USUAL[currency] ?? 10) * (0.3 + chance.exponential(4)));
  return chance.is(0.5) ? `${sum} ${currency}` : `${currency} ${sum}`;
}

const FOLLOWERS: Readonly<Record<Person['tier'], readonly [number, number]>> = {
  viewer: [20, 900],
  nano: [1_000, 9_900],
  micro: [10_000, 99_000],
  mid: [100_000, 490_000],
  macro: [500_000, 990_000],
  mega: [1_000_000, 9_000_000],
};

function followersOf({ tier }: Person, chance: Chance): string {
  const [low, high] = FOLLOWERS[tier];
  const n = chance.between(low, high);
  if (n < 1_000) return String(n);
  return n < 1_000_000 ? `${Math.round(n / 1_000)}k` : `${(n / 1_000_000).toFixed(1)}M`;
}
