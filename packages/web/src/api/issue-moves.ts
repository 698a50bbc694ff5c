/** What people decide about issues, wherever they stand: on home, in the list, on the board, on the page of one. */
import { type BulkOutcome, ISSUES_PER_BULK, type IssueMove, moveIssue, moveIssues } from '@groundswell/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { offerUndo } from './undo.ts';

/** Everything that shows issues hangs below these two keys. */
export const ISSUES = ['issues'] as const;
export const HOME = ['home'] as const;

export interface MoveRequest {
  issue: { id: string; version: number };
  move: IssueMove;
}

export function useMoveIssue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ issue, move }: MoveRequest) =>
      call(moveIssue, { params: { id: issue.id }, body: { version: issue.version, move } }),
    onSuccess: ({ id, key, version }, { move }) => offerUndo(move.type, [{ id, key, version }]),
    // after a refusal too: what we showed was stale
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]),
  });
}

export interface BulkRequest {
  issues: readonly { id: string; version: number }[];
  move: IssueMove;
}

/** Request after request, so that the first ones stand whatever becomes of the last. */
export function useMoveIssues() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ issues, move }: BulkRequest): Promise<readonly BulkOutcome[]> => {
      const outcomes: BulkOutcome[] = [];
      for (let from = 0; from < issues.length; from += ISSUES_PER_BULK) {
        const some = issues.slice(from, from + ISSUES_PER_BULK).map(({ id, version }) => ({ id, version }));
        outcomes.push(...(await call(moveIssues, { body: { issues: some, move } })).outcomes);
      }
      return outcomes;
    },
    onSuccess: (outcomes, { move }) =>
      offerUndo(
        move.type,
        outcomes.flatMap((one) => (one.outcome === 'done' ? [one] : [])),
      ),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]),
  });
}
