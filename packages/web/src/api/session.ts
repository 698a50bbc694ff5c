/** Who is here. Asked by the frame and by screens that greet; its key is born here. */
import { readSession, signOut } from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, rememberCsrf } from './call.ts';
import { liveInterval } from './liveness.ts';
import { forgetTrails } from './trail.ts';

export const SESSION = ['session'] as const;

export const session = () =>
  queryOptions({
    queryKey: SESSION,
    queryFn: async () => {
      const said = await call(readSession, {});
      rememberCsrf(said.me?.csrf ?? '');
      return said;
    },
    staleTime: 60_000,
    refetchInterval: liveInterval(20_000), // whoever was signed out or given another role elsewhere sees it without a touch
  });

/** Ends the session and forgets everything that was read in it. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(signOut, {}),
    onSuccess: () => {
      rememberCsrf('');
      client.clear();
      forgetTrails();
      globalThis.location.assign('/sign-in');
    },
  });
}
