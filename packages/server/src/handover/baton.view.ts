/** Batons as people read them. */
import type { BatonView } from '@groundswell/contract';
import { type Actor, namesOf } from '../access/index.ts';
import { type Case, casesById, isLive, referenceOf } from '../cases/index.ts';
import type { Db } from '../platform/db.ts';
import { type Baton, dueChoices, isLoud, movesOf } from './baton.ts';

/** Its case lives, and is still the sender's to give. */
export const handsOver = ({ senderId }: Baton, kase: Case | undefined): boolean =>
  kase !== undefined && isLive(kase.state) && kase.ownerId === senderId;

/** Those of cases that still live, the loud ones first and then by priority; of accepted ones, all. */
export async function viewBatons(db: Db, actor: Actor, batons: readonly Baton[], now: Date): Promise<BatonView[]> {
  const cases = await casesById(
    db,
    batons.map(({ caseId }) => caseId),
  );
  const ids = batons.flatMap(({ senderId, receiverId, acceptedBy }) => [senderId, receiverId, acceptedBy]);
  const names = await namesOf(db, [...ids.filter((id) => id !== null), actor.id]);
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  const views = batons.flatMap((baton): BatonView[] => {
    const kase = cases.get(baton.caseId);
    if (!kase) return [];
    const { id, version, state, caseId, points, facts, understood } = baton;
    const live = handsOver(baton, kase);
    const can = actor.can.has('case.work') && actor.kind === 'person' ? movesOf(baton, actor.id) : [];
    const open = can.filter((move) => live || move === 'take_back' || move === 'drop');
    const owners = [person(baton.senderId)!, person(actor.id)!].sort((a, b) => a.name.localeCompare(b.name));
    return [
      {
        ...{ id, version, state, caseId, points, facts, understood, reference: referenceOf(kase) },
        priority: kase.priority,
        sender: person(baton.senderId),
        receiver: person(baton.receiverId),
        acceptedBy: person(baton.acceptedBy),
        draftedAt: baton.draftedAt.toISOString(),
        sentAt: baton.sentAt?.toISOString() ?? null,
        acceptedAt: baton.acceptedAt?.toISOString() ?? null,
        loud: live && isLoud(baton, now),
        choices: open.includes('accept') ? { owners, dues: dueChoices(baton) } : null,
        can: open,
      },
    ];
  });
  return views;
}

export const firstThose = (batons: readonly BatonView[]): BatonView[] =>
  batons.toSorted((a, b) => Number(b.loud) - Number(a.loud) || a.priority - b.priority);
