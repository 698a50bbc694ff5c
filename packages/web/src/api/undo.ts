/** What was decided last and can still be taken back: offered for a minute, wherever one goes meanwhile. */
import {
  type BulkOutcome,
  followIssues,
  type IssueMove,
  Refusal,
  UNDO_SECONDS,
  undoMoves,
} from '@groundswell/contract';
import { call } from './call.ts';

export interface Undoable {
  readonly move: Exclude<IssueMove['type'], 'reopen'> | 'assign' | 'follow' | 'unfollow' | 'severity';
  readonly issues: readonly { id: string; key: string; version: number }[];
  /** In milliseconds of this browser's clock. */
  readonly until: number;
  /** How it is taken back, where it is no move: fails where somebody has decided since. */
  readonly back?: () => Promise<unknown>;
}

let offered: Undoable | null = null;
const listeners = new Set<() => void>();
const tell = () => {
  for (const hear of listeners) hear();
};

export const undoable = (): Undoable | null => offered;

export function onUndoable(hear: () => void): () => void {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

/** The newest decision takes the place of the one before. */
export function offerUndo(move: IssueMove['type'] | Undoable['move'], issues: Undoable['issues']): void {
  if (move === 'reopen' || issues.length === 0) return; // what a closed one had been is not known any more
  offered = { move, issues, until: Date.now() + UNDO_SECONDS * 1000 };
  tell();
}

/** Of what is no move: whoever did it knows the way back. */
export function offerBack(move: Undoable['move'], issues: Undoable['issues'], back: () => Promise<unknown>): void {
  offered = { move, issues, until: Date.now() + UNDO_SECONDS * 1000, back };
  tell();
}

export function withdrawOffer(): void {
  offered = null;
  tell();
}

export async function takeBack({ move, issues, back }: Undoable): Promise<readonly BulkOutcome[]> {
  if (back) return [await outcomeOf(issues[0]!, back)];
  if (move === 'follow' || move === 'unfollow') {
    await call(followIssues, { body: { issues: issues.map(({ id }) => id), following: move === 'unfollow' } });
    return issues.map((issue) => ({ ...issue, outcome: 'done' }));
  }
  const { outcomes } = await call(undoMoves, { body: { issues: issues.map(({ id, version }) => ({ id, version })) } });
  return outcomes;
}

async function outcomeOf(issue: Undoable['issues'][number], back: () => Promise<unknown>): Promise<BulkOutcome> {
  try {
    await back();
    return { ...issue, outcome: 'done' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id: issue.id, outcome: 'refused', code: error.code, message: error.message };
  }
}
