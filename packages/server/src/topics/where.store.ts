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

/**
 * Since the onset, up to the last word on the surge when it is past, against the newest signals that do not belong to it:
 * were its own among them, a surge that makes up most of its stream would stand out from nothing. Totals are the signals
 * that have the dimension. One pass over at most 30,000 rows.
 */
async function countDimensions(db: Db, { alert, sourceId, engineAt }: Shown): Promise<SliceCount[]> {
  const from = alert.onsetAt;
  const to = alert.historical ? alert.updatedAt : engineAt;
  const { rows } = await sql<SliceCount>`
    with member as materialized (
      select t.signal_id from topic_signals t
       where t.topic_id = ${alert.topicId} and t.at >= ${from} and t.at <= ${to}
       order by t.at desc, t.signal_id limit ${MOST_OF_TOPIC}
    ), grp_said as (
      select s.compartment, d.key, d.value, count(*) as n from member m join signals s on s.signal_id = m.signal_id,
             jsonb_each_text(s.dimensions) d where d.value is not null group by 1, 2, 3
    ), grp as (
      select g.key, coalesce(m.counts_as, g.value) as value, sum(g.n)::int as n
        from grp_said g ${liveMergeOf('g.compartment', 'g.key', 'g.value')} group by 1, 2
    ), recent as materialized (
      select s.compartment, s.dimensions from signals s
       where s.latest and s.compartment = ${alert.compartment} and s.at <= ${to}
         and s.at >= ${from}::timestamptz - ${DAYS_BEFORE} * interval '1 day'
         and (${sourceId}::uuid is null or s.source_id = ${sourceId})
         and not exists (select from topic_signals t where t.signal_id = s.signal_id and t.topic_id = ${alert.topicId})
       order by s.at desc, s.signal_id desc limit ${MOST_OF_STREAM}
    ), stream_said as (
      select r.compartment, d.key, d.value, count(*) as n from recent r, jsonb_each_text(r.dimensions) d
       where d.value is not null group by 1, 2, 3
    ), stream as (
      select s.key, coalesce(m.counts_as, s.value) as value, sum(s.n)::int as n
        from stream_said s ${liveMergeOf('s.compartment', 's.key', 's.value')} group by 1, 2
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

/** Where an alert's signals are and are not. */
export async function readWhere(db: Db, shown: Shown): Promise<Where | null> {
  return whereIs(await countDimensions(db, shown));
}
