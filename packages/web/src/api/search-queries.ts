/** Searching everything at once, and the help while one types. */
import { searchAll, suggestValues } from '@groundswell/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export type SearchKind = 'signals' | 'topics' | 'issues';

export const everything = (q: string, only?: SearchKind) =>
  queryOptions({
    queryKey: ['search', q, only ?? 'all'],
    queryFn: () => call(searchAll, { query: { q, only, limit: only ? 50 : 5 } }),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
  });

export async function suggestFor(field: string, begun: string) {
  return (await call(suggestValues, { query: { field, begun } })).values;
}
