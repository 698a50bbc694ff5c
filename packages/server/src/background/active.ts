/** How many people are active on an ordinary day of a time: what rates are measured against. */
import type { Db } from '../platform/db.ts';
import { countDays, type Days, listCuts, meanOfTotals } from './active-users.store.ts';
import { cutFor } from './active-users.ts';

export interface Active {
  /** Mean over the days that were sent. */
  readonly people: number;
  readonly days: number;
}

/** Null where nobody sent totals for these days; slices are never added up, for who is in two of them would count twice. */
export async function activeOn(db: Db, days: Days): Promise<Active | null> {
  const cut = cutFor(await listCuts(db, days), undefined);
  if (!cut || cut.summed) return null;
  const counts = await countDays(db, { ...days, names: cut.names });
  const people = counts.reduce((sum, { users }) => sum + users, 0) / Math.max(1, counts.length);
  return people > 0 ? { people, days: counts.length } : null;
}

/** The same for many times at once, in their order: as many queries as for one. */
export async function activeOnEach(db: Db, asked: readonly Required<Days>[]): Promise<(Active | null)[]> {
  const keyOf = ({ compartment, from, to }: Days) => [compartment, from, to].join(' ');
  const apart = [...new Map(asked.map((days) => [keyOf(days), days]))];
  const means = await meanOfTotals(
    db,
    apart.map(([, days]) => days),
  );
  const found = new Map(apart.map(([key], i) => [key, means[i]!]));
  return asked.map((days) => found.get(keyOf(days))!);
}
