/** Whose issues are, and what of them this reader follows and has read. Request after request where they are many. */
import {
  assignIssues,
  type BulkOutcome,
  followIssues,
  ISSUES_PER_BULK,
  type IssueRow,
  listOwners,
  markIssues,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { HOME, ISSUES } from './issue-keys.ts';
import { showAs } from './issue-patch.ts';
import { offerUndo } from './undo.ts';

/** Those whom something can be given to. */
export const owners = () =>
  queryOptions({ queryKey: ['people', 'owners'], queryFn: () => call(listOwners, {}), staleTime: 60_000 });

const inParts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / ISSUES_PER_BULK) }, (_, i) =>
    all.slice(i * ISSUES_PER_BULK, (i + 1) * ISSUES_PER_BULK),
  );

function useReadAnew() {
  const client = useQueryClient();
  return () =>
    Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]);
}

export interface AssignRequest {
  issues: readonly Pick<IssueRow, 'id' | 'version'>[];
  owner: string | null;
}

export function useAssignIssues() {
  return useMutation({
    mutationFn: async ({ issues, owner }: AssignRequest): Promise<readonly BulkOutcome[]> => {
      const outcomes: BulkOutcome[] = [];
      for (const part of inParts(issues)) {
        const some = part.map(({ id, version }) => ({ id, version }));
        outcomes.push(...(await call(assignIssues, { body: { issues: some, owner } })).outcomes);
      }
      return outcomes;
    },
    onSuccess: (outcomes) =>
      offerUndo(
        'assign',
        outcomes.flatMap((one) => (one.outcome === 'done' ? [one] : [])),
      ),
    onSettled: useReadAnew(),
  });
}

type Some = readonly Pick<IssueRow, 'id' | 'key' | 'version'>[];

export function useFollowIssues() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ issues, following }: { issues: Some; following: boolean }) => {
      const changed: string[] = [];
      for (const part of inParts(issues.map(({ id }) => id))) {
        changed.push(...(await call(followIssues, { body: { issues: part, following } })).issues);
      }
      return changed;
    },
    onMutate: ({ issues, following }) => showAs(client, idsOf(issues), { following }),
    onSuccess: (changed, { issues, following }) =>
      offerUndo(
        following ? 'follow' : 'unfollow',
        issues.filter(({ id }) => changed.includes(id)).map(({ id, key, version }) => ({ id, key, version })),
      ),
    onSettled: useReadAnew(),
  });
}

export function useMarkIssues() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ issues, seen }: { issues: Some; seen: boolean }) => {
      for (const part of inParts(idsOf(issues))) await call(markIssues, { body: { issues: part, seen } });
    },
    onMutate: ({ issues, seen }) => showAs(client, idsOf(issues), seen ? { news: false, unread: 0 } : { news: true }),
    onSettled: useReadAnew(),
  });
}

const idsOf = (issues: Some): string[] => issues.map(({ id }) => id);
