import type { IssueRow } from '@groundswell/contract';
import { useState } from 'react';
import { useIssueConflict } from '../../api/issue-conflict.ts';
import { type MoveRequest, useMoveIssue } from '../../api/issue-moves.ts';
import { ConflictDialog } from '../../parts/conflict-dialog.tsx';
import { DismissDialog } from '../../parts/dismiss-dialog.tsx';

/** Confirm at once, dismiss with a reason, reopen; and the words when the answer is no. */
export function useDecisions() {
  const move = useMoveIssue();
  const conflict = useIssueConflict({ move });
  const [asked, setAsked] = useState<IssueRow | null>(null);
  const send = (issue: IssueRow, request: MoveRequest['move']) =>
    conflict.sendMove(issue, request, () => setAsked(null));
  return {
    acts: {
      onConfirm: (issue: IssueRow) => void (issue.can.includes('confirm') && send(issue, { type: 'confirm' })),
      onReopen: (issue: IssueRow) => void (issue.can.includes('reopen') && send(issue, { type: 'reopen' })),
      onDismiss: (issue: IssueRow) => {
        move.reset();
        if (issue.can.includes('dismiss')) setAsked(issue);
      },
    },
    error: asked === null && !conflict.isMet ? move.error : null,
    dialog: (
      <>
        <DismissDialog
          issue={asked}
          opened={asked !== null && !conflict.isMet}
          busy={move.isPending}
          error={move.error}
          onClose={() => setAsked(null)}
          onDone={(reason, note) => asked && send(asked, { type: 'dismiss', reason, note })}
        />
        <ConflictDialog
          {...conflict.shown}
          onTheirs={() => {
            conflict.letGo();
            setAsked(null);
          }}
        />
      </>
    ),
  };
}
