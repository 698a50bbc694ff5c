/** Lists that come whole: which of their rows, in what order. The address holds it; the rows are arranged where they are shown. */

import { saysAll } from '@groundswell/contract';
import { byWords } from './order.ts';

export interface ListSearch<S extends string> {
  q?: string;
  sort?: S;
  /** Largest first when left out. */
  order?: 'asc';
}

export function readListSearch<S extends string>(address: Record<string, unknown>, sorts: readonly S[]): ListSearch<S> {
  return {
    q: typeof address.q === 'string' && address.q !== '' ? address.q : undefined,
    sort: sorts.find((one) => one === address.sort),
    order: address.order === 'asc' ? 'asc' : undefined,
  };
}

/** By what a column sorts; null stands last, whichever way round. */
type Key = string | number | null;

interface Arrangement<R, S extends string> {
  search: ListSearch<S>;
  first: S;
  keys: Readonly<Record<S, (row: R) => Key>>;
  /** What the filter looks into. */
  words: (row: R) => string;
}

export function arrange<R, S extends string>(
  rows: readonly R[],
  { search, first, keys, words }: Arrangement<R, S>,
): R[] {
  const keyOf = keys[search.sort ?? first];
  const compare = byWords(document.documentElement.lang || 'en');
  const turn = search.order === 'asc' ? 1 : -1;
  return rows
    .filter((row) => saysAll(words(row), search.q))
    .sort((a, b) => {
      const [one, other] = [keyOf(a), keyOf(b)];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      const less = typeof one === 'string' ? compare(one, String(other)) : one - Number(other);
      return turn * less;
    });
}
