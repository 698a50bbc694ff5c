/**
 * Dimensions: what a signal says about where it comes from (app version, platform, country, …). Any name is welcome.
 * Values are typed on arrival so that the same thing is written the same way, whoever sent it. Pure.
 */
import { DIMENSION_NAME_MAX, DIMENSION_VALUE_MAX, DIMENSIONS_MAX } from '@groundswell/contract';
import { countryCode } from './countries.ts';
import { cleanLine } from './text.ts';

export type Dimensions = Record<string, string>;
type Given = Readonly<Record<string, string | number | boolean | null>>;

/** "v7.3.0" is 7.3.0 wherever it stands; "v7" only where a version is expected. */
const DOTTED_VERSION = /^v(?:ersion)?[ .]?(\d+(?:\.\d+)+\S*)$/i;
const PLAIN_VERSION = /^v(?:ersion)?[ .]?(\d\S*)$/i;
const HOLDS_VERSION = /(?:^|_)(?:version|build|release)$/;

/** Not `region`: that is as often a state (Georgia) or a sales area (APAC). */
const HOLDS_COUNTRY = /(?:^|_)(?:country|territory|storefront)(?:_code)?$/;

/** Names that say nothing or are spelt twice do not count in the end, but reading them takes time: 35 µs each. */
const NAMES_READ_MAX = 10 * DIMENSIONS_MAX;

export function typeDimensions(given: Given): { readonly dimensions: Dimensions } | { readonly reason: string } {
  const entries = Object.entries(given);
  if (entries.length > NAMES_READ_MAX) return tooMany(entries.length);
  const typed = new Map<string, string>();
  for (const [said, value] of entries) {
    if (NAMES_ONE.test(said)) continue;
    const name = nameOnce(said);
    if (name === '') return { reason: '"dimensions" has a name without letters or digits. Give it a name.' };
    if (name.length > DIMENSION_NAME_MAX) {
      return { reason: `"dimensions" has a name of more than ${DIMENSION_NAME_MAX} characters. Shorten it.` };
    }
    const text = dimensionValue(name, value);
    if (text === '') continue; // says nothing
    if ([...text].length > DIMENSION_VALUE_MAX) {
      return {
        reason: `"dimensions.${name}" has more than ${DIMENSION_VALUE_MAX} characters. Shorten it or leave it out.`,
      };
    }
    if ((typed.get(name) ?? text) !== text) {
      return { reason: `"dimensions" gives "${name}" twice with different values. Keep one.` };
    }
    typed.set(name, text);
  }
  if (typed.size > DIMENSIONS_MAX) return tooMany(typed.size);
  return { dimensions: Object.fromEntries([...typed].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Every row of a source brings the same names. Forgotten as a whole when full: nobody's invented names stay for ever. */
const spelt = new Map<string, string>();
const SPELT_MAX = 5_000;

function nameOnce(said: string): string {
  const before = spelt.get(said);
  if (before !== undefined) return before;
  const name = dimensionName(said);
  if (spelt.size >= SPELT_MAX) spelt.clear();
  if (said.length <= 2 * DIMENSION_NAME_MAX) spelt.set(said, name);
  return name;
}

/** A column that is called by an address or a phone number tells of one person, and no signal is counted by it. */
const NAMES_ONE = /[^\s@]@[^\s@]+\.\p{L}{2}|^\s*\+\d[\d\s().-]{6,}/u;

const tooMany = (names: number) => ({
  reason: `"dimensions" has ${names} names; at most ${DIMENSIONS_MAX} are kept. Leave some out.`,
});

/**
 * One spelling of a name: "App Version", "appVersion" and "app-version" are `app_version`.
 * @example
 * dimensionName('App Version'); // 'app_version'
 */
export function dimensionName(said: string): string {
  return said
    .toWellFormed()
    .normalize('NFKC')
    .replace(/([\p{Ll}\p{N}]{2})(\p{Lu})/gu, '$1_$2') // two before it: "iOS" is one word
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/**
 * Numbers are written as they were: "007" may be an id, and 7.10 is not the version 7.1. A number, true or false of JSON
 * becomes its text.
 */
export function dimensionValue(name: string, value: string | number | boolean | null): string {
  if (value === null) return '';
  const text = cleanLine(String(value).normalize('NFKC'));
  const version = (HOLDS_VERSION.test(name) ? PLAIN_VERSION : DOTTED_VERSION).exec(text)?.[1];
  if (version) return version;
  return HOLDS_COUNTRY.test(name) ? (countryCode(text) ?? text) : text;
}
