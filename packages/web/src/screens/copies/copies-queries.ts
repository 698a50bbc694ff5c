/** What the screen of copied texts asks. */
import { listCopyGroups, readSignal } from '@groundswell/contract';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';
import { type CopiesSearch, queryOf } from './copies-search.ts';

export const copyGroups = (search: CopiesSearch) => {
  const query = { ...queryOf(search), limit: 30 };
  return infiniteQueryOptions({
    queryKey: ['copies', query],
    queryFn: ({ pageParam }) => call(listCopyGroups, { query: { ...query, after: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: liveInterval(15_000),
  });
};

/** Asked for by an act, never kept: a covered text leaves memory with the screen. */
export async function revealSample(id: string): Promise<string | null> {
  return (await call(readSignal, { params: { id }, query: { reveal: 'true' } })).text;
}
