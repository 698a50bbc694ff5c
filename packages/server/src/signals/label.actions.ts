/** Asks for topics and issues in the grammar of signals: what the query means for them, and why one was found. */
import type { FoundMark, QueryNote, Searched, Why } from '@groundswell/contract';
import { leavesOf } from '@groundswell/contract';
import type { RawBuilder } from 'kysely';
import type { Db } from '../platform/db.ts';
import { type Labelled, labelledCondition, patternOf } from './label-query.store.ts';
import { fieldsWithout, formsOf } from './query.ts';
import { type Knowing, lookUp } from './query-meaning.ts';
import { whyCalled } from './why.ts';

export type { Labelled } from './label-query.store.ts';

export interface AskedLabelled {
  readonly condition: RawBuilder<unknown>;
  /** For `ilike`: what a name is better for holding. */
  readonly patterns: readonly string[];
  /** Fields of the query that things of this kind do not have. */
  readonly without: readonly string[];
  readonly notes: readonly QueryNote[];
  readonly why: (texts: readonly (readonly [FoundMark['in'], string])[]) => Why;
}

export async function askLabelled(
  db: Db,
  q: string,
  above: Knowing,
  { kind, of }: { kind: Searched; of: Labelled },
): Promise<AskedLabelled> {
  const isKnown = of.isKnown ?? (async () => true);
  const asked = await lookUp(db, q, above, { kind, canAsk: (node) => of.field(node) !== null, isKnown });
  const words = leavesOf(asked.query.tree).flatMap(({ node, not }) => (not ? [] : formsOf(asked, node)));
  return {
    condition: labelledCondition(asked, of),
    patterns: words.map(patternOf),
    without: fieldsWithout(asked, kind),
    notes: asked.notes,
    why: (texts) => whyCalled(texts, asked),
  };
}
