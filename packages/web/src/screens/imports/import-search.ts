/** The address of the list of imports: which ones, in what order. */
import type { ImportView } from '@groundswell/contract';
import { arrange, type ListSearch, readListSearch } from '../../parts/list-search.ts';

const SORTS = ['when', 'file', 'source', 'added', 'refused'] as const;
export type ImportSort = (typeof SORTS)[number];
export type ImportSearch = ListSearch<ImportSort>;

export const readImportSearch = (address: Record<string, unknown>): ImportSearch => readListSearch(address, SORTS);

const KEYS: Readonly<Record<ImportSort, (view: ImportView) => string | number | null>> = {
  when: (view) => view.createdAt,
  file: (view) => view.fileName,
  source: (view) => view.sourceName,
  added: (view) => view.progress.added,
  refused: (view) => view.progress.refused,
};

export const arrangeImports = (imports: readonly ImportView[], search: ImportSearch): ImportView[] =>
  arrange(imports, { search, first: 'when', keys: KEYS, words: (view) => `${view.fileName} ${view.sourceName ?? ''}` });
