/** The door: what the access screens ask before anybody is signed in. */
import { acceptInvitation, readLink, readSetup, resetPassword, setUp, signIn } from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { SESSION } from '../../api/session.ts';

export const setupLink = (token: string) =>
  queryOptions({
    queryKey: ['setup', token],
    queryFn: () => call(readSetup, { body: { token } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => call(signIn, { body }),
    onSuccess: () => client.resetQueries({ queryKey: SESSION }),
  });
}

export function useSetUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { token: string; name: string; email: string; password: string }) => call(setUp, { body }),
    onSuccess: () => client.resetQueries({ queryKey: SESSION }),
  });
}

export const accessLink = (token: string) =>
  queryOptions({
    queryKey: ['link', token],
    queryFn: () => call(readLink, { body: { token } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

export function useAcceptInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { token: string; name: string; password: string }) => call(acceptInvitation, { body }),
    onSuccess: () => client.resetQueries({ queryKey: SESSION }),
  });
}

export function useResetPassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { token: string; password: string }) => call(resetPassword, { body }),
    onSuccess: () => client.resetQueries({ queryKey: SESSION }),
  });
}
