/** Dimensions of a topic's signals and of the others in its stream, counted by the database; only the counts travel. */
import type { SliceCount } from '@groundswell/analytics';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { liveMergeOf } from '../signals/index.ts';
import type { Shown } from './series.ts';
import { type Where, whereIs } from './where.ts';

/** Newest signals that are looked at: in a long surge of a large stream the shares do not move any more. */
const MOST_OF_TOPIC = 10_000;
const MOST_OF_STREAM = 20_000;
/** A small stream has few others in the same time: those of the weeks before fill up. */
const DAYS_BEFORE = 28;
/** Values per dimension, by how often they occur: an order id as a dimension must not fill the page. */
const MOST_VALUES = 12;
const DAY_MS = 86_400_000;

/** The dimensions of a stream's newest signals, whatever their topic, as they were said. */
interface Stream {
  readonly tallies: readonly (readonly [name: string, value: string, n: number])[];
  /** The last that was looked at: everything up to `to` that is not before it was counted. */
  readonly at: Date;
  readonly id: string;
  readonly to: Date;
  readonly rows: number;
  /** Without those of the topic that it is compared with. */
  readonly apart: boolean;
}

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** One pass over at most 20,000 rows; what has the same dimensions is taken apart once. */
async function readStream(
  db: Db,
  { alert, sourceId }: Shown,
  { from, to }: Span,
  whose: 'all' | 'others' = 'all',
): Promise<Stream | null> {
  const apart = whose === 'others';
  const isOther = sql`and not exists (
    select from topic_signals t where t.signal_id = s.signal_id and t.topic_id = ${alert.topicId})`;
  const { rows } = await sql<Omit<Stream, 'to' | 'apart'>>`
    with recent as materialized (
      select s.dimensions, s.at, s.signal_id from signals s
       where s.latest and s.compartment = ${alert.compartment} and s.at <= ${to} and s.at >= ${from}
         and (${sourceId}::uuid is null or s.source_id = ${sourceId}) ${apart ? isOther : sql``}
       order by s.at desc, s.signal_id desc limit ${MOST_OF_STREAM}
    ), alike as (select dimensions, count(*) as n from recent group by 1
    ), said as (
      select d.key, d.value, sum(a.n)::int as n from alike a, jsonb_each_text(a.dimensions) d
       where d.value is not null group by 1, 2
    )
    select at, signal_id as id, (select count(*)::int from recent) as rows,
           coalesce((select json_agg(json_build_array(key, value, n)) from said), '[]') as tallies
      from recent order by at, signal_id limit 1`.execute(db);
  return rows[0] ? { ...rows[0], to, apart } : null;
}

/**
 * Since the onset, up to the last word on the surge when it is past, against the newest signals that do not belong to it:
 * were its own among them, a surge that makes up most of its stream would stand out from nothing. Totals are the signals
 * that have the dimension. What was counted of the stream is asked for by its compartment again: the wall is not passed by
 * what somebody else had counted.
 */
async function compareWith(db: Db, { alert, sourceId }: Shown, { from, to }: Span, stream: Stream) {
  const column = (i: 0 | 1 | 2) => stream.tallies.map((tally) => tally[i]);
  const { rows } = await sql<SliceCount & { own: number }>`
    with member as materialized (
      select t.signal_id from topic_signals t
       where t.topic_id = ${alert.topicId} and t.at >= ${from} and t.at <= ${to}
       order by t.at desc, t.signal_id desc limit ${MOST_OF_TOPIC}
    ), grp_said as (
      select s.compartment, d.key, d.value, count(*) as n from member m join signals s on s.signal_id = m.signal_id,
             jsonb_each_text(s.dimensions) d where d.value is not null group by 1, 2, 3
    ), grp as (
      select g.key, coalesce(m.counts_as, g.value) as value, sum(g.n)::int as n
        from grp_said g ${liveMergeOf('g.compartment', 'g.key', 'g.value')} group by 1, 2
    ), own as materialized (
      select s.dimensions from topic_signals t join signals s on s.signal_id = t.signal_id
       where ${!stream.apart} and t.topic_id = ${alert.topicId} and (t.at, t.signal_id) >= (${stream.at}, ${stream.id}::uuid) and t.at <= ${stream.to}
         and s.latest and (${sourceId}::uuid is null or s.source_id = ${sourceId})
    ), stream_said as (
      select ${alert.compartment} as compartment, key, value, sum(n) as n from (
        select * from unnest(${column(0)}::text[], ${column(1)}::text[], ${column(2)}::int[]) all_of_it (key, value, n)
        union all select d.key, d.value, -1 from own o, jsonb_each_text(o.dimensions) d where d.value is not null) both_parts
       where ${alert.compartment} = any (string_to_array(current_setting('app.compartments', true), ',')) group by 2, 3
    ), stream as (
      select s.key, coalesce(m.counts_as, s.value) as value, sum(s.n)::int as n
        from stream_said s ${liveMergeOf('s.compartment', 's.key', 's.value')} where s.n > 0 group by 1, 2
    ), both_sides as (
      select key, value, coalesce(g.n, 0) as in_group, coalesce(s.n, 0) as in_stream,
             sum(coalesce(g.n, 0)) over (partition by key) as group_total,
             sum(coalesce(s.n, 0)) over (partition by key) as stream_total,
             row_number() over (partition by key order by coalesce(g.n, 0) desc, coalesce(s.n, 0) desc, value) as g_rank,
             row_number() over (partition by key order by coalesce(s.n, 0) desc, value) as s_rank
        from grp g full join stream s using (key, value)
    )
    select key as dimension, value, in_group::int as "inGroup", group_total::int as "groupTotal",
           in_stream::int as "inStream", stream_total::int as "streamTotal"
      from both_sides where group_total > 0 and stream_total > 0 and (g_rank <= ${MOST_VALUES} or s_rank <= ${MOST_VALUES})
     order by key, value`.execute(db);
  return rows;
}

/** How many of what was counted are the topic's own: from its index alone. */
async function countOwn(db: Db, topicId: string, { at, id, to }: Stream): Promise<number> {
  const { rows } = await sql<{ own: number }>`
    select count(*)::int as own from topic_signals
     where topic_id = ${topicId} and (at, signal_id) >= (${at}, ${id}::uuid) and at <= ${to}`.execute(db);
  return rows[0]!.own;
}

/** Streams that were counted lately, each by its compartment, for the process that serves. */
export type Streams = Map<string, { readonly stream: Stream; readonly until: number }>;

/** Twenty thousand signals are not others a minute later. */
const KEPT_MS = 60_000;
const KEPT_MAX = 200;

/** A small stream is counted anew each time: there each signal shows. */
async function streamOf(db: Db, shown: Shown, span: Span, streams: Streams): Promise<Stream | null> {
  const { alert, sourceId } = shown;
  const key = [alert.compartment, sourceId, alert.historical && span.to.getTime()].join(' ');
  const kept = streams.get(key);
  if (kept && kept.until > Date.now() && kept.stream.at >= span.from) return kept.stream;
  const stream = await readStream(db, shown, span);
  if (stream?.rows !== MOST_OF_STREAM) return stream;
  streams.delete(key);
  streams.set(key, { stream, until: Date.now() + KEPT_MS });
  for (const oldest of streams.keys()) if (streams.size > KEPT_MAX) streams.delete(oldest);
  return stream;
}

/** Where an alert's signals are and are not. */
export async function readWhere(db: Db, shown: Shown, streams: Streams = new Map()): Promise<Where | null> {
  const { alert, engineAt } = shown;
  const surge = { from: alert.onsetAt, to: alert.historical ? alert.updatedAt : engineAt };
  const before = { from: new Date(surge.from.getTime() - DAYS_BEFORE * DAY_MS), to: surge.to };
  const stream = await streamOf(db, shown, before, streams);
  if (!stream) return null;
  // it is most of what was said lately: the others are looked for further back
  const isMost = stream.rows === MOST_OF_STREAM && (await countOwn(db, alert.topicId, stream)) > MOST_OF_STREAM / 2;
  const others = isMost ? await readStream(db, shown, before, 'others') : stream;
  return others && whereIs(await compareWith(db, shown, surge, others));
}
