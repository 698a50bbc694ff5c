/** What a search of signals asks for, as SQL conditions on the table `signals`. */
import { Refusal, type SignalFilter, timesOf } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { spellingsOf } from './dictionary.merge.store.ts';
import { dimensionName, dimensionValue } from './dimensions.ts';
import { conditionOf, dimensionSql, type Seam } from './query.store.ts';
import { type Asked, askedBy, type Spelling } from './query.ts';
import { lookUp } from './query-meaning.ts';

const HOUR_MS = 3_600_000;

/** A filter that knows what is meant by its query, and what else its dimension values are called. */
export interface SpeltFilter extends SignalFilter {
  readonly spellings?: readonly Spelling[];
  readonly asked?: Asked;
}

/** To be done before a search: names are looked up, and rows that were kept under a merged value are found too. */
export async function understood<F extends SignalFilter>(
  db: Db,
  filter: F,
  above: Pick<Above, 'topicsCalled' | 'topicOfIssue' | 'rootOf'> & Seam,
): Promise<F & SpeltFilter> {
  const wanted = dimensionsOf(filter);
  const spellings = wanted.size === 0 ? [] : await spellingsOf(db, wanted);
  const topic = filter.topic && (await above.rootOf(db, filter.topic));
  const found = { ...filter, ...(topic && { topic }), spellings };
  if (!asksForWords(filter.q)) return found;
  return plainly({ ...found, asked: await atRoots(db, await lookUp(db, filter.q, above), above) });
}

async function atRoots(db: Db, asked: Asked, { rootOf }: Pick<Above, 'rootOf'>): Promise<Asked> {
  const meant = new Map(asked.meant);
  for (const [node, one] of meant) {
    if (one.as === 'topics') meant.set(node, { ...one, ids: await Promise.all(one.ids.map((id) => rootOf(db, id))) });
  }
  return { ...asked, meant };
}

/** A query that is no more than a source and a stretch of time is asked as them, because the roll-up can answer that. */
function plainly<F extends SpeltFilter>(filter: F & { asked: Asked }): F & SpeltFilter {
  const { tree } = filter.asked.query;
  const plain: { source?: string; from?: string; to?: string } = {};
  for (const part of tree?.type === 'and' ? tree.of : [tree]) {
    if (part?.type !== 'field' || part.any.length !== 1) return filter;
    const meant = filter.asked.meant.get(part);
    const times = part.name === 'at' ? timesOf(part.any[0]!) : null;
    const more =
      meant?.as === 'sources' && meant.ids.length === 1
        ? { source: meant.ids[0]! }
        : times && { ...(times.from && { from: times.from }), ...(times.to && { to: times.to }) };
    const names = Object.keys(more ?? {}) as (keyof typeof plain)[];
    if (!more || names.some((name) => filter[name] !== undefined || plain[name] !== undefined)) return filter;
    Object.assign(plain, more);
  }
  return { ...filter, ...plain, q: undefined };
}

/** All conditions, joined; only the latest revision of each thing is ever searched. */
export function matching(filter: SpeltFilter, above: Seam): RawBuilder<unknown> {
  const { q, from, to, source, language, rating, topic, copies, spellings = [] } = filter;
  const conditions = [sql`signals.latest`];
  const asked = asksForWords(q) ? conditionOf(filter.asked ?? askedBy(q), above) : null;
  if (asked) conditions.push(asked);
  if (from) conditions.push(sql`signals.at >= ${from}`);
  if (to) conditions.push(sql`signals.at < ${to}`);
  if (source) conditions.push(sql`signals.source_id = ${source}`);
  if (language) conditions.push(sql`signals.language = ${language}`);
  if (rating) conditions.push(sql`signals.rating = ${rating}`);
  if (topic) conditions.push(above.inTopic(topic));
  if (copies) conditions.push(above.inCopies(copies));
  for (const [name, values] of dimensionsOf(filter)) conditions.push(dimensionSql(name, values, spellings));
  return sql.join(conditions, sql` and `);
}

export const asksForWords = (q: string | undefined): q is string => q !== undefined && q.trim() !== '';

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
  rootOf: (_, topicId) => Promise.resolve(topicId),
  inTopic: () => sql`false`,
  membersOf: () => sql`select null::uuid as signal_id, null::timestamptz as at where false`,
  copiesOf: () => Promise.resolve(new Map()),
  inCopies: () => sql`false`,
  inSome: () => sql`false`,
  topicsCalled: () => Promise.resolve([]),
  topicOfIssue: () => Promise.resolve(null),
  suggest: () => Promise.resolve([]),
};
