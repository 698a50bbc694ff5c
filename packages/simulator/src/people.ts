/** People: never listed, always the same. All that is known of one follows from the seed and the person's number. */
import { COUNTRIES, type Country, type Language, type Platform } from './places.ts';
import { hash, shareOf, spin, wheelOf } from './random.ts';

export const TIERS = ['viewer', 'nano', 'micro', 'mid', 'macro', 'mega'] as const;
export type Tier = (typeof TIERS)[number];

const TIER = wheelOf<Tier>([
  ['viewer', 0.64],
  ['nano', 0.22],
  ['micro', 0.09],
  ['mid', 0.037],
  ['macro', 0.011],
  ['mega', 0.002],
]);

/** How likely somebody of a tier is to write when hurt, against a viewer: the more is at stake, the likelier. */
export const WRITES: Readonly<Record<Tier, number>> = { viewer: 1, nano: 2, micro: 4, mid: 8, macro: 12, mega: 15 };

export interface Person {
  readonly id: string;
  readonly country: Country;
  readonly language: Language;
  readonly tier: Tier;
  readonly platform: Platform;
  readonly device: string;
  /** Hours until an offered update is installed; Infinity for those who never do. */
  readonly updateHours: number;
  /** Place in line for a release that is offered by share: 0 is first. */
  readonly inLine: number;
  readonly temper: 'polite' | 'plain' | 'angry';
  /** Mistypings per character. */
  readonly typos: number;
  /** 0 terse … 1 wordy. */
  readonly wordy: number;
  readonly emoji: number;
}

const DEVICES: Readonly<Record<Platform, readonly string[]>> = {
  ios: ['iPhone 12', 'iPhone 13', 'iPhone 14', 'iPhone 15', 'iPhone 16', 'iPhone SE', 'iPad'],
  android: [
    'Galaxy A15',
    'Galaxy A54',
    'Galaxy S23',
    'Galaxy S24',
    'Redmi Note 12',
    'Redmi 13C',
    'Pixel 7',
    'Pixel 8',
    'Oppo A78',
    'Vivo Y36',
    'Moto G54',
    'Infinix Hot 40',
  ],
  web: ['Chrome', 'Firefox', 'Safari', 'Edge'],
};

/** People per country: a contact rate of about one in a thousand a day, and three people for each one active that day. */
export const peopleIn = ({ share }: Country, signalsPerDay: number): number =>
  Math.max(200, Math.round(signalsPerDay * 1_000 * 3 * share));

/**
 * Person number `n` of a country.
 * @example
 * personOf(7, COUNTRIES[0]!, 42).id; // 'us000016'
 */
export function personOf(seed: number, country: Country, n: number): Person {
  const key = hash(seed, country.code, n);
  const at = (what: number): number => shareOf(key, what);
  const platform = spin(country.platforms, at(1));
  const devices = DEVICES[platform];
  const temper = at(2);
  return {
    id: `${country.code.toLowerCase()}${n.toString(36).padStart(6, '0')}`,
    country,
    language: spin(country.languages, at(3)),
    tier: spin(TIER, at(4)),
    platform,
    device: devices[Math.floor(at(5) * at(6) * devices.length)]!,
    updateHours: at(7) < 0.04 ? Number.POSITIVE_INFINITY : -40 * Math.log(1 - at(7)) * (0.3 + 1.4 * at(8)),
    inLine: at(9),
    temper: temper < 0.28 ? 'polite' : temper < 0.76 ? 'plain' : 'angry',
    typos: at(10) < 0.45 ? 0 : 0.03 * at(10) * at(11),
    wordy: at(12),
    emoji: at(13) < 0.5 ? 0 : at(13) - 0.3,
  };
}

/** A person of a country who writes: some write often, most once. `roll` is uniform in [0, 1). */
export function someoneIn(seed: number, country: Country, signalsPerDay: number, roll: number): Person {
  return personOf(seed, country, Math.floor(peopleIn(country, signalsPerDay) * roll ** 1.6));
}

/** Countries by share. */
export const BY_COUNTRY = wheelOf(COUNTRIES.map((one) => [one, one.share] as const));
