/** The addresses of the dictionary: which dimensions in what order, and of one which values. */
import type { DimensionView } from '@groundswell/contract';
import { arrange, type ListSearch, readListSearch } from '../../parts/list-search.ts';

const SORTS = ['rows', 'values', 'name', 'first', 'last'] as const;
export type DimensionSort = (typeof SORTS)[number];

export interface DimensionsSearch extends ListSearch<DimensionSort> {
  /** The compartment, where it is not the first of one's own. */
  in?: string;
}

const text = (said: unknown): string | undefined => (typeof said === 'string' && said !== '' ? said : undefined);

export const readDimensionsSearch = (address: Record<string, unknown>): DimensionsSearch => ({
  ...readListSearch(address, SORTS),
  in: text(address.in),
});

const KEYS: Readonly<Record<DimensionSort, (one: DimensionView) => string | number>> = {
  rows: (one) => one.rows,
  values: (one) => one.values,
  name: (one) => one.name,
  first: (one) => one.firstAt,
  last: (one) => one.lastAt,
};

export const arrangeDimensions = (
  rows: readonly DimensionView[],
  search: DimensionsSearch,
  said: (name: string) => string,
): DimensionView[] =>
  arrange(rows, { search, first: 'rows', keys: KEYS, words: (one) => `${one.name} ${said(one.name)}` });

export const VALUE_SORTS = ['rows', 'value', 'newest'] as const;
export type ValueSort = (typeof VALUE_SORTS)[number];

export interface ValuesSearch {
  q?: string;
  sort?: ValueSort;
  source?: string;
  /** From 2 on. */
  page?: number;
  in?: string;
}

export const VALUES_PER_PAGE = 100;
const PAGES_MAX = 1_000;

export function readValuesSearch(address: Record<string, unknown>): ValuesSearch {
  const page = Number(address.page);
  return {
    q: text(address.q),
    sort: VALUE_SORTS.find((one) => one === address.sort),
    source: text(address.source),
    page: Number.isInteger(page) && page > 1 && page <= PAGES_MAX ? page : undefined,
    in: text(address.in),
  };
}

/** What a merge would do: how many rows change their value, and how many the target has then. */
export function effectOf(
  chosen: ReadonlyMap<string, number>,
  to: string,
  rowsOf: (value: string) => number,
): { values: number; rows: number; total: number } {
  const moved = [...chosen].filter(([value]) => value !== to);
  const rows = moved.reduce((sum, [, own]) => sum + own, 0);
  return { values: moved.length, rows, total: rows + (chosen.get(to) ?? rowsOf(to)) };
}
