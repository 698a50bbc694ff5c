/** How many: signals and people of topics, their sources, the alerts of runs. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

export async function countAlerts(db: Db, runId: string): Promise<number> {
  return (await countFound(db, [runId])).get(runId)?.alerts ?? 0;
}

export interface Found {
  readonly alerts: number;
  /** Topics with an alert: each becomes one issue. */
  readonly issues: number;
}

export async function countFound(db: Db, runIds: readonly string[]): Promise<Map<string, Found>> {
  const { rows } = await sql<{ runId: string; alerts: number; issues: number }>`
    select run_id as "runId", count(*)::int as alerts, count(distinct topic_id)::int as issues
      from alerts where run_id = any(${runIds}::uuid[]) group by run_id`.execute(db);
  return new Map(rows.map(({ runId, ...found }) => [runId, found]));
}

export interface TopicCount {
  readonly signals: number;
  /** Null where no signal of it names an author. */
  readonly people: number | null;
}

/** Signals of each topic and the people among them. Reads every signal of these topics: for one, or by a job. */
export async function countTopics(db: Db, ids: readonly string[]): Promise<Map<string, TopicCount>> {
  const { rows } = await sql<{ id: string; signals: number; people: number }>`
    select t.topic_id as id, count(*)::int as signals, count(distinct s.author)::int as people
      from topic_signals t join signals s on s.signal_id = t.signal_id
     where t.topic_id = any(${ids}::uuid[]) group by t.topic_id`.execute(db);
  return new Map(rows.map(({ id, signals, people }) => [id, { signals, people: people > 0 ? people : null }]));
}

export interface TopicSource {
  readonly id: string;
  readonly name: string;
  readonly signals: number;
}

export async function sourcesOf(db: Db, topicId: string): Promise<TopicSource[]> {
  const { rows } = await sql<TopicSource>`
    select f.id, f.name, c.signals from sources f join (
      select s.source_id, count(*)::int as signals from topic_signals t join signals s on s.signal_id = t.signal_id
       where t.topic_id = ${topicId} group by s.source_id) c on c.source_id = f.id
     order by c.signals desc, f.name`.execute(db);
  return rows;
}

export async function newestOf(db: Db, topicId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('topic_signals')
    .select('signal_id as id')
    .where('topic_id', '=', topicId)
    .orderBy('at', 'desc')
    .orderBy('signal_id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
