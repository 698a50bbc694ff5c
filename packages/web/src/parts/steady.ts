/** A list that does not jump while somebody reads it: rows change where they stand, new ones wait to be let in. Pure. */

export interface Held<R, P> {
  readonly rows: readonly R[];
  /** Where each stands, by id: its part of the list as it was when it came in. */
  readonly places: ReadonlyMap<string, P>;
  /** New ones that wait. */
  readonly waiting: number;
}

export interface Steadying<R, P> {
  readonly idOf: (row: R) => string;
  readonly placeOf: (row: R) => P;
  /** Moved by the reader: it goes where it belongs at once, they have just sent it there. */
  readonly isOwn: (id: string) => boolean;
}

export function letIn<R, P>(fresh: readonly R[], { idOf, placeOf }: Steadying<R, P>): Held<R, P> {
  return { rows: fresh, places: new Map(fresh.map((row) => [idOf(row), placeOf(row)])), waiting: 0 };
}

/**
 * What stays on the screen when `fresh` has come: the same rows in the same order with what is new about them. One that has
 * left the list stays as it was last seen until the reader lets go; one behind the last of them is no jump and comes in.
 */
export function keepSteady<R, P>(held: Held<R, P>, fresh: readonly R[], steadying: Steadying<R, P>): Held<R, P> {
  const { idOf, placeOf, isOwn } = steadying;
  const news = new Map(fresh.map((row) => [idOf(row), row]));
  const kept = held.rows
    .map((row) => news.get(idOf(row)) ?? row)
    .filter((row) => news.has(idOf(row)) || !isOwn(idOf(row)));
  const known = new Set(kept.map(idOf));
  const last = fresh.findLastIndex((row) => known.has(idOf(row)));
  const behind = fresh.slice(last + 1);
  const places = new Map(held.places);
  for (const row of kept) if (isOwn(idOf(row))) places.set(idOf(row), placeOf(row));
  for (const row of behind) places.set(idOf(row), placeOf(row));
  const before = fresh.slice(0, last + 1).filter((row) => !known.has(idOf(row)));
  const own = before.filter((row) => isOwn(idOf(row)));
  for (const row of own) places.set(idOf(row), placeOf(row));
  return { rows: [...own, ...kept, ...behind], places, waiting: before.length - own.length };
}
