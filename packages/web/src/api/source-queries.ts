/** Sources are set up on one screen and chosen on others; their keys are born here. */
import { changeSource, createSource, listSources } from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { liveInterval } from './liveness.ts';

const SOURCES = ['sources'] as const;

export const sources = () =>
  queryOptions({
    queryKey: SOURCES,
    queryFn: () => call(listSources, {}),
    refetchInterval: liveInterval(15_000), // "last received" is what one watches while connecting something
  });

export function useCreateSource() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Parameters<typeof call<typeof createSource>>[1]['body']) => call(createSource, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: SOURCES }),
  });
}

export function useChangeSource(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Parameters<typeof call<typeof changeSource>>[1]['body']) =>
      call(changeSource, { params: { id }, body }),
    // after a refusal too: what we showed was stale
    onSettled: () => client.invalidateQueries({ queryKey: SOURCES }),
  });
}
