/** National ids with letters in them: each is looked for by its own shape. */
import { isMonthAndDay } from './checks.ts';
import { Context } from './context.ts';
import type { Cue } from './cue-words.ts';
import { checkOfResident, DIGIT_IDS, isResidentBody } from './national-id.ts';
import type { Span } from './span.ts';

interface LetteredId {
  readonly country: string;
  readonly name: string;
  /** From its first digits on: digits are rarer than letters, so that most of a text is passed over at once. */
  readonly shape: RegExp;
  /** What stands before that and belongs to it, up to its end. */
  readonly lead: RegExp;
  readonly holds: (compact: string) => boolean;
  /** Whether shape and check alone leave no doubt; else a word or the region of the source must say it. */
  readonly certain: boolean;
}

const ODD = 'BAKPLCQDREVOSFTGUHMINJWZYX';

function codiceFiscale(code: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const value = Number.parseInt(code[i]!, 36);
    const place = value > 9 ? value - 10 : value;
    sum += i % 2 === 0 ? ODD.indexOf(String.fromCharCode(65 + place)) : place;
  }
  const day = Number(code.slice(9, 11)) % 40;
  return code.charCodeAt(15) - 65 === sum % 26 && day >= 1 && day <= 31;
}

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';
const dni = (id: string): boolean => DNI[Number(id.slice(0, -1)) % 23] === id.at(-1);

/** Departments of Corsica carry a letter, which counts as 19 and 18. */
function corsicanNir(id: string): boolean {
  const [body, key] = [id.slice(0, 13), Number(id.slice(13))];
  const month = Number(id.slice(3, 5));
  const number = BigInt(body.replace('2A', '19').replace('2B', '18'));
  return month >= 1 && month <= 42 && 97 - Number(number % 97n) === key;
}

const LETTERED: readonly LetteredId[] = [
  {
    country: 'IT',
    name: 'Codice fiscale',
    shape: /\d\d[a-ehlmprst]\d\d ?[a-z]\d{3}[a-z](?![a-z0-9])/gi,
    lead: /(?<![a-z0-9])[a-z]{3} ?[a-z]{3} ?$/i,
    holds: codiceFiscale,
    certain: true,
  },
  {
    country: 'ES',
    name: 'DNI, NIE',
    shape: /\d{2}\.?\d{3}\.?\d{3}[ -]?[a-z](?![a-z0-9])/gi,
    lead: /(?<![a-z0-9.,-])$/i,
    holds: dni,
    certain: false,
  },
  {
    country: 'ES',
    name: 'DNI, NIE',
    shape: /\d{7}[ -]?[a-z](?![a-z0-9])/gi,
    lead: /(?<![a-z0-9])[xyz][ -]?$/i,
    holds: (id) => dni('XYZ'.indexOf(id[0]!) + id.slice(1)),
    certain: false,
  },
  {
    country: 'GB',
    name: 'National Insurance number',
    shape: /\d{2} ?\d{2} ?\d{2} ?[a-d](?![a-z0-9])/gi,
    lead: /(?<![a-z0-9])(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?$/i,
    holds: () => true,
    certain: false,
  },
  {
    country: 'CN',
    name: 'Resident identity number',
    shape: /\d{17}x(?![a-z0-9])/gi,
    lead: /(?<![a-z0-9])$/i,
    holds: (id) => isResidentBody(id) && checkOfResident(id) === 'X',
    certain: true,
  },
  {
    country: 'FR',
    name: 'Numéro de sécurité sociale',
    shape: /2[ab] ?\d{3} ?\d{3} ?\d{2}(?![a-z0-9])/gi,
    lead: /(?<![a-z0-9])[12] ?\d{2} ?\d{2} ?$/i,
    holds: corsicanNir,
    certain: true,
  },
  {
    country: 'MX',
    name: 'CURP',
    shape: /\d{6}[hmx][a-z]{5}[a-z\d]\d(?![a-z0-9])/gi,
    lead: /(?<![a-z0-9])[a-z][aeioux][a-z]{2}$/i,
    holds: (id) => isMonthAndDay(Number(id.slice(6, 8)), Number(id.slice(8, 10))),
    certain: true,
  },
];

/** As long as what stands before the first digits can be. */
const LEAD = 8;
/** What every shape has: a digit and after it one letter alone, or the letters of a CURP. */
const HAS_LETTERED = /\d(?:[ -]?[a-z](?![a-z])|[hmx][a-z]{5}[a-z\d]\d)/i;

export function findLetteredIds(plain: string, regions: readonly string[]): Span[] {
  if (!HAS_LETTERED.test(plain)) return [];
  return LETTERED.flatMap((id) =>
    [...plain.matchAll(id.shape)].flatMap(({ 0: said, index }) => spanOf(id, plain, index, said, regions) ?? []),
  );
}

function spanOf(id: LetteredId, plain: string, index: number, said: string, regions: readonly string[]): Span | null {
  const lead = id.lead.exec(plain.slice(Math.max(0, index - LEAD - 1), index))?.[0];
  if (lead === undefined || !id.holds((lead + said).replaceAll(/[ .-]/g, '').toUpperCase())) return null;
  const span: Span = { start: index - lead.length, end: index + said.length, what: 'national_id' };
  return id.certain || isSaid(id.country, regions, new Context(plain, span.start, span.end)) ? span : null;
}

/** By a word near it, or by the region of the source where no word says that it is something else. */
export function isSaid(country: string, regions: readonly string[], context: Context, byWordOnly = false): boolean {
  const own = (cue: Cue): boolean => cue === `id:${country}`;
  // "Identity" is a word of every country: what it calls an id is one where the people of the source are.
  const here = regions.includes(country) || regions.length === 0;
  const verdict = context.says((cue) => own(cue) || (here && cue === 'id'));
  return verdict === 'yes' || (!byWordOnly && verdict === 'none' && regions.includes(country));
}

const every = [...DIGIT_IDS, ...LETTERED].map(({ country, name }) => ({ country, name }));

/** What is recognised, one line per country and name. */
export const NATIONAL_IDS: readonly { readonly country: string; readonly name: string }[] = [
  ...new Map(every.map((id) => [`${id.country} ${id.name}`, id])).values(),
].sort((a, b) => (a.country < b.country ? -1 : 1));
