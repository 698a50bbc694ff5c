/** The fields that a query knows, beside every dimension; and how their values are read. */
import type { FieldTest } from './query.ts';

export const SEARCHED = ['signals', 'topics', 'issues'] as const;
export type Searched = (typeof SEARCHED)[number];

interface QueryField {
  readonly name: string;
  readonly of: readonly Searched[];
  /** All its values, where there are few and they are always the same. */
  readonly values?: readonly string[];
}

export const QUERY_FIELDS = [
  { name: 'source', of: ['signals'] },
  {
    name: 'kind',
    of: ['signals'],
    values: ['ticket', 'feedback', 'app_review', 'user_report', 'appeal', 'social_mention', 'machine_flag'],
  },
  { name: 'language', of: ['signals'] },
  { name: 'rating', of: ['signals'], values: ['1', '2', '3', '4', '5', '<=2', '>=4'] },
  { name: 'exposure', of: ['signals'], values: ['0', '1', '2', '3', '4', '>=2'] },
  { name: 'author', of: ['signals'] },
  { name: 'tier', of: ['signals'] },
  { name: 'at', of: SEARCHED },
  { name: 'topic', of: SEARCHED },
  { name: 'issue', of: SEARCHED },
  {
    name: 'is',
    of: SEARCHED,
    values: ['copied', 'covered', 'truncated', 'historical', 'renamed', 'unread', 'followed'],
  },
  { name: 'has', of: ['signals', 'topics'], values: ['issue', 'topic', 'author', 'rating', 'language', 'title'] },
  {
    name: 'state',
    of: ['issues'],
    values: [
      'suspected',
      'confirmed',
      'investigating',
      'fixing',
      'verifying',
      'verified',
      'not_verified',
      'regressed',
      'duplicate',
      'dismissed',
      'risk_accepted',
    ],
  },
  { name: 'severity', of: ['issues'], values: ['S1', 'S2', 'S3', 'S4', '<=2'] },
  { name: 'owner', of: ['issues'] },
  { name: 'signals', of: ['issues'] },
  { name: 'people', of: ['issues'] },
  { name: 'copies', of: ['signals'] },
  { name: 'like', of: ['signals'] },
  { name: 'id', of: SEARCHED },
  { name: 'compartment', of: SEARCHED },
] as const satisfies readonly QueryField[];
export type QueryFieldName = (typeof QUERY_FIELDS)[number]['name'];

/** What an issue can be, behind `is:`. The last two are about whoever asks. */
export const ISSUE_IS = ['historical', 'renamed', 'unread', 'followed'] as const;

/** Behind `owner:`, beside names of people and teams: whoever asks, and nobody at all. */
export const OWNER_WORDS = ['me', 'nobody'] as const;

/** Before a dimension that bears the name of a field: `dimension.source:web`. */
export const DIMENSION_PREFIX = 'dimension.';

/**
 * The field of that name; undefined for a dimension.
 * @example
 * queryField('rating')?.of; // ['signals']
 */
export function queryField(name: string): QueryField | undefined {
  return QUERY_FIELDS.find((field) => field.name === name);
}

export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What a test on whole numbers lets through, both ends included; null for what holds no number. A letter before it, as in
 * `X2` and `S1`, is passed over.
 * @example
 * numbersOf({ is: 'range', from: { text: '2', open: true }, to: null }); // { from: 3, to: Infinity }
 */
export function numbersOf(test: FieldTest): NumberRange | null {
  if (test.is === 'beginning') return null;
  if (test.is === 'value') {
    const value = wholeNumber(test.text);
    return value === null ? null : { from: value, to: value };
  }
  const [from, to] = [test.from && wholeNumber(test.from.text), test.to && wholeNumber(test.to.text)];
  if ((test.from && from === null) || (test.to && to === null)) return null;
  return {
    from: from === null ? Number.NEGATIVE_INFINITY : from + (test.from!.open ? 1 : 0),
    to: to === null ? Number.POSITIVE_INFINITY : to - (test.to!.open ? 1 : 0),
  };
}

function wholeNumber(said: string): number | null {
  const found = /^[xs]?(\d{1,9})$/i.exec(said);
  return found ? Number(found[1]) : null;
}

export interface TimeRange {
  /** ISO 8601, included. */
  readonly from: string | null;
  /** ISO 8601, not included. */
  readonly to: string | null;
}

/**
 * What a test on time lets through; null for what is no time. A day, month or year means all of it; in UTC unless a zone
 * is given.
 * @example
 * timesOf({ is: 'value', text: '2026-02' }); // { from: '2026-02-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' }
 */
export function timesOf(test: FieldTest): TimeRange | null {
  if (test.is === 'beginning') return null;
  if (test.is === 'value') return spanOf(test.text);
  const [from, to] = [test.from && spanOf(test.from.text), test.to && spanOf(test.to.text)];
  if ((test.from && !from) || (test.to && !to)) return null;
  return {
    from: from && (test.from!.open ? from.to : from.from),
    to: to && (test.to!.open ? to.from : to.to),
  };
}

const MOMENT =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** From the first moment that a word for a time can mean to the first after it. */
function spanOf(said: string): { from: string; to: string } | null {
  const found = MOMENT.exec(said);
  if (!found || found[1] === '0000' || found[1] === '9999') return null;
  const [, year, month, day, hour, minute, second, , zone] = found;
  const text = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`;
  const from = new Date(`${text}${found[7] ? `.${found[7].slice(0, 3)}` : ''}${zone ?? 'Z'}`);
  if (Number.isNaN(from.getTime())) return null;
  if (day !== undefined && new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() !== Number(day)) return null;
  const to = new Date(from);
  if (month === undefined) to.setUTCFullYear(to.getUTCFullYear() + 1);
  else if (day === undefined) to.setUTCMonth(to.getUTCMonth() + 1);
  else if (hour === undefined) to.setUTCDate(to.getUTCDate() + 1);
  else to.setTime(to.getTime() + (found[7] ? 1 : second ? 1 : 60_000));
  // a moment that was given to the second, or finer, is that moment: `<=` counts it, `<` does not
  return { from: from.toISOString(), to: to.toISOString() };
}
