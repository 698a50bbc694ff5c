/** Whom an issue hurts, counted; and what people said of it. */
import { DISTINCT_ERROR, estimateDistinct } from '@groundswell/analytics';
import { FIRST_RULES, type HarmCode, Refusal, type Severity, SeverityRules } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { liveMergeOf } from '../signals/index.ts';
import type { Cohort, Counted, People, SaidImpact } from './impact.ts';

declare module '../platform/database.ts' {
  interface Database {
    issue_impacts: ImpactsTable;
    severity_rules: { only_one: boolean; version: number; rules: unknown };
  }
}

interface ImpactsTable {
  issue_id: string;
  compartment: string;
  version: number;
  harm: HarmCode | null;
  severity: Severity | null;
  severity_reason: string | null;
  severity_by: string | null;
  severity_at: Date | null;
  cohort: unknown;
  cohort_ended_on: Date | null;
  cohort_source: string | null;
  cohort_by: string | null;
  cohort_at: Date | null;
}

/** From so many signals on people are estimated: telling each from each would hold them all in memory. */
const COUNTED_EXACTLY = 200_000;

const grouped = (topicId: string, counted: RawBuilder<unknown>, each: RawBuilder<unknown>) => sql<Group>`
  with said as (
    select s.author, s.creator_tier as tier, coalesce(m.counts_as, s.dimensions ->> 'country') as country
      from topic_signals t join signals s on s.signal_id = t.signal_id
      ${liveMergeOf('s.compartment', `'country'`, `s.dimensions ->> 'country'`)}
     where t.topic_id = ${topicId}),
  told as (select *, hashtextextended(author, 0) as hash from said)
  select ${counted} from told group by grouping sets (${each})`;

interface Group {
  readonly kind: number;
  readonly value: string | null;
  readonly people: number;
  readonly nameless: number;
  readonly ranks: number[] | null;
}

const KIND = sql`grouping(tier, country)::int as kind, case when grouping(tier) = 0 then tier else country end as value`;
/** Of `grouping(tier, country)`. */
const [BY_TIER, BY_COUNTRY, IN_ALL] = [1, 2, 3];

export async function countPeople(db: Db, topicId: string, signals: number): Promise<People> {
  const exact = signals <= COUNTED_EXACTLY;
  const groups = exact ? await tellEach(db, topicId) : await estimate(db, topicId);
  const of = (kind: number): Counted[] =>
    groups
      .filter((group) => group.kind === kind && group.people > 0)
      .map(({ value, people }) => ({ value, people }))
      .sort((a, b) => b.people - a.people || String(a.value).localeCompare(String(b.value)));
  const all = groups.find(({ kind }) => kind === IN_ALL);
  return {
    all: all?.people ?? 0,
    nameless: all?.nameless ?? 0,
    error: exact ? 0 : DISTINCT_ERROR,
    tiers: of(BY_TIER),
    countries: of(BY_COUNTRY),
  };
}

async function tellEach(db: Db, topicId: string): Promise<readonly Group[]> {
  const counted = sql`${KIND}, count(distinct author)::int as people, count(*) filter (where author is null)::int as nameless`;
  return (await grouped(topicId, counted, sql`(), (tier), (country)`).execute(db)).rows;
}

/** The largest rank of each of 4,096 buckets, by the hash of the author; see analytics, `estimateDistinct`. */
async function estimate(db: Db, topicId: string): Promise<readonly Group[]> {
  const rank = sql`53 - length(ltrim(((hash >> 12) & 4503599627370495)::bit(52)::text, '0'))`;
  const registers = sql`${KIND}, hash & 4095 as bucket, max(${rank})::int as rank, count(*) filter (where author is null)::int as nameless`;
  const each = sql`(hash & 4095), (tier, hash & 4095), (country, hash & 4095)`;
  const inner = grouped(topicId, registers, each);
  const { rows } = await sql<Group>`
    select kind, value, array_agg(rank) filter (where bucket is not null) as ranks, sum(nameless)::int as nameless
      from (${inner}) r group by kind, value`.execute(db);
  return rows.map((row) => ({ ...row, people: estimateDistinct(row.ranks ?? []) }));
}

/** Signals of the last day before `until`, and of the day before that. */
export async function countTwoDays(db: Db, topicId: string, until: Date): Promise<{ last: number; before: number }> {
  const { rows } = await sql<{ last: number; before: number }>`
    select count(*) filter (where at > ${until}::timestamptz - interval '1 day')::int as last,
           count(*) filter (where at <= ${until}::timestamptz - interval '1 day')::int as before
      from topic_signals
     where topic_id = ${topicId} and at > ${until}::timestamptz - interval '2 days' and at <= ${until}::timestamptz`.execute(
    db,
  );
  return rows[0]!;
}

export async function loadSaid(db: Db, issueId: string): Promise<SaidImpact> {
  const row = await db.selectFrom('issue_impacts').selectAll().where('issue_id', '=', issueId).executeTakeFirst();
  if (!row) return { version: 0, harm: null, severity: null, cohort: null };
  return {
    version: row.version,
    harm: row.harm,
    severity: row.severity && {
      severity: row.severity,
      reason: row.severity_reason!,
      by: row.severity_by,
      at: row.severity_at!,
    },
    cohort: row.cohort === null ? null : cohortOf(row),
  };
}

const cohortOf = (row: ImpactsTable): Cohort => ({
  segments: row.cohort as Cohort['segments'],
  endedOn: dayOf(row.cohort_ended_on!),
  source: row.cohort_source!,
  by: row.cohort_by,
  at: row.cohort_at!,
});

/** The driver gives a date as midnight of this machine's own zone. */
const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

interface Of {
  readonly id: string;
  readonly compartment: string;
}

/** Keeps `next` only if what was said is still at the version that the caller had seen. */
export async function saveSaid(trx: Trx, { id, compartment }: Of, next: SaidImpact, seen: number): Promise<void> {
  const { severity, cohort } = next;
  const { rows } = await sql`
    insert into issue_impacts (issue_id, compartment, version, harm, severity, severity_reason, severity_by, severity_at,
                               cohort, cohort_ended_on, cohort_source, cohort_by, cohort_at)
    select ${id}::uuid, ${compartment}, ${seen + 1}::int, ${next.harm}, ${severity?.severity ?? null}::smallint, ${severity?.reason ?? null},
           ${severity?.by ?? null}::uuid, ${severity?.at ?? null}::timestamptz, ${cohort && JSON.stringify(cohort.segments)}::jsonb,
           ${cohort?.endedOn ?? null}::date, ${cohort?.source ?? null}, ${cohort?.by ?? null}::uuid, ${cohort?.at ?? null}::timestamptz
     where ${seen}::int = 0 or exists (select from issue_impacts where issue_id = ${id}::uuid)
    on conflict (issue_id) do update
       set version = excluded.version, harm = excluded.harm, severity = excluded.severity,
           severity_reason = excluded.severity_reason, severity_by = excluded.severity_by, severity_at = excluded.severity_at,
           cohort = excluded.cohort, cohort_ended_on = excluded.cohort_ended_on, cohort_source = excluded.cohort_source,
           cohort_by = excluded.cohort_by, cohort_at = excluded.cohort_at
     where issue_impacts.version = ${seen}::int
    returning 1`.execute(trx);
  if (rows.length > 0) return;
  throw new Refusal(
    'issue.changed_meanwhile',
    'Somebody else said something of its impact meanwhile. Nothing of yours was kept. Reload it.',
  );
}

/** Of other issues that this reader may see: what hurts nobody any more, with everybody known. */
export async function pastCohorts(db: Db, issueId: string, today: string): Promise<Cohort['segments'][]> {
  const { rows } = await sql<{ cohort: Cohort['segments'] }>`
    select c.cohort from issue_impacts c join issues i on i.id = c.issue_id
     where c.cohort is not null and c.issue_id <> ${issueId}::uuid and c.cohort_ended_on < ${today}::date
       and i.state not in ('dismissed', 'duplicate')
     order by c.cohort_at desc limit 200`.execute(db);
  return rows.map(({ cohort }) => cohort);
}

export interface KeptRules {
  readonly rules: SeverityRules;
  readonly version: number;
}

export async function loadRules(db: Db): Promise<KeptRules> {
  const row = await db.selectFrom('severity_rules').select(['version', 'rules']).executeTakeFirst();
  return row ? { version: row.version, rules: SeverityRules.parse(row.rules) } : { version: 0, rules: FIRST_RULES };
}

export async function saveRules(trx: Trx, rules: SeverityRules, seen: number): Promise<KeptRules> {
  const { rows } = await sql<{ version: number }>`
    insert into severity_rules (version, rules) select ${seen + 1}::int, ${JSON.stringify(rules)}::jsonb
     where ${seen}::int = 0 or exists (select from severity_rules)
    on conflict (only_one) do update set version = excluded.version, rules = excluded.rules
     where severity_rules.version = ${seen}::int returning version`.execute(trx);
  if (rows[0]) return { rules, version: rows[0].version };
  throw new Refusal(
    'issue.changed_meanwhile',
    'Somebody else changed these rules. Nothing of yours was kept. Reload them.',
  );
}
