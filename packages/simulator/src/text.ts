/** Puts a text together: what it is about, around it what people say anyway, in the manner of the one who writes. */
import type { SignalKind } from '@groundswell/contract';
import type { Saying, Tongue } from './language.ts';
import type { Person } from './people.ts';
import { type Phrase, speak } from './phrase.ts';
import type { Chance } from './random.ts';
import { mistype, ownStyle } from './typos.ts';

export interface Writing {
  readonly tongue: Tongue;
  readonly saying: Saying;
  readonly person: Person;
  readonly kind: SignalKind;
  readonly version: string;
  /** Says thanks or wishes something: nothing is wrong, so nothing was tried and nobody is asked. */
  readonly content: boolean;
}

export interface Written {
  readonly title: string | null;
  readonly text: string;
}

const SAD = ['😡', '😤', '😭', '🙏', '😢', '💔', '👎', '🤬', '😩', '❗', '😔', '🥲'];
const GLAD = ['❤️', '😍', '👍', '🔥', '🥰', '✨', '🎉', '💯', '😊', '🙌'];

/** Scripts that are written without spaces between sentences. */
const JOINT: Readonly<Record<string, string>> = { ja: '' };

/** What one person writes about one thing. */
export function write(writing: Writing, chance: Chance): Written {
  const { person, kind } = writing;
  const say = (phrase: Phrase): string => speak(phrase, chance, (slot) => fill(writing, slot, chance));
  const parts = partsOf(writing, chance).map(say).map(capital);
  const joint = JOINT[writing.tongue.language] ?? ' ';
  const habit = chance.next();
  const body = mistype(ownStyle(parts.join(joint), habit, person.temper), person.typos, chance);
  const text = `${body}${endings(writing, say, chance)}`;
  const hasTitle = kind === 'ticket' || kind === 'appeal' || (kind === 'app_review' && chance.is(0.35));
  const title = hasTitle ? mistype(capital(say(chance.pick(writing.saying.title))), person.typos / 2, chance) : null;
  return { title, text };
}

/** Which phrases, in which order. Wordy people say more of everything. */
function partsOf({ tongue, saying, person, kind, content }: Writing, chance: Chance): Phrase[] {
  const { temper, wordy, tier } = person;
  const maybe = (probability: number, list: readonly Phrase[]): Phrase[] =>
    chance.is(probability) ? [chance.pick(list)] : [];
  const core = chance.pick(saying.say);
  const few = chance.pick(saying.short);
  if (content) return chance.is(0.35) ? [few, core] : [...maybe(0.15, tongue.slang), core];
  switch (kind) {
    case 'ticket':
    case 'appeal':
      return [
        ...maybe(0.7, tongue.open[temper]),
        core,
        ...another(saying, core, chance.is(wordy * 0.3), chance),
        ...maybe(0.25 + wordy / 2, tongue.context),
        ...maybe(kind === 'appeal' ? 0.1 : wordy * 0.7, tongue.tried),
        ...maybe(0.2 + wordy / 3, tongue.effect),
        ...maybe(tier === 'viewer' || tier === 'nano' ? 0.05 : 0.5, tongue.creator),
        ...maybe(0.12, tongue.shot),
        ...maybe(0.75, tongue.ask[temper]),
        ...maybe(0.5, tongue.close[temper]),
      ];
    case 'app_review':
      if (wordy < 0.25) return [few, ...maybe(0.8, tongue.effect), ...maybe(0.3, tongue.context)];
      return [
        ...maybe(0.15, tongue.open[temper]),
        core,
        ...maybe(wordy * 0.6, tongue.effect),
        ...maybe(wordy * 0.4, tongue.ask[temper]),
      ];
    case 'social_mention':
      return wordy < 0.35
        ? [...maybe(0.6, tongue.slang), few, ...maybe(0.7, tongue.effect)]
        : [...maybe(0.4, tongue.slang), core];
    case 'user_report':
      return [
        ...maybe(0.1, tongue.open.plain),
        core,
        ...another(saying, core, chance.is(wordy * 0.25), chance),
        ...maybe(0.35, tongue.ask[temper]),
        ...maybe(0.1, tongue.shot),
      ];
    default:
      return [core, ...maybe(wordy * 0.6, tongue.context), ...maybe(wordy * 0.5, tongue.effect)];
  }
}

function another({ say }: Saying, first: Phrase, wanted: boolean, chance: Chance): Phrase[] {
  const second = chance.pick(say);
  return wanted && second !== first ? [second] : [];
}

function endings({ tongue, person, kind, content }: Writing, say: (phrase: Phrase) => string, chance: Chance): string {
  const faces = content ? GLAD : SAD;
  const often = kind === 'social_mention' ? 0.5 : kind === 'app_review' ? 0.3 : 0.08;
  let end = '';
  if (chance.is(often * (0.4 + person.emoji))) end += ` ${chance.pick(faces).repeat(chance.between(1, 3))}`;
  if (kind === 'social_mention' && chance.is(0.45)) end += ` ${say(chance.pick(tongue.tags))}`;
  return end;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function fill(writing: Writing, slot: string, chance: Chance): string {
  const own = writing.tongue.slots.get(slot);
  if (own) return speak(chance.pick(own), chance, (inner) => fill(writing, inner, chance));
  const { person, version } = writing;
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
      throw new Error(`No phrase of "${writing.tongue.language}" and no program knows the slot "${slot}".`);
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
