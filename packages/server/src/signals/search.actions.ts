/** A few signals for a query, the best first, and how many there are. */
import type { QueryNote, SignalView, Why } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import type { Above } from './above.ts';
import { understood } from './filter.store.ts';
import { fieldsWithout } from './query.ts';
import { findPage, type Page } from './search.store.ts';
import { loadKept } from './signal.store.ts';
import { viewSignal } from './signal.ts';
import { countMatches } from './summary.store.ts';
import { whyOf } from './why.ts';

export { askLabelled, type Labelled } from './label.actions.ts';

export interface SomeSignals {
  readonly found: { readonly signal: SignalView; readonly why: Why }[];
  readonly total: number;
  readonly more: boolean;
  readonly without: readonly string[];
  readonly notes: readonly QueryNote[];
}

export async function searchSome(db: Db, q: string, limit: number, above: Above): Promise<SomeSignals> {
  const filter = await understood(db, { q }, above);
  const without = filter.asked ? fieldsWithout(filter.asked, 'signals') : [];
  const notes = filter.asked?.notes ?? [];
  if (without.length > 0) return { found: [], total: 0, more: false, without, notes };
  const ids = (await findPage(db, { filter, sort: 'relevance', after: null, limit }, above)).map(({ id }) => id);
  const { total, more } = await countMatches(db, filter, above);
  return { found: await explained(db, ids, filter, above), total, more, without, notes };
}

/** These signals as they are shown, each with why it was found. */
export async function explained(
  db: Db,
  ids: readonly string[],
  { asked }: Pick<Page['filter'], 'asked'>,
  above: Pick<Above, 'topicsOf' | 'copiesOf'>,
): Promise<{ signal: SignalView; why: Why }[]> {
  const kept = await loadKept(db, ids);
  const topics = await above.topicsOf(db, ids);
  const copies = await above.copiesOf(db, ids);
  return kept.map((one) => ({
    signal: viewSignal(one, { topic: topics.get(one.id) ?? null, copies: copies.get(one.id) ?? null }),
    why: whyOf(one, asked),
  }));
}
