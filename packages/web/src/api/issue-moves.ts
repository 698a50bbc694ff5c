/** What people decide about issues, wherever they stand: on home, in the list, on the board, on the page of one. */
import {
  type BulkOutcome,
  ISSUES_PER_BULK,
  type IssueMove,
  type IssueRow,
  type IssueState,
  moveIssue,
  moveIssues,
  renameIssue,
} from '@groundswell/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { HOME, ISSUES } from './issue-keys.ts';
import { noteOwn, patchIssue } from './issue-patch.ts';
import { offerUndo } from './undo.ts';

type Seen = Pick<IssueRow, 'id' | 'version'>;
export interface MoveRequest {
  issue: Seen;
  move: IssueMove;
}

/** What a move leads to, where that is the same from everywhere. */
const LEADS_TO: Partial<Record<IssueMove['type'], IssueState>> = { confirm: 'confirmed', dismiss: 'dismissed' };

export function useMoveIssue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ issue, move }: MoveRequest) =>
      call(moveIssue, { params: { id: issue.id }, body: { version: issue.version, move } }),
    onMutate: ({ issue, move }) => {
      noteOwn(issue.id);
      const state = LEADS_TO[move.type];
      return patchIssue(client, issue.id, state ? { state, can: [] } : { can: [] });
    },
    onSuccess: (row, { move }) => {
      void patchIssue(client, row.id, changed(row));
      offerUndo(move.type, [{ id: row.id, key: row.key, version: row.version }]);
    },
    onError: (_error, _request, takeBack) => takeBack?.(),
    // after a refusal too: what we showed was stale
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]),
  });
}

export interface RenameRequest {
  issue: Seen;
  title: string;
}

export function useRenameIssue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ issue, title }: RenameRequest) =>
      call(renameIssue, { params: { id: issue.id }, body: { version: issue.version, title } }),
    onMutate: ({ issue, title }) => patchIssue(client, issue.id, { title, renamed: true }),
    onSuccess: (row) => void patchIssue(client, row.id, changed(row)),
    onError: (_error, _request, takeBack) => takeBack?.(),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]),
  });
}

const changed = ({ state, title, renamed, version, can, changedAt }: IssueRow) =>
  ({ state, title, renamed, version, can, changedAt }) as const;

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
