/** Tokens: a key for one source each, shown once. */
import { listTokens, makeToken, revokeToken } from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';

const TOKENS = ['tokens'] as const;

export const tokens = () =>
  queryOptions({ queryKey: TOKENS, queryFn: () => call(listTokens, {}), refetchInterval: liveInterval(15_000) });

export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Parameters<typeof call<typeof makeToken>>[1]['body']) => call(makeToken, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: TOKENS }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(revokeToken, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: TOKENS }),
  });
}
