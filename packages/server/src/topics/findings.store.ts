/** Topics, their signals and alerts, as the engine's writer keeps them. Written again with the same words, nothing changes. */
import { sql } from 'kysely';
import type { Trx } from '../platform/db.ts';
import type { FoundAlert, FoundTopic, Told } from './findings.ts';
import { rootsOf } from './regroup.store.ts';

declare module '../platform/database.ts' {
  interface Database {
    topics: TopicsTable;
    topic_signals: TopicSignalsTable;
    alerts: AlertsTable;
  }
}

interface TopicSignalsTable {
  signal_id: string;
  compartment: string;
  topic_id: string | null;
  at: Date;
  origin_id: string | null;
  decided_by: string | null;
}

interface Share {
  expected_shape: number;
  expected_rate: number;
  expected_dispersion: number;
}

interface TopicsTable extends Share {
  id: string;
  compartment: string;
  run_id: string;
  group_name: string;
  label: string;
  phrases: string[];
  medoid_signal_id: string;
  first_at: Date;
  last_at: Date;
  merged_into: string | null;
  changed_at: Date;
}

interface AlertsTable extends Share {
  id: string;
  compartment: string;
  topic_id: string;
  run_id: string;
  historical: boolean;
  at: Date;
  updated_at: Date;
  onset_at: Date;
  pattern: 'new' | 'growing';
  observed: number;
  expected: number;
  low: number;
  high: number;
  log_evidence: number;
  threshold: number;
  slice: unknown;
  sample_signal_ids: string[];
  told_observed: number;
  told_at: Date;
}

/** Whose findings these are. */
export interface Finder {
  readonly runId: string;
  readonly compartment: string;
  readonly historical: boolean;
}

export async function saveTopics(
  trx: Trx,
  { runId, compartment }: Finder,
  topics: FoundTopic[],
  at: Date,
): Promise<void> {
  for (const topic of topics) {
    const { shape, rate, dispersion } = topic.expected;
    const said = {
      label: topic.label,
      phrases: [...topic.phrases],
      medoid_signal_id: topic.medoid,
      first_at: topic.firstAt,
      last_at: topic.lastAt,
      expected_shape: shape,
      expected_rate: rate,
      expected_dispersion: dispersion,
      changed_at: at,
    };
    await trx
      .insertInto('topics')
      .values({ id: topic.id, compartment, run_id: runId, group_name: topic.group, merged_into: null, ...said })
      .onConflict((clash) => clash.column('id').doUpdateSet(said)) // the run that found it first keeps it
      .execute();
  }
}

/**
 * Puts signals into their topics, and marks both the topics that they joined and those that they left. Where merges lead
 * is looked up here and not asked of the engine, which may be behind what people have decided; what they put somewhere
 * stays there. Topics must be held (`holdTopics`), or a merge meanwhile would miss what is written now.
 */
export async function saveMembers(trx: Trx, compartment: string, members: Findings, at: Date): Promise<void> {
  const ids = [...members.keys()];
  const origins = [...members.values()];
  const roots = await rootsOf(trx, origins);
  const homes = origins.map((origin) => (origin === null ? null : (roots.get(origin) ?? origin)));
  const apart = origins.map((origin, i) => (origin === homes[i] ? null : origin));
  await sql`
    update topics set changed_at = ${at} where id in (
      select topic_id from topic_signals where signal_id = any(${ids}::uuid[]) and topic_id is not null
      union select unnest(${homes}::uuid[]))`.execute(trx);
  await sql`
    update topic_signals t set topic_id = null, origin_id = null
      from unnest(${ids}::uuid[], ${homes}::uuid[]) m (signal_id, topic_id)
     where t.signal_id = m.signal_id and m.topic_id is null and t.topic_id is not null`.execute(trx);
  await sql`
    insert into topic_signals (signal_id, compartment, topic_id, origin_id, at)
    select m.signal_id, ${compartment}, m.topic_id, m.origin_id, s.at
      from unnest(${ids}::uuid[], ${homes}::uuid[], ${apart}::uuid[]) m (signal_id, topic_id, origin_id)
      join signals s on s.signal_id = m.signal_id
     where m.topic_id is not null
    on conflict (signal_id) do update set topic_id = excluded.topic_id, origin_id = excluded.origin_id
     where topic_signals.decided_by is null
       and (topic_signals.topic_id, topic_signals.origin_id) is distinct from (excluded.topic_id, excluded.origin_id)`.execute(
    trx,
  );
}

type Findings = ReadonlyMap<string, string | null>;

/** What has been announced of these alerts; those not in it are new. */
export async function toldOf(trx: Trx, ids: readonly string[]): Promise<Map<string, Told>> {
  if (ids.length === 0) return new Map();
  const columns = ['id', 'told_observed as observed', 'told_at as at'] as const;
  const rows = await trx.selectFrom('alerts').select(columns).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, ...told }) => [id, told]));
}

/** The last word on one alert. When it was first noticed stays. */
export async function saveAlert(
  trx: Trx,
  { runId, compartment, historical }: Finder,
  alert: FoundAlert,
  first: Date,
  told: Told,
): Promise<void> {
  const said = {
    updated_at: alert.at,
    onset_at: alert.onsetAt,
    pattern: alert.pattern,
    observed: alert.observed,
    expected: alert.expected,
    low: alert.low,
    high: alert.high,
    log_evidence: alert.logEvidence,
    threshold: alert.threshold,
    slice: alert.slice && JSON.stringify(alert.slice),
    sample_signal_ids: [...alert.samples],
    expected_shape: alert.share.shape,
    expected_rate: alert.share.rate,
    expected_dispersion: alert.share.dispersion,
    told_observed: told.observed,
    told_at: told.at,
  };
  await trx
    .insertInto('alerts')
    .values({ id: alert.id, compartment, topic_id: alert.topicId, run_id: runId, historical, at: first, ...said })
    .onConflict((clash) => clash.column('id').doUpdateSet(said))
    .execute();
}
