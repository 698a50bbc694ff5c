/** Searching topics by what they are called. */
import { type FieldTest, timesOf } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Labelled } from '../signals/index.ts';

type Sql = RawBuilder<unknown>;

export interface FoundTopic {
  readonly id: string;
  readonly compartment: string;
  readonly label: string;
  readonly phrases: readonly string[];
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** How a topic is asked; `hasIssue` is a condition of the slice above, which knows issues. */
export const askTopics = (hasIssue: Sql): Labelled => ({
  says: (patterns) =>
    sql`(topics.label ilike any(${patterns}::text[]) or array_to_string(topics.phrases, ' ') ilike any(${patterns}::text[]))`,
  topics: (ids) => sql`topics.id = any(${ids}::uuid[])`,
  field({ name, any }) {
    const tests = any.map((test) => fieldSql(name, test, hasIssue));
    return tests.every((one) => one !== null) ? sql`(${sql.join(tests, sql` or `)})` : null;
  },
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function fieldSql(name: string, test: FieldTest, hasIssue: Sql): Sql | null {
  if (name === 'at') {
    const times = timesOf(test);
    return (
      times &&
      sql`(topics.last_at >= coalesce(${times.from}::timestamptz, '-infinity') and topics.first_at < coalesce(${times.to}::timestamptz, 'infinity'))`
    );
  }
  if (test.is !== 'value') return null;
  if (name === 'id' && UUID.test(test.text)) return sql`topics.id = ${test.text}::uuid`;
  if (name === 'compartment') return sql`topics.compartment = ${test.text}`;
  return name === 'has' && test.text === 'issue' ? hasIssue : null;
}

/** Those whose name says it before those whose phrases do, then the newest. Merged ones live on in others. */
export async function findTopics(
  db: Db,
  { condition, patterns, limit }: { condition: Sql; patterns: readonly string[]; limit: number },
): Promise<{ total: number; topics: FoundTopic[] }> {
  const { rows } = await sql<FoundTopic & { total: number }>`
    select id, compartment, label, phrases, first_at as "firstAt", last_at as "lastAt", count(*) over ()::int as total
      from topics where merged_into is null and ${condition}
     order by label ilike any(${patterns}::text[]) desc, last_at desc, id limit ${limit}`.execute(db);
  return { total: rows[0]?.total ?? 0, topics: rows };
}

/** Ids of the topics whose name holds these words. */
export async function topicsCalled(db: Db, words: string): Promise<string[]> {
  const pattern = `%${words
    .toWellFormed()
    .replaceAll('\0', '')
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<{ id: string }>`
    select id from topics where merged_into is null and label ilike ${pattern} order by last_at desc, id limit 20`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Topics whose name holds these letters, as the help of the search field lists them. */
export async function suggestTopics(
  db: Db,
  begun: string,
  limit: number,
): Promise<{ value: string; label: string; count: null }[]> {
  const pattern = `%${begun.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<{ value: string; label: string; count: null }>`
    select id as value, label, null as count from topics where merged_into is null and label ilike ${pattern}
     order by last_at desc, id limit ${limit}`.execute(db);
  return rows;
}
