/** The queue, page by page, and what is done to a row of it. */
import { assignCase, type CaseRow, listCases } from '@groundswell/contract';
import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { CASES } from '../../api/case-keys.ts';
import { liveInterval } from '../../api/liveness.ts';
import { type CaseSearch, queryOf } from './case-search.ts';

export const caseList = (search: CaseSearch) =>
  infiniteQueryOptions({
    queryKey: [...CASES, 'list', queryOf(search)],
    queryFn: ({ pageParam }) =>
      call(listCases, { query: { ...queryOf(search), ...(pageParam ? { after: pageParam } : {}) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: liveInterval(20_000),
    placeholderData: keepPreviousData,
  });

/** To oneself. A version that is not the newest any more is refused, and the list is asked for again. */
export function useTake() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ row, me }: { row: CaseRow; me: string }) =>
      call(assignCase, { params: { id: row.id }, body: { version: row.version, owner: me } }),
    onSettled: () => client.invalidateQueries({ queryKey: CASES }),
  });
}
