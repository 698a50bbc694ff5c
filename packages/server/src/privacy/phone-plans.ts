/**
 * Numbering plans by country, from libphonenumber's tables. Its own parser takes about 30 µs a number; the same patterns,
 * compiled once, take one: it is asked for the tables only. That both say the same is a test.
 */
import { type CountryCode, getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/max';

/** What a plan of the tables can tell; the types of the library leave the half of it out. */
interface Table {
  possibleLengths(): number[];
  nationalNumberPattern(): string;
  type(name: string): { pattern(): string } | undefined;
}

export interface Plan {
  readonly lengths: ReadonlySet<number>;
  /** Of a number without the digit that is dialled before it inside the country. */
  readonly valid: (national: string) => boolean;
  readonly mobile: (national: string) => boolean;
}

const TYPES = [
  'FIXED_LINE',
  'MOBILE',
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

const known = new Set<string>(getCountries());
const plans = new Map<string, Plan>();

/** Null for what is no country. */
export function planOf(country: string): Plan | null {
  if (!known.has(country)) return null;
  const before = plans.get(country);
  if (before) return before;
  const table = tableOf(country as CountryCode);
  const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
  const all = whole(table.nationalNumberPattern());
  const kinds = TYPES.flatMap((name) => table.type(name)?.pattern() ?? []).map(whole);
  const mobiles = ['MOBILE'].flatMap((name) => table.type(name)?.pattern() ?? []).map(whole);
  const plan: Plan = {
    lengths: new Set(table.possibleLengths()),
    valid: (national) => all.test(national) && kinds.some((kind) => kind.test(national)),
    mobile: (national) => mobiles.some((kind) => kind.test(national)),
  };
  plans.set(country, plan);
  return plan;
}

function tableOf(country: CountryCode): Table {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  return metadata.numberingPlan as unknown as Table;
}

let byCode: ReadonlyMap<string, readonly string[]> | undefined;

/** Countries of a calling code; several where they share it. */
function countriesOf(code: string): readonly string[] {
  if (!byCode) {
    const made = new Map<string, string[]>();
    for (const country of getCountries()) {
      const of = getCountryCallingCode(country);
      made.set(of, [...(made.get(of) ?? []), country]);
    }
    byCode = made;
  }
  return byCode.get(code) ?? [];
}

export interface International {
  readonly possible: boolean;
  readonly valid: boolean;
}

/** Of digits that begin with a calling code. A zero in brackets that is dialled only inside the country is passed over. */
export function international(digits: string): International {
  for (let width = 1; width <= 3; width++) {
    const countries = countriesOf(digits.slice(0, width));
    if (countries.length === 0) continue;
    const national = digits.slice(width);
    const ways = national.startsWith('0') ? [national, national.slice(1)] : [national];
    const found = countries.flatMap((country) => planOf(country) ?? []);
    const valid = ways.some((way) => found.some((plan) => plan.valid(way)));
    const long = ways.some((way) => way.length >= 6 && found.some(({ lengths }) => lengths.has(way.length)));
    return { possible: valid || long, valid };
  }
  return { possible: false, valid: false };
}
