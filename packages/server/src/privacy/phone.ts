/** Whether a row of digits is a phone number: it has a plus, or the region of its source or a word near it says so. */
import type { Context } from './context.ts';
import { international, planOf } from './phone-plans.ts';

export interface Written {
  readonly digits: string;
  /** Digits per group, such as "4-3-4". */
  readonly shape: string;
  /** As it stands, from the first digit to the last. */
  readonly said: string;
  readonly plus: boolean;
  /** It begins with a bracket. */
  readonly bracket: boolean;
}

export const PHONE_FEWEST = 7;
export const PHONE_MOST = 15;

/** Where people give their own number without the zero that is dialled before it. */
const BARE_MOBILES = new Set([
  'IN',
  'BR',
  'TR',
  'CN',
  'RU',
  'PK',
  'BD',
  'PH',
  'SA',
  'AE',
  'EG',
  'ID',
  'MX',
  'VN',
  'NG',
]);
/** Countries in which no digit is dialled before the number, or none that anybody writes. */
const NO_TRUNK = new Set([
  'US',
  'CA',
  'ES',
  'IT',
  'PT',
  'PL',
  'NO',
  'DK',
  'CZ',
  'GR',
  'MX',
  'SG',
  'HK',
  'LU',
  'CR',
  'CL',
  'PE',
  'PR',
  'DO',
  'LV',
  'EE',
  'MT',
  'QA',
  'KW',
  'BH',
  'OM',
]);
/** Dialled before the number inside the country, where it is not a zero. */
const TRUNK: Readonly<Record<string, string>> = {
  RU: '8',
  KZ: '8',
  BY: '8',
  HU: '06',
  LT: '8',
  US: '1',
  CA: '1',
  PR: '1',
  DO: '1',
};

/** Regions in which a language is mostly spoken, for a number that a word calls a phone. */
const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  en: ['US', 'GB', 'CA', 'AU', 'IN', 'IE', 'NG', 'ZA'],
  de: ['DE', 'AT', 'CH'],
  fr: ['FR', 'BE', 'CH', 'CA', 'MA', 'SN'],
  es: ['ES', 'MX', 'AR', 'CO', 'CL', 'PE'],
  pt: ['BR', 'PT'],
  ja: ['JP'],
  ar: ['SA', 'EG', 'AE', 'MA', 'JO', 'IQ'],
  hi: ['IN'],
  id: ['ID'],
};

const ISBN = /^97[89]\d{10}$/;
const MOMENT = /^1[0-9]{9}(?:\d{3})?$/;
const DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?$/;
const YEARS = /^(?:19|20)\d\d\D{1,3}(?:19|20)\d\d/;
const THOUSANDS = /^[1-9]\d{0,2}(?:([ .'])\d{3})(?:\1\d{3})*$/;
const DECIMAL = /^\d+\.\d+$/;
/** Of a version or a section, some part is one digit long. */
const DOTTED = /^\d+(?:\.\d+){2,}$/;

export function isPhone(it: Written, context: Context, regions: readonly string[], language: string | null): boolean {
  const verdict = context.says((cue) => cue === 'phone');
  if (it.plus) return international(it.digits).possible && !DECIMAL.test(it.said);
  if (it.digits.startsWith('00') && international(it.digits.slice(2)).valid) {
    if (verdict === 'yes' || (verdict === 'none' && it.shape.includes('-'))) return true;
  }
  if (verdict === 'no') return false;
  if (verdict === 'yes') return isCalled(it, regions, language);
  if (looksCounted(it)) return false;
  return regions.some((region) => isNational(it, region));
}

const looksCounted = ({ said, digits }: Written): boolean =>
  THOUSANDS.test(said) ||
  DECIMAL.test(said) ||
  ISBN.test(digits) ||
  MOMENT.test(digits) ||
  DAY.test(digits) ||
  YEARS.test(said) ||
  (DOTTED.test(said) && said.split('.').some((group) => group.length < 2 || group.length > 5)) ||
  /^(\d)\1+$/.test(digits);

/** A word says that it is a phone number: then its form only has to allow it. */
function isCalled(it: Written, regions: readonly string[], language: string | null): boolean {
  if (DAY.test(it.digits) || YEARS.test(it.said)) return false;
  if (DOTTED.test(it.said) && it.said.split('.').some((group) => group.length < 2)) return false;
  if (it.digits.length <= 13) return true;
  const spoken = language === null ? [] : (SPOKEN[language.slice(0, 2)] ?? []);
  return international(it.digits).valid || [...regions, ...spoken].some((region) => isNational(it, region));
}

/** The region alone says it: then the number has to be one there, and written as one. */
function isNational({ digits, shape, bracket, said }: Written, region: string): boolean {
  const plan = planOf(region);
  if (!plan) return false;
  const grouped = bracket || (shape.includes('-') && !said.includes('/'));
  const trunk = TRUNK[region] ?? '0';
  if ((digits.startsWith(trunk) && !NO_TRUNK.has(region)) || (TRUNK[region] && digits.startsWith(trunk))) {
    const national = digits.slice(trunk.length);
    if (plan.valid(national)) return true;
    // Numbers that no plan has given out are written like those that it has.
    if (trunk === '0' && /^0[1-9]/.test(digits) && digits.length >= 9 && plan.lengths.has(national.length))
      return grouped || digits.length >= 10;
  }
  if (!NO_TRUNK.has(region) && !BARE_MOBILES.has(region)) return region === 'JP' && false;
  if (region === 'US' || region === 'CA')
    return grouped && /^(?:3-3-4|3-7)$/.test(shape) && /^[2-9]\d\d[2-9]/.test(digits);
  return BARE_MOBILES.has(region) && !grouped ? plan.mobile(digits) : plan.valid(digits);
}
