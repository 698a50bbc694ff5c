/** The queue, page by page. */
import { listCases } from '@groundswell/contract';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
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
