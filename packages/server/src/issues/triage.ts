/** Putting issues together and apart: what may be done with which. Pure. */
import { type LinkKind, Refusal, type TriageKind, type UndoTrouble } from '@groundswell/contract';
import { keyOf } from './issue.key.ts';
import { applyMove, type Issue, nextState } from './issue.ts';

/** One thing that somebody did. */
export interface Act {
  readonly id: string;
  readonly compartment: string;
  readonly kind: TriageKind;
  readonly issueId: string | null;
  readonly otherId: string | null;
  readonly link: LinkKind | null;
  /** Where a merged issue stood before. */
  readonly was: Pick<Issue, 'state' | 'dismissReason' | 'note'> | null;
  readonly signals: number;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly undoneBy: string | null;
  readonly undoneAt: Date | null;
}

/** What was said in one compartment is never told in another. */
export function mustShare(one: { compartment: string }, other: { compartment: string }): void {
  if (one.compartment === other.compartment) return;
  throw new Refusal(
    'issue.other_compartment',
    'These belong to different compartments, and what was said in one is never told in another. Nothing was changed.',
  );
}

/** As a duplicate of `kept`. A circle cannot come about: who was merged is no longer there to be merged into. */
export function asDuplicate(issue: Issue, kept: Issue, at: Date): Issue {
  mustShare(issue, kept);
  if (issue.id === kept.id) {
    throw new Refusal('issue.not_mergeable', 'An issue cannot be merged into itself. Choose another.');
  }
  if (kept.duplicateOf !== null) {
    throw new Refusal(
      'issue.not_mergeable',
      `${keyOf(kept)} was itself merged into another issue. Choose that one. Nothing was changed.`,
    );
  }
  if (kept.state === 'dismissed' || kept.state === 'verified' || kept.state === 'duplicate') {
    throw new Refusal(
      'issue.not_mergeable',
      `${keyOf(kept)} is closed, so what is still going on would be lost from sight in it. Reopen it first, or merge the other way round.`,
      { state: kept.state },
    );
  }
  return { ...applyMove(issue, { type: 'mark_duplicate', of: kept.id }, 'person', at), duplicateOf: kept.id };
}

/** As it stood before it was merged. */
export const asBefore = (issue: Issue, was: NonNullable<Act['was']>, at: Date): Issue => ({
  ...issue,
  ...was,
  duplicateOf: null,
  changedAt: at,
});

export function mustStandForItself(issue: Issue): void {
  if (issue.duplicateOf === null) return;
  throw new Refusal('issue.merged', 'This issue was merged into another. Take the merge back first, in its history.');
}

/** Somebody has looked at what they divide, so a part of what was confirmed is confirmed. */
export const stateOfPart = (state: Issue['state']): Issue['state'] =>
  state === 'confirmed' || state === 'investigating' || state === 'fixing' ? 'confirmed' : 'suspected';

export interface Trouble {
  readonly why: UndoTrouble;
  readonly issue: Issue | null;
}

/** What stands as it was when the act is looked at. */
export interface Standing {
  readonly issue: Issue | null;
  readonly other: Issue | null;
  /** Kept by `duplicateOf`, for saying where it went. */
  readonly into: Issue | null;
  /** Signals of a move that are still where it put them. */
  readonly staying: number;
}

/** Why it cannot be taken back, or null. A merge always can: each knows its own. */
export function troubleOf(act: Act, { issue, other, into, staying }: Standing): Trouble | null {
  if (act.undoneAt !== null) return { why: 'undone', issue: null };
  if (act.kind === 'move') return staying === 0 ? { why: 'moved_since', issue: null } : null;
  if (act.kind !== 'split' || !issue || !other) return null;
  // what was divided goes back by a merge of the new one into the old: both must stand for themselves
  if (other.duplicateOf !== null || issue.duplicateOf !== null) return { why: 'merged_since', issue: into };
  if (nextState(other.state, { type: 'mark_duplicate', of: issue.id }) === undefined) {
    return { why: 'decided_since', issue: other };
  }
  return null;
}

const WHY: Readonly<Record<UndoTrouble, (key: string) => string>> = {
  undone: () => 'This was taken back already.',
  merged_since: (key) => `One of the two has since been merged into ${key}. Take that merge back first.`,
  decided_since: (key) => `${key} has come too far since to become part of another again.`,
  moved_since: () => 'All of these signals have been put elsewhere since. Move them from where they are now.',
};

export function mustBeOpenToUndo(trouble: Trouble | null): void {
  if (!trouble) return;
  const key = trouble.issue ? keyOf(trouble.issue) : 'another';
  throw new Refusal('triage.undo_over', `${WHY[trouble.why](key)} Nothing was changed.`, { why: trouble.why });
}
