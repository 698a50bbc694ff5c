/** What is mine: sessions and password. */
import { changeMyPassword, endMyOtherSessions, endMySession, listMySessions } from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';

const MINE = ['mine'] as const;

export const mySessions = () =>
  queryOptions({
    queryKey: [...MINE, 'sessions'],
    queryFn: () => call(listMySessions, {}),
    refetchInterval: liveInterval(30_000),
  });

/** One of them, or all but this one for null. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) =>
      id === null ? call(endMyOtherSessions, {}) : call(endMySession, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: MINE }),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { old: string; password: string }) => call(changeMyPassword, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: MINE }),
  });
}
