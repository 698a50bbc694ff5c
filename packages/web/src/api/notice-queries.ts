/** What I must know: counted beside the place, listed on its screen. */
import { countNotices, listNotices, type Notice, readNotice, readNotices } from '@groundswell/contract';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { CASES } from './case-keys.ts';
import { liveInterval } from './liveness.ts';

/** Below what shows cases: news of a case are asked for here too. */
const NOTICES = [...CASES, 'notices'] as const;

/** Also while the stream is there: a notice is written a moment after the news that the stream tells. */
const AGAIN_MS = 15_000;

export const unreadNotices = () =>
  queryOptions({
    queryKey: [...NOTICES, 'count'],
    queryFn: () => call(countNotices, {}),
    refetchInterval: AGAIN_MS,
  });

export const notices = (show: 'unread' | 'all') =>
  infiniteQueryOptions({
    queryKey: [...NOTICES, 'list', show],
    queryFn: ({ pageParam }) =>
      call(listNotices, { query: { unread: show === 'unread' ? 'true' : 'false', after: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: liveInterval(AGAIN_MS),
  });

export function useRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, read }: { id: Notice['id']; read: boolean }) =>
      call(readNotice, { params: { id }, body: { read } }),
    onSettled: () => client.invalidateQueries({ queryKey: NOTICES }),
  });
}

/** Those that were shown, and none that came meanwhile. */
export function useReadAll() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (until: string) => call(readNotices, { body: { until } }),
    onSettled: () => client.invalidateQueries({ queryKey: NOTICES }),
  });
}
