/** Where people are: countries with their share, languages, clock and rest days. Invented proportions, plausible order. */
import { type Wheel, wheelOf } from './random.ts';

export const LANGUAGES = ['en', 'es', 'pt', 'de', 'id', 'hi', 'ar', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Country {
  readonly code: string;
  /** Of all people. */
  readonly share: number;
  readonly languages: Wheel<Language>;
  /** Hours ahead of UTC. Daylight saving is left out: a fixed clock keeps an hour of the week the same hour. */
  readonly utcHours: number;
  /** 0 Sunday … 6 Saturday. */
  readonly restDays: readonly number[];
  readonly currency: string;
  /** Of its people, how many use an iPhone, an Android phone, the web. */
  readonly platforms: Wheel<Platform>;
}

export const PLATFORMS = ['ios', 'android', 'web'] as const;
export type Platform = (typeof PLATFORMS)[number];

const WEEKEND = [0, 6];
const country = (
  code: string,
  share: number,
  languages: readonly (readonly [Language, number])[],
  utcHours: number,
  currency: string,
  iosShare: number,
  restDays: readonly number[] = WEEKEND,
): Country => ({
  code,
  share,
  languages: wheelOf(languages),
  utcHours,
  restDays,
  currency,
  platforms: wheelOf([
    ['ios', iosShare],
    ['android', 0.92 - iosShare],
    ['web', 0.08],
  ]),
});

/** Shares add up to 1. */
export const COUNTRIES: readonly Country[] = [
  country(
    'US',
    0.19,
    [
      ['en', 0.88],
      ['es', 0.12],
    ],
    -6,
    'USD',
    0.52,
  ),
  country('GB', 0.07, [['en', 1]], 0, 'GBP', 0.48),
  country('NG', 0.04, [['en', 1]], 1, 'NGN', 0.08),
  country('PH', 0.05, [['en', 1]], 8, 'PHP', 0.14),
  country('MX', 0.08, [['es', 1]], -6, 'MXN', 0.22),
  country('ES', 0.04, [['es', 1]], 1, 'EUR', 0.24),
  country('AR', 0.03, [['es', 1]], -3, 'ARS', 0.12),
  country('BR', 0.12, [['pt', 1]], -3, 'BRL', 0.19),
  country(
    'DE',
    0.07,
    [
      ['de', 0.93],
      ['en', 0.07],
    ],
    1,
    'EUR',
    0.37,
  ),
  country('ID', 0.12, [['id', 1]], 7, 'IDR', 0.12),
  country(
    'IN',
    0.09,
    [
      ['hi', 0.8],
      ['en', 0.2],
    ],
    5.5,
    'INR',
    0.06,
  ),
  country('SA', 0.03, [['ar', 1]], 3, 'SAR', 0.45, [5, 6]),
  country('EG', 0.03, [['ar', 1]], 2, 'EGP', 0.13, [5, 6]),
  country('JP', 0.04, [['ja', 1]], 9, 'JPY', 0.58),
];

/** How much people write in each hour of their day; mean 1. Lowest before dawn, highest in the evening. */
const BY_HOUR = [
  0.62, 0.38, 0.24, 0.18, 0.17, 0.24, 0.45, 0.72, 0.92, 1.02, 1.08, 1.15, 1.27, 1.2, 1.1, 1.12, 1.24, 1.38, 1.52, 1.68,
  1.78, 1.72, 1.38, 0.95,
];
const HOURS_SUM = BY_HOUR.reduce((sum, one) => sum + one, 0) / 24;
const ON_REST_DAYS = 0.86;
/** With five working days and two of rest the week has mean 1. */
const ON_WORK_DAYS = (7 - 2 * ON_REST_DAYS) / 5;

const HOUR_MS = 3_600_000;

/**
 * How much is written in a country at a moment, against its mean over the week.
 * @example
 * activityAt(COUNTRIES[0]!, Date.UTC(2026, 0, 5, 2)) > 1; // an evening in the United States
 */
export function activityAt({ utcHours, restDays }: Country, at: number): number {
  const local = at + utcHours * HOUR_MS;
  const hour = Math.floor(local / HOUR_MS) % 24;
  const day = (Math.floor(local / (24 * HOUR_MS)) + 4) % 7; // 1 January 1970 was a Thursday
  return (BY_HOUR[hour]! / HOURS_SUM) * (restDays.includes(day) ? ON_REST_DAYS : ON_WORK_DAYS);
}

/**
 * The country of that code.
 * @throws Error for a code that no country of the world has
 * @example
 * countryOf('JP').utcHours; // 9
 */
export function countryOf(code: string): Country {
  const found = COUNTRIES.find((one) => one.code === code);
  if (!found) throw new Error(`There is no country "${code}" in the simulated world.`);
  return found;
}
