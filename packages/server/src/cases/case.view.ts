/** Cases as others see them: a page costs as many queries, however long it is. */
import type { CaseAsk, CaseMessage, CaseNote, CaseRow, CaseTask } from '@groundswell/contract';
import { type Actor, namesOf } from '../access/index.ts';
import { firstClocks } from '../clocks/index.ts';
import type { Db } from '../platform/db.ts';
import { teamNames } from './around.store.ts';
import type { Ask } from './ask.store.ts';
import { referenceOf } from './case.key.ts';
import { casesById, exposureOf } from './case.store.ts';
import { type Case, isLive, openMoves } from './case.ts';
import type { Message } from './message.store.ts';
import { isNoteOpenTo } from './note.actions.ts';
import type { Note } from './note.store.ts';
import { nameOf } from './priority.ts';
import type { Task } from './task.store.ts';

export type Names = ReadonlyMap<string, string>;
type Person = { id: string; name: string };

export const personOf = (id: string | null, names: Names): Person | null =>
  id === null ? null : { id, name: names.get(id) ?? '' };

export const isoOf = (moment: Date | null): string | null => moment?.toISOString() ?? null;

export async function viewCases(db: Db, actor: Actor, cases: readonly Case[], now: Date): Promise<CaseRow[]> {
  const names = await namesOf(
    db,
    cases.flatMap(({ ownerId }) => ownerId ?? []),
  );
  const teams = await teamNames(
    db,
    cases.flatMap(({ teamId }) => teamId ?? []),
  );
  const kept = await casesById(
    db,
    cases.flatMap(({ mergedInto }) => mergedInto ?? []),
  );
  const clocks = await firstClocks(
    db,
    cases.map(({ id }) => id),
    now,
  );
  return cases.map((kase) => ({
    id: kase.id,
    reference: referenceOf(kase),
    version: kase.version,
    compartment: kase.compartment,
    kind: kase.kind,
    state: kase.state,
    waitingFor: kase.waitingFor,
    title: kase.title,
    harm: kase.facts.harm,
    support: kase.facts.support,
    exposure: exposureOf(kase),
    priority: nameOf(kase.priority),
    proposed: nameOf(kase.proposed),
    overridden: kase.overrideReason !== null,
    language: kase.language,
    region: kase.region,
    requester: kase.requesterKind,
    owner: personOf(kase.ownerId, names),
    // A team that was removed is named by nobody any more.
    team: kase.teamId !== null && teams.has(kase.teamId) ? personOf(kase.teamId, teams) : null,
    outcome: kase.outcome,
    mergedInto: keptReference(kase, kept),
    clock: clocks.get(kase.id) ?? null,
    openedAt: kase.openedAt.toISOString(),
    acknowledgedAt: isoOf(kase.acknowledgedAt),
    changedAt: kase.changedAt.toISOString(),
    can: openTo(kase, actor),
  }));
}

function keptReference({ mergedInto }: Case, kept: ReadonlyMap<string, Case>): string | null {
  const found = mergedInto === null ? undefined : kept.get(mergedInto);
  return found ? referenceOf(found) : null;
}

function openTo(kase: Case, actor: Actor): CaseRow['can'] {
  const live = isLive(kase.state);
  const ended = openMoves(kase).length === 1 && kase.state !== 'resolved'; // only the way back is open
  const works = actor.can.has('case.work');
  const own = kase.ownerId === actor.id;
  return [
    ...(works ? openMoves(kase) : []),
    ...(works && !ended ? (own ? (['give', 'refuse', 'change'] as const) : (['take', 'give', 'change'] as const)) : []),
    ...(actor.can.has('case.answer') && !ended ? (['answer'] as const) : []),
    ...(actor.can.has('case.ask') && live ? (['ask'] as const) : []),
    ...(actor.can.has('case.note') ? (['note'] as const) : []),
  ];
}

export const viewMessage = (one: Message, actor: Actor, names: Names): CaseMessage => ({
  id: one.id,
  direction: one.direction,
  state: one.state,
  language: one.language,
  text: one.text,
  author: personOf(one.authorId, names),
  at: one.at.toISOString(),
  leavesAt: isoOf(one.leavesAt),
  settledAt: isoOf(one.settledAt),
  broadcastId: one.broadcastId,
  delivery: one.direction === 'out' && one.state === 'left' ? 'by_hand' : 'none',
  can: one.state === 'held' && actor.can.has('case.answer') ? ['cancel'] : [],
});

export const viewAsk = (one: Ask, actor: Actor, names: Names): CaseAsk => ({
  id: one.id,
  partner: one.partner,
  question: one.question,
  state: one.state,
  dueAt: one.dueAt.toISOString(),
  author: personOf(one.authorId, names),
  at: one.at.toISOString(),
  leavesAt: isoOf(one.leavesAt),
  settledAt: isoOf(one.settledAt),
  answer: one.answer,
  answeredAt: isoOf(one.answeredAt),
  answeredBy: personOf(one.answeredBy, names),
  can: actor.can.has('case.ask') ? ASK_CAN[one.state] : [],
});

const ASK_CAN: Readonly<Record<Ask['state'], CaseAsk['can']>> = {
  held: ['cancel'],
  asked: ['answer', 'withdraw', 'postpone'],
  answered: [],
  cancelled: [],
  withdrawn: [],
};

export const viewNote = (one: Note, actor: Actor, now: Date, names: Names): CaseNote => ({
  id: one.id,
  author: personOf(one.authorId, names)!,
  text: one.deletedAt === null ? one.text : null,
  at: one.at.toISOString(),
  editedAt: isoOf(one.editedAt),
  can: actor.can.has('case.note') && isNoteOpenTo(one, actor.id, now) ? ['edit', 'delete'] : [],
});

export const viewTask = (one: Task, names: Names): CaseTask => ({
  id: one.id,
  version: one.version,
  text: one.text,
  owner: personOf(one.ownerId, names),
  dueAt: isoOf(one.dueAt),
  madeBy: personOf(one.madeBy, names),
  madeAt: one.madeAt.toISOString(),
  done: one.doneAt && { at: one.doneAt.toISOString(), by: personOf(one.doneBy, names) },
});

/** Everybody whom these name. */
export const namesIn = (db: Db, ids: readonly (string | null)[]): Promise<Names> =>
  namesOf(db, [...new Set(ids.flatMap((id) => id ?? []))]);
