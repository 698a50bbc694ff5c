/** Topics and alerts as others read them. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { dimensionsAsMerged } from '../signals/index.ts';
import type { Alert, Topic, TopicTag } from './topic.ts';

/** The engine's own name of a topic; undefined for one that is not known here. */
export async function groupNameOf(db: Db, topicId: string): Promise<string | undefined> {
  const row = await db.selectFrom('topics').select('group_name').where('id', '=', topicId).executeTakeFirst();
  return row?.group_name;
}

/** The topics of these signals; a signal without one is not in it. */
export async function topicsOf(db: Db, signalIds: readonly string[]): Promise<Map<string, TopicTag>> {
  if (signalIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('topic_signals')
    .innerJoin('topics', 'topics.id', 'topic_signals.topic_id')
    .select(['topic_signals.signal_id as signalId', 'topics.id', 'topics.label'])
    .where('topic_signals.signal_id', 'in', signalIds)
    .execute();
  return new Map(rows.map(({ signalId, ...tag }) => [signalId, tag]));
}

/** A condition on `signals.signal_id`: it is a member of the topic, or of the one that it was merged into. */
export const inTopic = (topicId: string) =>
  sql`exists (select from topic_signals t where t.signal_id = signals.signal_id and t.topic_id = ${topicId}::uuid)`;

/** The same as a table, with the clock that its index runs by. A signal has one topic: nothing stands in it twice. */
export const membersOf = (topicIds: readonly string[]) => sql`
  select signal_id, at from topic_signals
   where ${topicIds.length === 1 ? sql`topic_id = ${topicIds[0]}::uuid` : sql`topic_id = any(${topicIds}::uuid[])`}`;

/** Where a topic's merges lead: what `inTopic` is asked of. */
export async function topicRoot(db: Db, topicId: string): Promise<string> {
  const { rows } = await sql<{ id: string | null }>`select app.root_topic(${topicId}::uuid) as id`.execute(db);
  return rows[0]?.id ?? topicId;
}

/** A condition on `signals.signal_id`: it is a member of some topic. */
export const inAnyTopic = () =>
  sql`exists (select from topic_signals t where t.signal_id = signals.signal_id and t.topic_id is not null)`;

const TOPIC = [
  'id',
  'compartment',
  'run_id as runId',
  'label',
  'phrases',
  'medoid_signal_id as medoid',
  'last_at as lastAt',
  'changed_at as changedAt',
] as const;

export async function loadTopics(db: Db, ids: readonly string[]): Promise<Map<string, Topic>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('topics').select(TOPIC).where('id', 'in', ids).execute();
  return new Map(rows.map((topic) => [topic.id, topic]));
}

const ALERT = [
  'id',
  'compartment',
  'topic_id as topicId',
  'historical',
  'at',
  'updated_at as updatedAt',
  'onset_at as onsetAt',
  'pattern',
  'observed',
  'expected',
  'low',
  'high',
  'log_evidence as logEvidence',
  'threshold',
  'sample_signal_ids as samples',
  'expected_shape as shape',
  'expected_rate as rate',
  'expected_dispersion as dispersion',
] as const;

/** The engine has named it in the words of its rows: they are read as what they count as now. */
const SLICE = sql<Alert['slice']>`case when alerts.slice is not null then ${dimensionsAsMerged('alerts', 'slice')} end`;

export async function loadAlerts(db: Db, ids: readonly string[]): Promise<Map<string, Alert>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('alerts').select(ALERT).select(SLICE.as('slice')).where('id', 'in', ids).execute();
  return new Map(
    rows.map(({ shape, rate, dispersion, ...row }) => [row.id, { ...row, share: { shape, rate, dispersion } }]),
  );
}
