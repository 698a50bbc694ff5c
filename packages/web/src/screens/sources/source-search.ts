/** The address of the list of sources: which ones, in what order. */
import type { SourceView } from '@groundswell/contract';
import { arrange, type ListSearch, readListSearch } from '../../parts/list-search.ts';

const SORTS = ['received', 'event', 'name', 'signals', 'refused'] as const;
export type SourceSort = (typeof SORTS)[number];
export type SourceSearch = ListSearch<SourceSort>;

export const readSourceSearch = (address: Record<string, unknown>): SourceSearch => readListSearch(address, SORTS);

const KEYS: Readonly<Record<SourceSort, (source: SourceView) => string | number | null>> = {
  received: (source) => source.lastReceivedAt,
  event: (source) => source.lastEventAt,
  name: (source) => source.name,
  signals: (source) => source.signals,
  refused: (source) => source.refused,
};

export const arrangeSources = (sources: readonly SourceView[], search: SourceSearch): SourceView[] =>
  arrange(sources, { search, first: 'received', keys: KEYS, words: (source) => source.name });
