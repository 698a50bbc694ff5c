/** What people decide about issues, wherever they stand: on home, in the list, on the board, on the page of one. */
import { type IssueMove, moveIssue } from '@groundswell/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';

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
    // after a refusal too: what we showed was stale
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]),
  });
}
