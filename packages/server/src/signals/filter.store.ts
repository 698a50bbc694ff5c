/** What a search of signals asks for, as SQL conditions on the table `signals`. */
import { Refusal, type SignalFilter } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { type Spelling, spellingsOf } from './dictionary.merge.store.ts';
import { dimensionName, dimensionValue } from './dimensions.ts';
import { readSearch } from './search-words.ts';

const HOUR_MS = 3_600_000;

/** A filter that knows what else its dimension values are called. */
export interface SpeltFilter extends SignalFilter {
  readonly spellings?: readonly Spelling[];
}

/** To be done before a search, or rows that were kept under a merged value are not found. */
export async function withSpellings<F extends SignalFilter>(db: Db, filter: F): Promise<F & SpeltFilter> {
  const wanted = dimensionsOf(filter);
  return wanted.size === 0 ? filter : { ...filter, spellings: await spellingsOf(db, wanted) };
}

/** All conditions, joined; only the latest revision of each thing is ever searched. */
export function matching(
  filter: SpeltFilter,
  { inTopic, inCopies }: Pick<Above, 'inTopic' | 'inCopies'>,
): RawBuilder<unknown> {
  const { q, from, to, source, language, rating, topic, copies } = filter;
  const conditions = [sql`signals.latest`];
  if (asksForWords(q)) conditions.push(sql`signals.search @@ ${tsQuery(q)}`);
  if (from) conditions.push(sql`signals.at >= ${from}`);
  if (to) conditions.push(sql`signals.at < ${to}`);
  if (source) conditions.push(sql`signals.source_id = ${source}`);
  if (language) conditions.push(sql`signals.language = ${language}`);
  if (rating) conditions.push(sql`signals.rating = ${rating}`);
  if (topic) conditions.push(inTopic(topic));
  if (copies) conditions.push(inCopies(copies));
  for (const [name, values] of dimensionsOf(filter)) {
    const also = (filter.spellings ?? []).filter((one) => one.name === name && values.includes(one.asked));
    const either = [...values.map((value) => isOneOf(name, [value])), ...also.map(inItsCompartment)];
    conditions.push(sql`(${sql.join(either, sql` or `)})`);
  }
  return sql.join(conditions, sql` and `);
}

/** One list and not a chain of ORs: hundreds of spellings are planned as fast as one, and read through the index. */
const isOneOf = (name: string, values: readonly string[]): RawBuilder<unknown> =>
  sql`signals.dimensions @> any(${values.map((value) => JSON.stringify({ [name]: value }))}::jsonb[])`;

/** Merges hold in one compartment; the same value in another one is another value. */
const inItsCompartment = ({ compartment, name, values }: Spelling): RawBuilder<unknown> =>
  sql`(signals.compartment = ${compartment} and ${isOneOf(name, values)})`;

export const asksForWords = (q: string | undefined): q is string => q !== undefined && q.trim() !== '';

export function tsQuery(q: string): RawBuilder<unknown> {
  const { rest, begun, joinedBy } = readSearch(q);
  const words = sql`websearch_to_tsquery('simple', ${rest})`;
  if (begun === null) return words;
  return sql`(${words} ${sql.raw(joinedBy)} to_tsquery('simple', ${`${begun}:*`}))`;
}

/** By name; a name that is given twice means either value. Values are written as intake writes them. */
function dimensionsOf({ dimension }: SignalFilter): Map<string, string[]> {
  const wanted = new Map<string, string[]>();
  for (const said of [dimension ?? []].flat()) {
    const colon = said.indexOf(':');
    const name = dimensionName(said.slice(0, Math.max(colon, 0)));
    if (name === '') {
      throw new Refusal('request.invalid', 'A dimension is asked for as name:value, such as app_version:7.3.0.');
    }
    wanted.set(name, [...(wanted.get(name) ?? []), dimensionValue(name, said.slice(colon + 1))]);
  }
  return wanted;
}

/** Whether the roll-up of intake can answer: it knows sources and whole hours, and nothing else. */
export function isRolledUp({ q, from, to, language, rating, topic, dimension, copies }: SignalFilter): boolean {
  const wholeHours = [from, to].every((at) => at === undefined || Date.parse(at) % HOUR_MS === 0);
  return wholeHours && !asksForWords(q) && !language && !rating && !topic && !dimension && !copies;
}

/** Without slices above, a signal has neither topic nor copies, and none is found by one. */
export const NOTHING_ABOVE: Above = {
  topicsOf: () => Promise.resolve(new Map()),
  inTopic: () => sql`false`,
  copiesOf: () => Promise.resolve(new Map()),
  inCopies: () => sql`false`,
};
