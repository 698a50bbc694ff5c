/** What the signals screen asks: the list in pages, the head of it, and one signal. */
import { readSignal, searchSignals, summariseSignals } from '@groundswell/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';
import { filterOf, type SignalSearch, sortOf } from './signal-search.ts';

const SIGNALS = ['signals'] as const;

export const signalList = (search: SignalSearch) => {
  const query = { ...filterOf(search), sort: sortOf(search), limit: 50 };
  return infiniteQueryOptions({
    queryKey: [...SIGNALS, 'list', query],
    queryFn: ({ pageParam }) => call(searchSignals, { query: { ...query, after: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData, // rows do not vanish while the next answer is on its way
  });
};

export const signalSummary = (search: SignalSearch) => {
  const query = filterOf(search);
  return queryOptions({
    queryKey: [...SIGNALS, 'summary', query],
    queryFn: () => call(summariseSignals, { query }),
    placeholderData: keepPreviousData,
    refetchInterval: liveInterval(15_000),
  });
};

export const oneSignal = (id: string) =>
  queryOptions({ queryKey: [...SIGNALS, 'one', id], queryFn: () => call(readSignal, { params: { id } }) });

/** Asked for by an act, never kept: a covered text leaves memory with the screen. */
export async function revealText(id: string): Promise<string | null> {
  return (await call(readSignal, { params: { id }, query: { reveal: 'true' } })).text;
}
