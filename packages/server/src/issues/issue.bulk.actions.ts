/** Deciding about many issues at once, and taking decisions back. Each issue is a transaction of its own. */
import { type BulkOutcome, type IssueMove, Refusal, UNDO_SECONDS } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { eventsOf } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { assignIssue, mustRead } from './comment.actions.ts';
import { moveIssue, recordMove } from './issue.actions.ts';
import { keyOf } from './issue.key.ts';
import { loadIssue, saveIssue } from './issue.store.ts';
import { type Issue, takeBack } from './issue.ts';
import { type Hand, say } from './triage.actions.ts';

export interface Seen {
  readonly id: string;
  readonly version: number;
}

/** The same move on each, against the version that was seen of it. One that cannot be moved holds up no other. */
export function moveIssues(
  tools: Tools,
  actor: Actor,
  { issues, move }: { issues: readonly Seen[]; move: IssueMove },
): Promise<BulkOutcome[]> {
  return eachByItself(issues, ({ id, version }) => moveIssue(tools, actor, id, { version, move }));
}

/** To the same person each, against the version that was seen of it. */
export function assignIssues(
  tools: Tools,
  actor: Actor,
  { issues, owner }: { issues: readonly Seen[]; owner: string | null },
): Promise<BulkOutcome[]> {
  return eachByItself(issues, ({ id, version }) => assignIssue(tools, actor, id, { version, owner }));
}

/** Each goes back to where it stood before the last decision, if that was this person's and is not long ago. */
export function undoMoves(tools: Tools, actor: Actor, issues: readonly Seen[]): Promise<BulkOutcome[]> {
  return eachByItself(issues, (seen) => undoMove(tools, actor, seen));
}

/** One that is named twice meets its own new version the second time and is refused. */
async function eachByItself(issues: readonly Seen[], act: (seen: Seen) => Promise<Issue>): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = [];
  for (const seen of issues) {
    outcomes.push(
      await act(seen).then(
        (issue) => ({ id: seen.id, outcome: 'done', key: keyOf(issue), version: issue.version }),
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          return { id: seen.id, outcome: 'refused', code: error.code, message: error.message };
        },
      ),
    );
  }
  return outcomes;
}

/** A little longer than is offered: the way here takes time too. */
const UNDO_MS = (UNDO_SECONDS + 5) * 1000;
/** Of the events of an issue; what does not move it may stand between. */
const LOOKED_BACK = 20;

async function undoMove({ db, clock }: Tools, actor: Actor, { id, version }: Seen): Promise<Issue> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const before = await loadIssue(trx, id);
    const last = (await eventsOf(trx, { kind: 'issue', id }, LOOKED_BACK))
      .flatMap((one) => (one.name === 'issue.moved' || one.name === 'issue.assigned' ? [one] : []))
      .at(-1);
    const mine = last?.actor === actor.id && at.getTime() - last.at.getTime() <= UNDO_MS;
    if (!last || !mine || last.payload.undone) throw tooLate();
    if (last.name === 'issue.assigned') return handBack({ trx, actor, at }, before, last.payload, version);
    if (last.payload.to !== before.state) throw tooLate();
    const after = await saveIssue(trx, takeBack(before, last.payload.from, at), version);
    await recordMove(trx, actor, before, after, at, { undone: true });
    return after;
  });
}

const tooLate = () =>
  new Refusal(
    'issue.undo_over',
    'This can no longer be taken back: its minute is over, or somebody has decided since.',
  );

/** To whose it was before: somebody who may not see it any more does not get it back. */
async function handBack(
  hand: Hand,
  before: Issue,
  { ownerId, was }: { ownerId: string | null; was?: string | null },
  version: number,
): Promise<Issue> {
  if (was === undefined || ownerId !== before.ownerId) throw tooLate();
  await mustRead(hand.trx, before, was);
  const after = await saveIssue(hand.trx, { ...before, ownerId: was, changedAt: hand.at }, version);
  await say(hand, after, { name: 'issue.assigned', payload: { ownerId: was, was: ownerId, undone: true } });
  return after;
}
