/** Where a search reads: from all signals, or from the members of a topic in the order of the topic's own index. */
import type { QueryNode } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Above } from './above.ts';
import { asksForWords, matching, type SpeltFilter } from './filter.store.ts';
import type { Seam } from './query.store.ts';
import type { Asked } from './query.ts';
import type { Sample } from './sample.store.ts';

type Sql = RawBuilder<unknown>;
export type Reads = Seam & Pick<Above, 'membersOf'>;

export interface Place {
  /** For `from`: a table that is called `signals`, with or without members beside it. */
  readonly from: Sql;
  readonly conditions: Sql;
  /** What a page is ordered by. */
  readonly at: Sql;
  readonly id: Sql;
}

/**
 * For a page of what was found, in order. A topic that everything must belong to is no condition here: walked through in
 * time, a topic of one signal in a hundred costs a hundred looks for each row of the page.
 */
export function pagePlace(filter: SpeltFilter, above: Reads): Place {
  const { topics, rest } = withoutTopics(filter);
  return topics === null ? allOf(filter, above) : amongst(above.membersOf(topics), rest, above);
}

/**
 * For all of what was found, or what a sample has of it. Members are looked up in the order of their ids, in which the index
 * of signals stands: a third of the time. Of a sample only those are looked up that can be in it.
 */
export function wholePlace(filter: SpeltFilter, above: Reads, sample: Sample | null = null): Place {
  const { topics, rest } = withoutTopics(filter);
  if (topics === null) return allOf(filter, above, sample?.table);
  const can = sample ? sample.bound : sql`true`;
  const members = sql`select * from (${above.membersOf(topics)}) m where ${can} order by signal_id`;
  return amongst(members, rest, above, sample?.table);
}

const SIGNALS = sql`signals`;

const allOf = (filter: SpeltFilter, above: Reads, table: Sql = SIGNALS): Place => ({
  from: table,
  conditions: matching(filter, above),
  at: sql`signals.at`,
  id: sql`signals.signal_id`,
});

const amongst = (members: Sql, rest: SpeltFilter, above: Reads, table: Sql = SIGNALS): Place => ({
  from: sql`(${members}) member join ${table} on signals.signal_id = member.signal_id`,
  conditions: matching(rest, above),
  at: sql`member.at`,
  id: sql`member.signal_id`,
});

/** The topics of which everything found must be a member, and what is asked besides; null where nothing says so. */
function withoutTopics(filter: SpeltFilter): { topics: readonly string[] | null; rest: SpeltFilter } {
  const { topic, asked, q } = filter;
  if (topic) return { topics: [topic], rest: { ...filter, topic: undefined } };
  const tree = asksForWords(q) && asked ? asked.query.tree : null;
  if (!asked || !tree) return { topics: null, rest: filter };
  const parts = tree.type === 'and' ? tree.of : [tree];
  const named = parts.find((part) => topicsOf(asked, part).length > 0);
  if (!named) return { topics: null, rest: filter };
  const others = parts.filter((part) => part !== named);
  const rest =
    others.length === 0
      ? { ...filter, q: undefined, asked: undefined }
      : { ...filter, asked: { ...asked, query: { ...asked.query, tree: together(others, tree) } } };
  return { topics: topicsOf(asked, named), rest: rest as SpeltFilter };
}

const together = (parts: readonly QueryNode[], { at }: QueryNode): QueryNode =>
  parts.length === 1 ? parts[0]! : { type: 'and', of: [...parts], at };

function topicsOf({ meant }: Asked, part: QueryNode): readonly string[] {
  const found = part.type === 'field' ? meant.get(part) : undefined;
  return found?.as === 'topics' ? found.ids : [];
}
