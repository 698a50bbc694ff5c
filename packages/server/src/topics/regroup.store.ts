/** Topics put together and apart, at rest: pointers of merges, and which signals people have put where. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    topic_moves: MovesTable;
  }
}

interface MovesTable {
  act_id: string;
  compartment: string;
  signal_id: string;
  before_id: string | null;
  before_by: string | null;
  back: boolean;
}

/** First half of the key of this lock; the second is a hash of the compartment's name. */
const HOLD = 4_747_014;

/**
 * To the end of the transaction: whoever changes where merges lead holds the topics alone, whoever writes down members
 * holds them with others. Without it members written while a merge is made would stay where nobody looks any more.
 */
export async function holdTopics(trx: Trx, compartment: string, how: 'alone' | 'shared'): Promise<void> {
  if (how === 'alone') await sql`select pg_advisory_xact_lock(${HOLD}, hashtext(${compartment}))`.execute(trx);
  else await sql`select pg_advisory_xact_lock_shared(${HOLD}, hashtext(${compartment}))`.execute(trx);
}

/** Where merges lead, by topic; one that is not kept yet is not in it. */
export async function rootsOf(db: Db, topics: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(topics)].filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; root: string }>`
    select id, case when merged_into is null then id else app.root_topic(id) end as root
      from topics where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, root }) => [id, root]));
}

export async function rootOf(db: Db, topic: string): Promise<string> {
  return (await rootsOf(db, [topic])).get(topic) ?? topic;
}

/** Everything that is told under `from` is told under `into` from now on; where it came from stays known. */
export async function pointTopic(trx: Trx, from: string, into: string, at: Date): Promise<number> {
  await trx.updateTable('topics').set({ merged_into: into }).where('id', '=', from).execute();
  const { numAffectedRows } = await sql`
    update topic_signals set topic_id = ${into}, origin_id = nullif(coalesce(origin_id, topic_id), ${into}::uuid)
     where topic_id = ${from}`.execute(trx);
  await markChanged(trx, [from, into], at);
  return Number(numAffectedRows ?? 0n);
}

/** A merged topic stands for itself again, with all that leads to it. */
export async function unpointTopic(trx: Trx, topic: string, at: Date): Promise<number> {
  const root = (await rootsOf(trx, [topic])).get(topic)!;
  await trx.updateTable('topics').set({ merged_into: null }).where('id', '=', topic).execute();
  const { numAffectedRows } = await sql`
    with recursive below as (
      select id from topics where id = ${topic}
      union all select t.id from below b join topics t on t.merged_into = b.id)
    update topic_signals set topic_id = ${topic}, origin_id = nullif(origin_id, ${topic}::uuid)
     where topic_id = ${root} and origin_id in (select id from below)`.execute(trx);
  await markChanged(trx, [topic, root], at);
  return Number(numAffectedRows ?? 0n);
}

async function markChanged(trx: Trx, topics: readonly string[], at: Date): Promise<void> {
  await trx.updateTable('topics').set({ changed_at: at }).where('id', 'in', topics).execute();
}

export interface NewMove {
  readonly act: string;
  readonly compartment: string;
  readonly signals: readonly string[];
  readonly into: string | null;
  readonly at: Date;
}

/** Puts signals where people want them and writes down where each was. Those that are there already are left alone. */
export async function placeSignals(trx: Trx, { act, compartment, signals, into, at }: NewMove): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    insert into topic_moves (act_id, compartment, signal_id, before_id, before_by)
    select ${act}, s.compartment, s.signal_id, coalesce(t.origin_id, t.topic_id), t.decided_by
      from signals s left join topic_signals t on t.signal_id = s.signal_id
     where s.signal_id = any(${signals}::uuid[]) and s.compartment = ${compartment} and s.latest and t.topic_id is distinct from ${into}::uuid
    returning signal_id as id`.execute(trx);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await sql`update topics set changed_at = ${at} where id = ${into} or id in (
    select topic_id from topic_signals where signal_id = any(${ids}::uuid[]))`.execute(trx);
  await sql`
    insert into topic_signals (signal_id, compartment, topic_id, at, decided_by)
    select s.signal_id, s.compartment, ${into}::uuid, s.at, ${act} from signals s where s.signal_id = any(${ids}::uuid[])
    on conflict (signal_id) do update set topic_id = excluded.topic_id, origin_id = null, decided_by = excluded.decided_by`.execute(
    trx,
  );
  return ids.length;
}

/** Puts back what is still where the act put it; what somebody has moved since stays with them. */
export async function returnSignals(trx: Trx, act: string, at: Date): Promise<{ back: number; stay: number }> {
  const { rows } = await sql<{ id: string }>`
    update topic_moves m set back = true from topic_signals t, signals s
     where m.act_id = ${act} and t.signal_id = m.signal_id and t.decided_by = ${act}
       and s.signal_id = m.signal_id and s.latest returning m.signal_id as id`.execute(trx);
  const ids = rows.map(({ id }) => id);
  await sql`update topics set changed_at = ${at} where id in (
    select topic_id from topic_signals where signal_id = any(${ids}::uuid[])
    union select app.root_topic(before_id) from topic_moves where act_id = ${act})`.execute(trx);
  await sql`
    update topic_signals t
       set topic_id = r.root, origin_id = nullif(m.before_id, r.root), decided_by = m.before_by
      from topic_moves m
      left join lateral (select app.root_topic(m.before_id) as root) r on true
     where m.act_id = ${act} and m.back and t.signal_id = m.signal_id`.execute(trx);
  const { total } = await trx
    .selectFrom('topic_moves')
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .where('act_id', '=', act)
    .executeTakeFirstOrThrow();
  return { back: ids.length, stay: Number(total) - ids.length };
}

export interface Moved {
  readonly id: string;
  readonly before: string | null;
  readonly back: boolean;
}

/** The topics that an act's signals were taken from, as they are told now. */
export async function leftBy(db: Db, act: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct app.root_topic(before_id) as id from topic_moves where act_id = ${act} and before_id is not null`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export async function countMembers(db: Db, topic: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from topic_signals where topic_id = ${topic}`.execute(db);
  return rows[0]!.n;
}

/** Of the signals that an act put somewhere, how many are still there. */
export async function countStaying(db: Db, act: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from topic_signals t join signals s on s.signal_id = t.signal_id
     where t.decided_by = ${act} and s.latest`.execute(db);
  return rows[0]!.n;
}

/** Where each of these is and whose; one that is hidden, absent or superseded is not in it. */
export async function standingOf(
  db: Db,
  signals: readonly string[],
): Promise<{ id: string; compartment: string; topic: string | null }[]> {
  const { rows } = await sql<{ id: string; compartment: string; topic: string | null }>`
    select s.signal_id as id, s.compartment, t.topic_id as topic
      from signals s left join topic_signals t on t.signal_id = s.signal_id
     where s.signal_id = any(${signals}::uuid[]) and s.latest order by s.at, s.signal_id`.execute(db);
  return rows;
}

/** In an order that never changes: the engine reads them again after a restart. */
export async function movedBy(db: Db, act: string): Promise<Moved[]> {
  return db
    .selectFrom('topic_moves')
    .select(['signal_id as id', 'before_id as before', 'back'])
    .where('act_id', '=', act)
    .orderBy('signal_id')
    .execute();
}

export interface NewTopic {
  readonly id: string;
  readonly group: string;
  readonly of: string;
  readonly medoid: string;
  /** Share of the old one's expected signals that is expected of the new one. */
  readonly part: number;
  readonly at: Date;
}

/** A topic that people made out of another: until the engine names it, it is called like the one that it came from. */
export async function insertTopicOf(trx: Trx, made: NewTopic): Promise<void> {
  await sql`
    insert into topics (id, compartment, run_id, group_name, label, phrases, medoid_signal_id, first_at, last_at,
                        expected_shape, expected_rate, expected_dispersion, changed_at)
    select ${made.id}, compartment, run_id, ${made.group}, label, phrases, ${made.medoid}, first_at, last_at,
           expected_shape * ${made.part}, expected_rate, expected_dispersion, ${made.at}
      from topics where id = ${made.of}`.execute(trx);
}

export interface NewAlert {
  readonly id: string;
  readonly of: string;
  readonly topic: string;
  readonly observed: number;
  readonly part: number;
  readonly samples: readonly string[];
}

/** What the old alert says, as far as the new topic's signals go; the engine says more of it when it has read of the split. */
export async function insertAlertOf(trx: Trx, made: NewAlert): Promise<void> {
  await sql`
    insert into alerts (id, compartment, topic_id, run_id, historical, at, updated_at, onset_at, pattern, observed, expected,
      low, high, log_evidence, threshold, slice, sample_signal_ids, expected_shape, expected_rate, expected_dispersion,
      told_observed, told_at)
    select ${made.id}, compartment, ${made.topic}, run_id, historical, at, updated_at, onset_at, pattern, ${made.observed},
           expected * ${made.part}, floor(low * ${made.part}), ceil(high * ${made.part}), log_evidence, threshold, slice,
           ${made.samples}::uuid[], expected_shape * ${made.part}, expected_rate, expected_dispersion, ${made.observed}, told_at
      from alerts where id = ${made.of}
    on conflict (id) do nothing`.execute(trx);
}

/** Of these signals, how many were said since then and how many before; and the same of the whole topic. */
export async function weighPart(
  db: Db,
  { topic, act, since }: { topic: string; act: string; since: Date },
): Promise<{ since: number; before: number; allBefore: number }> {
  const { rows } = await sql<{ since: number; before: number; allBefore: number }>`
    select count(*) filter (where m.act_id is not null and t.at >= ${since})::int as since,
           count(*) filter (where m.act_id is not null and t.at < ${since})::int as before,
           count(*) filter (where t.at < ${since})::int as "allBefore"
      from topic_signals t left join topic_moves m on m.signal_id = t.signal_id and m.act_id = ${act}
     where t.topic_id = ${topic} or t.decided_by = ${act}`.execute(db);
  return rows[0]!;
}

/** The signals of a topic that have all these dimensions, newest first. */
export async function membersWith(
  db: Db,
  topic: string,
  dimensions: Readonly<Record<string, string>>,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.signal_id as id from topic_signals t join signals s on s.signal_id = t.signal_id
     where t.topic_id = ${topic} and s.dimensions @> ${JSON.stringify(dimensions)}::jsonb
     order by t.at desc, t.signal_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Of these signals, those that are told under the topic. */
export async function membersAmong(db: Db, topic: string, signals: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('topic_signals')
    .select('signal_id as id')
    .where('topic_id', '=', topic)
    .where('signal_id', 'in', [...signals])
    .orderBy('at')
    .orderBy('signal_id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The newest alert of these that are told under the topic; live ones before what was found in the past. */
export async function alertOfRoot(db: Db, topic: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with recursive below as (
      select id from topics where id = ${topic}
      union all select t.id from below b join topics t on t.merged_into = b.id)
    select id from alerts where topic_id in (select id from below) order by historical, at desc, id limit 1`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}
