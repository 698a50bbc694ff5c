/** Who is here. Asked by the frame and by screens that greet; its key is born here. */
import { type Capability, readSession, signOut } from '@groundswell/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
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

/** Whether this person may; no while that is not known. */
export const useMay = (right: Capability): boolean => useQuery(session()).data?.me?.can.includes(right) ?? false;

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
