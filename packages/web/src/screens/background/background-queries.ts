/** Active users and changes: read, written down, uploaded, withdrawn. */
import {
  listChanges,
  type NewChange,
  readActiveUsers,
  sendChanges,
  uploadActiveUsers,
  uploadChanges,
  withdrawChange,
} from '@groundswell/contract';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { liveInterval } from '../../api/liveness.ts';
import type { BackgroundSearch } from './background-search.ts';

const CHANGES = ['changes'] as const;
const USERS = ['active-users'] as const;

export const changes = ({ kind, q }: BackgroundSearch) =>
  infiniteQueryOptions({
    queryKey: [...CHANGES, kind, q],
    queryFn: ({ pageParam }) => call(listChanges, { query: { kind, q, after: pageParam, limit: 50 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: liveInterval(60_000),
  });

export const activeUsers = (by: string | undefined) =>
  queryOptions({
    queryKey: [...USERS, by],
    queryFn: () => call(readActiveUsers, { query: { by } }),
    refetchInterval: liveInterval(60_000),
  });

export function useRecordChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: NewChange) => call(sendChanges, { query: {}, body: { ...change } }),
    onSettled: () => client.invalidateQueries({ queryKey: CHANGES }),
  });
}

export function useWithdrawChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(withdrawChange, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: CHANGES }),
  });
}

export function useUploadBackground(what: 'changes' | 'users') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      call(what === 'changes' ? uploadChanges : uploadActiveUsers, { query: { fileName: file.name }, bytes: file }),
    onSettled: () => client.invalidateQueries({ queryKey: what === 'changes' ? CHANGES : USERS }),
  });
}
