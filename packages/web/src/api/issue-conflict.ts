/** Decisions that may meet somebody else's: sent, and on a conflict kept until one of the two versions has been chosen. */
import { type DismissReason, type IssueMove, type IssueRow, type IssueState, readIssue } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, isRefusal } from './call.ts';
import { ISSUES } from './issue-keys.ts';
import type { useMoveIssue, useRenameIssue } from './issue-moves.ts';

type At = Pick<IssueRow, 'id' | 'version'>;
type Seen = At & Pick<IssueRow, 'key' | 'title' | 'state'>;

interface Conflict {
  /** As they saw it when they decided. */
  readonly seen: Seen;
  readonly wanted: {
    readonly act: IssueRow['can'][number];
    readonly state?: IssueState;
    readonly title?: string;
    readonly reason?: DismissReason;
    readonly note?: string;
  };
  readonly again: (now: At) => void;
}

interface Senders {
  readonly move?: ReturnType<typeof useMoveIssue>;
  readonly rename?: ReturnType<typeof useRenameIssue>;
}

export function useIssueConflict({ move, rename }: Senders) {
  const [met, setMet] = useState<Conflict | null>(null);
  const now = useQuery({
    queryKey: [...ISSUES, 'conflict', met?.seen.id],
    queryFn: () => call(readIssue, { params: { id: met!.seen.id } }),
    enabled: met !== null,
    staleTime: 0,
    gcTime: 0,
  });
  /** What `mutate` is given besides the request. */
  const outcome = (conflict: Conflict, onDone?: () => void) => ({
    onSuccess: () => {
      setMet(null);
      onDone?.();
    },
    onError: (error: unknown) => void (isRefusal(error, 'issue.changed_meanwhile') && setMet(conflict)),
  });
  return {
    sendMove(seen: Seen, wanted: IssueMove, onDone?: () => void): void {
      const again = (issue: At) => move?.mutate({ issue, move: wanted }, outcome(conflict, onDone));
      const conflict: Conflict = { seen, wanted: wantedOf(wanted), again };
      again(seen);
    },
    sendName(seen: Seen, title: string, onDone?: () => void): void {
      const again = (issue: At) => rename?.mutate({ issue, title }, outcome(conflict, onDone));
      const conflict: Conflict = { seen, wanted: { act: 'rename', title }, again };
      again(seen);
    },
    isMet: met !== null,
    /** For the dialog that shows both. */
    shown: {
      conflict: met,
      now,
      busy: (move?.isPending || rename?.isPending) ?? false,
      onMine: (issue: At) => met?.again(issue),
    },
    letGo(): void {
      setMet(null);
      move?.reset();
      rename?.reset();
    },
  };
}

function wantedOf(move: IssueMove): Conflict['wanted'] {
  if (move.type === 'confirm') return { act: 'confirm', state: 'confirmed' };
  if (move.type === 'reopen') return { act: 'reopen', state: 'suspected' };
  return { act: 'dismiss', state: 'dismissed', reason: move.reason, note: move.note };
}
