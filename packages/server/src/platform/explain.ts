/** How PostgreSQL would run a query: for tests that hold a search to its index, as the role and under the wall of a request. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './db.ts';

export interface Plan {
  /** Names of the indexes that are read. */
  readonly indexes: string[];
  /** Tables that are read from end to end. */
  readonly sequential: string[];
  /** The whole plan, for the message of a failed expectation. */
  readonly text: string;
}

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  Plans?: Node[];
}

/**
 * Small test tables are cheapest to read whole, so sequential scans are made expensive first: what is still read
 * sequentially has no usable index at all. Call it inside `db.as` or `db.change`.
 */
export async function explain(db: Db, query: RawBuilder<unknown>): Promise<Plan> {
  await sql`set local enable_seqscan = off`.execute(db);
  const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Node }] }>`explain (format json) ${query}`.execute(db);
  const nodes = flatten(rows[0]!['QUERY PLAN'][0].Plan);
  return {
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    sequential: nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? ''),
    text: JSON.stringify(rows[0]!['QUERY PLAN'], null, 2),
  };
}

const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
