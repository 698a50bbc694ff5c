/** Saying where one is, and being told who else is there. Nothing of it is recorded. */
import { PRESENCE_HOLDS_MS, type Present } from '@groundswell/contract';
import { type Actor, compartmentNames, mustHave, namesOf, SYSTEM } from '../access/index.ts';
import { issuesById } from '../issues/index.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { dropLook, dropOldLooks, keepLook, listLooks } from './presence.store.ts';
import { othersAt } from './presence.ts';

export interface Whereabouts {
  readonly issueId: string | null;
  readonly left?: string;
}

/** An issue that is not there, or not for them, is passed over: looking at it says nothing about it. */
export async function sayWhere({ db, clock }: Tools, actor: Actor, { issueId, left }: Whereabouts): Promise<Present[]> {
  mustHave(actor, 'issue.read');
  const now = clock.now();
  return db.change(actor, async (trx) => {
    if (left !== undefined) await dropLook(trx, { personId: actor.id, issueId: left });
    const issue = issueId === null ? undefined : (await issuesById(trx, [issueId])).get(issueId);
    if (issue) await keepLook(trx, { personId: actor.id, issueId: issue.id }, issue.compartment, now);
    return present(trx, actor, now);
  });
}

export async function readWhere({ db, clock }: Tools, actor: Actor): Promise<Present[]> {
  mustHave(actor, 'issue.read');
  return db.as(actor, (reader) => present(reader, actor, clock.now()));
}

/** To people only: a program has no use for who looks at what. */
async function present(db: Db, actor: Actor, now: Date): Promise<Present[]> {
  if (actor.kind !== 'person') return [];
  const looks = await listLooks(db, horizon(now));
  const names = await namesOf(db, [...new Set(looks.map(({ personId }) => personId))]);
  return othersAt(looks, names, actor.id);
}

export async function forgetLooks({ db, clock }: Tools): Promise<void> {
  for (const compartment of await compartmentNames(db)) {
    await db.change(SYSTEM.live([compartment]), (trx) => dropOldLooks(trx, horizon(clock.now())));
  }
}

const horizon = (now: Date): Date => new Date(now.getTime() - PRESENCE_HOLDS_MS);
