/** Searching issues by what they are called and by what is known of them. */
import { type FieldTest, type ISSUE_IS, IssueState, numbersOf, timesOf } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Labelled } from '../signals/index.ts';
import { parseRef } from './issue.key.ts';
import { ISSUE } from './issue.store.ts';
import type { Issue } from './issue.ts';
import { isFollowed, isNews, MARKS, type Marked, withMark } from './news.store.ts';
import { isOwnerKnown, ownerSql } from './owner.store.ts';
import type { Graves } from './severity.store.ts';

type Sql = RawBuilder<unknown>;

/**
 * How an issue is asked: by a part of its name, or by its key. What is `marked` already is not found out again; how grave
 * each is has to be known before.
 */
export const issuesAsked = (marked: Marked = {}, graves: Graves = new Map()): Labelled => ({
  says(patterns, words) {
    const keys = words.flatMap((word) => parseRef(word) ?? []).flatMap((ref) => ('number' in ref ? [ref] : []));
    const called = keys.map(
      ({ compartment, number }) => sql`(issues.compartment = ${compartment} and number = ${number})`,
    );
    return sql`(${sql.join([sql`coalesce(title, label) ilike any(${patterns}::text[])`, ...called], sql` or `)})`;
  },
  topics: (ids) => sql`topic_id = any(${ids}::uuid[])`,
  field({ name, any }) {
    const tests = any.map((test) => (name === 'severity' ? graveSql(test, graves) : fieldSql(name, test, marked)));
    return tests.every((one) => one !== null) ? sql`(${sql.join(tests, sql` or `)})` : null;
  },
  isKnown: async (db, { name, any }) => name !== 'owner' || isOwnerKnown(db, any),
});

function fieldSql(name: string, test: FieldTest, marked: Marked): Sql | null {
  if (name === 'signals' || name === 'people') return numberSql(sql.ref(name), test);
  if (name === 'at') {
    const times = timesOf(test);
    return (
      times &&
      sql`(noticed_at >= coalesce(${times.from}::timestamptz, '-infinity') and noticed_at < coalesce(${times.to}::timestamptz, 'infinity'))`
    );
  }
  if (name === 'owner') return ownerSql(test);
  if (test.is !== 'value') return null;
  switch (name) {
    case 'state':
      return IssueState.safeParse(test.text).success ? sql`state = ${test.text}` : null;
    case 'is':
      return isSql(test.text.toLowerCase(), marked);
    case 'id': {
      const ref = parseRef(test.text);
      return ref && 'id' in ref ? sql`issues.id = ${ref.id}::uuid` : null;
    }
    case 'compartment':
      return sql`issues.compartment = ${test.text}`;
    default:
      return null;
  }
}

function graveSql(test: FieldTest, graves: Graves): Sql | null {
  const range = numbersOf(test);
  if (!range) return null;
  const ids = [...graves].flatMap(([id, severity]) => (severity >= range.from && severity <= range.to ? [id] : []));
  return sql`issues.id = any(${ids}::uuid[])`;
}

const IS: Readonly<Partial<Record<string, Sql>>> = {
  historical: sql`historical`,
  renamed: sql`title is not null`,
  unread: isNews,
  followed: isFollowed,
} satisfies Record<(typeof ISSUE_IS)[number], Sql>;

function isSql(said: string, marked: Marked): Sql | null {
  const mark = MARKS.find((one) => one === said);
  return (mark && withMark(marked, mark)) ?? IS[said] ?? null;
}

function numberSql(column: Sql, test: FieldTest): Sql | null {
  const range = numbersOf(test);
  if (!range) return null;
  const [from, to] = [range.from, range.to].map((one) => (Number.isFinite(one) ? one : null));
  return sql`(${column} >= coalesce(${from ?? null}::int8, 0) and ${column} <= coalesce(${to ?? null}::int8, 9223372036854775807))`;
}

/** A condition on `signals.signal_id`: its topic has an issue. */
export const inAnyIssue = (): Sql => sql`
  exists (select from topic_signals t join issues i on i.topic_id = t.topic_id where t.signal_id = signals.signal_id)`;

/** What no issue can be asked. */
export const NOTHING = sql`false`;

/** A condition on `topics`. */
export const topicHasIssue = sql`exists (select from issues i where i.topic_id = topics.id)`;

export async function topicOfIssue(db: Db, said: string): Promise<string | null> {
  const ref = parseRef(said);
  if (!ref) return null;
  const called =
    'id' in ref ? sql`id = ${ref.id}::uuid` : sql`compartment = ${ref.compartment} and number = ${ref.number}`;
  const { rows } = await sql<{ topic: string }>`select topic_id as topic from issues where ${called}`.execute(db);
  return rows[0]?.topic ?? null;
}

/** Open ones before closed ones, then those whose name says it, then the newest. */
export async function findIssues(
  db: Db,
  { condition, patterns, limit }: { condition: Sql; patterns: readonly string[]; limit: number },
): Promise<{ total: number; issues: Issue[] }> {
  const issues = await db
    .selectFrom('issues')
    .select(ISSUE)
    .where(sql<boolean>`${condition}`)
    .orderBy(sql`state in ('verified', 'duplicate', 'dismissed', 'risk_accepted'),
      coalesce(title, label) ilike any(${patterns}::text[]) desc, noticed_at desc, id`)
    .limit(limit)
    .execute();
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from issues where ${condition}`.execute(
    db,
  );
  return { total: rows[0]!.total, issues };
}

export async function suggestIssues(db: Db, begun: string, limit: number): Promise<Issue[]> {
  const condition = issuesAsked().says([`%${begun.replaceAll(/[\\%_]/g, '\\$&')}%`], [begun]);
  return (await findIssues(db, { condition, patterns: [], limit })).issues;
}
