/** Searching everything at once, and the help while one types. */
import { ISSUE_IS, searchAll, suggestValues } from '@groundswell/contract';
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

/** The same over issues: they have no dimensions, and not everything that can be asked of signals. */
export async function suggestForIssues(field: string, begun: string) {
  if (field === '') return [];
  if (field !== 'is') return suggestFor(field, begun);
  return ISSUE_IS.filter((value) => value.startsWith(begun)).map((value) => ({ value, label: value, count: null }));
}
