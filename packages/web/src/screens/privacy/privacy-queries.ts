/** What was redacted, and how authors are named. */
import { findAuthor, forgetOlderKeys, readPrivacy, rotatePseudonyms } from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';

const PRIVACY = ['privacy'] as const;

export const privacy = () =>
  queryOptions({
    queryKey: PRIVACY,
    queryFn: () => call(readPrivacy, { query: {} }),
    refetchInterval: liveInterval(30_000),
  });

const ACTS = { rotate: rotatePseudonyms, forget_older_keys: forgetOlderKeys } as const;
export type KeyAct = keyof typeof ACTS;

export function useKeyAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: KeyAct) => call(ACTS[act], { body: {} }),
    onSuccess: (view) => client.setQueryData(privacy().queryKey, view),
  });
}

export const useFindAuthor = () =>
  useMutation({ mutationFn: (author: string) => call(findAuthor, { body: { author } }) });
