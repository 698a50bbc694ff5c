/** Issues at rest: one of them, found, made, kept. Lists stand in `issue.list.store.ts`. */
import { type DismissReason, type IssueState, Refusal } from '@groundswell/contract';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { type IssueRef, parseRef } from './issue.key.ts';
import type { Issue } from './issue.ts';

declare module '../platform/database.ts' {
  interface Database {
    issues: IssuesTable;
    issue_numbers: { compartment: string; next_number: number };
  }
}

interface IssuesTable {
  id: string;
  compartment: string;
  number: number;
  version: number;
  topic_id: string;
  alert_id: string;
  state: IssueState;
  historical: boolean;
  label: string;
  title: string | null;
  dismiss_reason: DismissReason | null;
  note: string | null;
  owner_id: string | null;
  duplicate_of: string | null;
  onset_at: Date;
  noticed_at: Date;
  observed: number;
  expected: number;
  signals: number;
  people: number | null;
  ratio: number | null;
  counted_at: Date;
  created_at: Date;
  changed_at: Date;
}

export const ISSUE = [
  'id',
  'compartment',
  'number',
  'version',
  'topic_id as topicId',
  'alert_id as alertId',
  'state',
  'historical',
  'label',
  'title',
  'dismiss_reason as dismissReason',
  'note',
  'owner_id as ownerId',
  'duplicate_of as duplicateOf',
  'onset_at as onsetAt',
  'noticed_at as noticedAt',
  'observed',
  'expected',
  'signals',
  'people',
  'ratio',
  'counted_at as countedAt',
  'created_at as createdAt',
  'changed_at as changedAt',
] as const;

/** By id or key. Hidden, absent and malformed get the same answer. */
export async function loadIssue(db: Db, word: string): Promise<Issue> {
  const ref = parseRef(word);
  const found = ref && (await findIssue(db, ref));
  if (!found) throw new Refusal('issue.not_found', 'There is no such issue, or you cannot see it.');
  return found;
}

async function findIssue(db: Db, ref: IssueRef): Promise<Issue | undefined> {
  const issues = db.selectFrom('issues').select(ISSUE);
  if ('id' in ref) return issues.where('id', '=', ref.id).executeTakeFirst();
  return issues.where('compartment', '=', ref.compartment).where('number', '=', ref.number).executeTakeFirst();
}

/** The issue of a topic, held until the end of the transaction: two surges of one topic change it one after the other. */
export async function holdIssueOf(trx: Trx, topicId: string): Promise<Issue | undefined> {
  return trx.selectFrom('issues').select(ISSUE).where('topic_id', '=', topicId).forUpdate().executeTakeFirst();
}

/** Held until the end of the transaction, in one order, so that two who want the same two do not wait for each other. */
export async function holdIssues(trx: Trx, ids: readonly string[]): Promise<Map<string, Issue>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await trx
    .selectFrom('issues')
    .select(ISSUE)
    .where('id', 'in', wanted)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(rows.map((issue) => [issue.id, issue]));
}

/**
 * Locks the numbers of a compartment to the end of the transaction; whoever is second waits. The number itself is taken
 * only if it is used, so there are no gaps.
 */
export async function lockNumbers(trx: Trx, compartment: string): Promise<{ take(): Promise<number> }> {
  await sql`insert into issue_numbers (compartment) values (${compartment}) on conflict do nothing`.execute(trx);
  const numbers = trx.selectFrom('issue_numbers').select('next_number').where('compartment', '=', compartment);
  const { next_number: number } = await numbers.forUpdate().executeTakeFirstOrThrow();
  const take = async () => {
    const next = trx.updateTable('issue_numbers').set({ next_number: number + 1 });
    await next.where('compartment', '=', compartment).execute();
    return number;
  };
  return { take };
}

/** Fails if the topic has an issue already: whoever makes one has locked the numbers and looked. */
export async function insertIssue(trx: Trx, issue: Issue): Promise<void> {
  const row = { id: issue.id, compartment: issue.compartment, number: issue.number, created_at: issue.createdAt };
  const made = { ...row, version: issue.version, topic_id: issue.topicId, ...columns(issue) };
  await trx.insertInto('issues').values(made).execute();
}

/** Keeps `next` only if the issue is still at the version that the caller had seen. */
export async function saveIssue(trx: Trx, next: Issue, seenVersion: number): Promise<Issue> {
  const saved = await trx
    .updateTable('issues')
    .set({ ...columns(next), version: seenVersion + 1 })
    .where('id', '=', next.id)
    .where('version', '=', seenVersion)
    .returning(ISSUE)
    .executeTakeFirst();
  if (!saved) {
    throw new Refusal(
      'issue.changed_meanwhile',
      'Somebody else changed this issue. Nothing of yours was kept. Reload it.',
    );
  }
  return saved;
}

const columns = (issue: Issue) => ({
  alert_id: issue.alertId,
  state: issue.state,
  historical: issue.historical,
  label: issue.label,
  title: issue.title,
  dismiss_reason: issue.dismissReason,
  note: issue.note,
  owner_id: issue.ownerId,
  duplicate_of: issue.duplicateOf,
  onset_at: issue.onsetAt,
  noticed_at: issue.noticedAt,
  changed_at: issue.changedAt,
  ...countColumns(issue),
});

export type Counts = Pick<Issue, 'observed' | 'expected' | 'signals' | 'people' | 'ratio' | 'countedAt'>;

const countColumns = (counts: Counts) => ({
  observed: counts.observed,
  expected: counts.expected,
  signals: counts.signals,
  people: counts.people,
  ratio: counts.ratio,
  counted_at: counts.countedAt,
});

/** Numbers grow by themselves: that is no change which a person could have missed, so the version stays. */
export async function saveCounts(trx: Trx, id: string, counts: Counts & Pick<Issue, 'label'>): Promise<void> {
  const row = { ...countColumns(counts), label: counts.label };
  await trx.updateTable('issues').set(row).where('id', '=', id).execute();
}

export interface Counted {
  readonly id: string;
  readonly topicId: string;
  readonly alertId: string;
  readonly countedAt: Date;
}

export async function listCounted(db: Db): Promise<Counted[]> {
  const columns = ['id', 'topic_id as topicId', 'alert_id as alertId', 'counted_at as countedAt'] as const;
  // one that was merged keeps the numbers that it had
  return db.selectFrom('issues').select(columns).where('duplicate_of', 'is', null).orderBy('id').execute();
}

/** By topic; one without an issue is not in it. */
export async function issuesOfTopics(db: Db, topicIds: readonly string[]): Promise<Map<string, Issue>> {
  if (topicIds.length === 0) return new Map();
  const rows = await db.selectFrom('issues').select(ISSUE).where('topic_id', 'in', topicIds).execute();
  return new Map(rows.map((issue) => [issue.topicId, issue]));
}

export async function issuesById(db: Db, ids: readonly string[]): Promise<Map<string, Issue>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('issues').select(ISSUE).where('id', 'in', ids).execute();
  return new Map(rows.map((issue) => [issue.id, issue]));
}

/** By compartment: what people have dismissed as a false alert since then. */
export async function countDismissed(
  db: Db,
  compartments: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ compartment: string; count: number }>`
    select compartment, count(*)::int as count from issues
     where state = 'dismissed' and dismiss_reason = 'false_alert' and changed_at >= ${since}
       and compartment = any(${compartments}::text[]) group by compartment`.execute(db);
  return new Map(rows.map(({ compartment, count }) => [compartment, count]));
}
