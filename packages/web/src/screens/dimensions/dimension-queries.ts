/** What the dictionary asks, and what is said to it. */
import { listDimensions, mergeValues, readDimension, setCap, unmergeValue } from '@groundswell/contract';
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';
import { session } from '../../api/session.ts';
import { VALUES_PER_PAGE, type ValuesSearch } from './dimension-search.ts';

const DIMENSIONS = ['dimensions'] as const;

export const dimensions = (compartment: string) =>
  queryOptions({
    queryKey: [...DIMENSIONS, 'list', compartment],
    queryFn: () => call(listDimensions, { query: { compartment } }),
    refetchInterval: liveInterval(30_000),
  });

export const oneDimension = (compartment: string, name: string, { q, sort, source, page = 1 }: ValuesSearch) => {
  const query = { compartment, q, sort, source, offset: (page - 1) * VALUES_PER_PAGE, limit: VALUES_PER_PAGE };
  return queryOptions({
    queryKey: [...DIMENSIONS, 'one', name, query],
    queryFn: () => call(readDimension, { params: { name }, query }),
    placeholderData: keepPreviousData,
    refetchInterval: liveInterval(30_000),
  });
};

/** In which compartment to read, and which there are to choose from. */
export function useCompartment(asked: string | undefined): { compartment: string; mine: readonly string[] } {
  const mine = useQuery(session()).data?.me?.compartments ?? ['open'];
  const first = mine.includes('open') ? 'open' : (mine[0] ?? 'open');
  return { compartment: asked ?? first, mine };
}

interface Place {
  compartment: string;
  name: string;
}

/** What counts as what is seen on every screen that shows signals: all of it is asked again. */
function useRefreshAll() {
  const client = useQueryClient();
  return () => client.invalidateQueries();
}

export function useMerge({ compartment, name }: Place) {
  const refresh = useRefreshAll();
  return useMutation({
    mutationFn: ({ from, to }: { from: string[]; to: string }) =>
      call(mergeValues, { params: { name }, body: { compartment, from, to } }),
    onSuccess: refresh,
  });
}

export function useUnmerge({ name }: Pick<Place, 'name'>) {
  const refresh = useRefreshAll();
  return useMutation({
    mutationFn: (id: string) => call(unmergeValue, { params: { name, id } }),
    onSettled: refresh,
  });
}

export function useSetCap({ name }: Pick<Place, 'name'>) {
  const refresh = useRefreshAll();
  return useMutation({
    mutationFn: (body: { sourceId: string; cap: number }) => call(setCap, { params: { name }, body }),
    onSuccess: refresh,
  });
}
