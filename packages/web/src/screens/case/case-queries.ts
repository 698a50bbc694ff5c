/** One case, what runs out of it, what happened to it; and everything that is done to it. */
import {
  explainCaseClocks,
  listCases,
  listCaseTemplates,
  readCase,
  readCaseClocks,
  readTimeline,
  type TIMELINE_KINDS,
} from '@groundswell/contract';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { CASES } from '../../api/case-keys.ts';
import { liveInterval } from '../../api/liveness.ts';

export const oneCase = (id: string) =>
  queryOptions({
    queryKey: [...CASES, 'one', id],
    queryFn: () => call(readCase, { params: { id } }),
    refetchInterval: liveInterval(10_000), // a colleague's act must be seen before it is done twice
  });

export const caseClocks = (id: string) =>
  queryOptions({
    queryKey: [...CASES, 'clocks', id],
    queryFn: () => call(readCaseClocks, { params: { id } }),
    refetchInterval: liveInterval(30_000),
    retry: false,
  });

export const whyClocks = (id: string) =>
  queryOptions({
    queryKey: [...CASES, 'why', id],
    queryFn: () => call(explainCaseClocks, { params: { id }, query: {} }),
    staleTime: 0,
  });

export const caseTemplates = () =>
  queryOptions({
    queryKey: [...CASES, 'templates'],
    queryFn: () => call(listCaseTemplates, {}),
    staleTime: 60_000,
  });

export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export const timeline = (id: string, kind: TimelineKind | null) =>
  infiniteQueryOptions({
    queryKey: [...CASES, 'timeline', id, kind ?? 'all'],
    queryFn: ({ pageParam }) =>
      call(readTimeline, {
        params: { id },
        query: { limit: 40, ...(kind ? { kind } : {}), ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** To choose another case from. */
export const otherCases = () =>
  queryOptions({
    queryKey: [...CASES, 'others'],
    queryFn: () => call(listCases, { query: { group: 'all', sort: 'changed', limit: 200 } }),
    staleTime: 30_000,
  });

/** One act at a time; whatever came of it, what is shown is asked for again. */
export function useCaseAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => client.invalidateQueries({ queryKey: CASES }),
  });
}
export type CaseActs = ReturnType<typeof useCaseAct>;
