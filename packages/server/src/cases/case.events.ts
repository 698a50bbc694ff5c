/** One way to say what happened to a case: ids and codes, no word that a person typed. */
import type {
  CaseKind,
  CaseOutcome,
  CaseSource,
  CaseState,
  IssueState,
  NotOursReason,
  RefuseReason,
  RequesterKind,
  UntoldReason,
  WaitingFor,
} from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { type Happening, type NewEvent, recorded } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Of } from './around.store.ts';
import { toldClocks } from './clock.actions.ts';

declare module '../events.ts' {
  interface Payloads {
    'case.opened': {
      kind: CaseKind;
      source: CaseSource;
      priority: number;
      requester: RequesterKind | null;
      legal: string | null;
      language: string | null;
      region: string | null;
    };
    'case.acknowledged': { personId: string };
    /** The harm grows no further. */
    'case.contained': { personId: string };
    /** `waitingFor`: for whom it waits now; `wasFor`: for whom it waited before. `undone`: the move before was taken back. */
    'case.moved': {
      from: CaseState;
      to: CaseState;
      waitingFor?: WaitingFor;
      wasFor?: WaitingFor;
      outcome?: CaseOutcome;
      untold?: UntoldReason;
      reason?: NotOursReason;
      undone?: true;
    };
    'case.changed': { fields: readonly string[] };
    'case.priority_changed': { from: number; to: number; proposed: number; by: 'rules' | 'person' };
    'case.owner_changed': { ownerId: string | null; was: string | null; undone?: true };
    'case.refused': { reason: RefuseReason };
    'case.watched': { personId: string };
    'case.unwatched': { personId: string };
    'case.people_changed': { added: number; removed: number };
    'case.message_in': { messageId: string };
    'case.message_held': { messageId: string };
    /** It has left: from here on it is beyond recall. */
    'case.message_out': { messageId: string; authorId: string | null };
    'case.message_cancelled': { messageId: string };
    'case.ask_held': { askId: string; dueAt: string };
    'case.partner_asked': { askId: string; dueAt: string; authorId: string | null };
    'case.partner_answered': { askId: string };
    'case.ask_cancelled': { askId: string };
    'case.ask_withdrawn': { askId: string };
    'case.ask_postponed': { askId: string; dueAt: string };
    'case.note_written': { noteId: string };
    'case.note_edited': { noteId: string };
    'case.note_deleted': { noteId: string };
    'case.task_made': { taskId: string; ownerId: string | null; dueAt: string | null };
    'case.task_changed': { taskId: string; ownerId: string | null; dueAt: string | null };
    'case.task_done': { taskId: string };
    'case.task_undone': { taskId: string };
    'case.issue_linked': { issueId: string };
    'case.issue_unlinked': { issueId: string };
    'case.linked': { caseId: string };
    'case.unlinked': { caseId: string };
    'case.merged': { intoId: string };
    'case.took_in': { caseId: string };
    'case.split': { partId: string; people: number };
    'case.end_proposed': { issueId: string; state: IssueState };
    'case.end_withdrawn': { issueId: string };
    'case.end_declined': { issueId: string };
    'broadcast.written': { broadcastId: string; issueId: string };
    'broadcast.approved': { broadcastId: string; issueId: string; cases: number };
    'broadcast.withdrawn': { broadcastId: string; issueId: string; cases: number };
    'template.saved': { templateId: string; version: number };
    'template.removed': { templateId: string };
    'legal_clock.set': { legalClockId: string; code: string; from: string };
  }
}

/** Whose, when, and in which transaction. */
export type Hand = { readonly trx: Trx; readonly actor: Actor; readonly at: Date };

/** Said to the record, and to the clocks of the case: both or neither. */
export async function say({ trx, actor, at }: Hand, { id, compartment }: Of, said: Happening): Promise<void> {
  const event = { ...said, at, compartment, subject: { kind: 'case', id } } as NewEvent;
  await toldClocks(trx, { id, compartment }, await recorded(trx, actor, event));
}
