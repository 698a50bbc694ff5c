/** Saying where one is, and being told who else is there. Nothing of it is recorded. */
import { PRESENCE_HOLDS_MS } from '@groundswell/contract';
import { type Actor, compartmentNames, mustHave, namesOf, SYSTEM } from '../access/index.ts';
import { casesById } from '../cases/index.ts';
import { issuesById } from '../issues/index.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { dropLook, dropOldLooks, keepLook, listLooks } from './presence.store.ts';
import { type Here, othersAt } from './presence.ts';

export interface Whereabouts {
  readonly issueId: string | null;
  readonly caseId: string | null;
  readonly left?: string;
}

/** What is not there, or not for them, is passed over: looking at it says nothing about it. */
export async function sayWhere({ db, clock }: Tools, actor: Actor, said: Whereabouts): Promise<Here> {
  mustHave(actor, 'issue.read');
  const now = clock.now();
  return db.change(actor, async (trx) => {
    const { issueId, caseId, left } = said;
    if (left !== undefined) await dropLook(trx, { personId: actor.id, id: left });
    const issue = issueId === null ? undefined : (await issuesById(trx, [issueId])).get(issueId);
    if (issue) await keepLook(trx, { personId: actor.id, kind: 'issue', id: issue.id }, issue.compartment, now);
    const mayRead = caseId !== null && actor.can.has('case.read');
    const kase = mayRead ? (await casesById(trx, [caseId])).get(caseId) : undefined;
    if (kase) await keepLook(trx, { personId: actor.id, kind: 'case', id: kase.id }, kase.compartment, now);
    return present(trx, actor, now);
  });
}

export async function readWhere({ db, clock }: Tools, actor: Actor): Promise<Here> {
  mustHave(actor, 'issue.read');
  return db.as(actor, (reader) => present(reader, actor, clock.now()));
}

/** To people only: a program has no use for who looks at what. */
async function present(db: Db, actor: Actor, now: Date): Promise<Here> {
  if (actor.kind !== 'person') return { issues: [], cases: [] };
  const looks = await listLooks(db, horizon(now));
  const names = await namesOf(db, [...new Set(looks.map(({ personId }) => personId))]);
  const others = othersAt(looks, names, actor.id);
  return actor.can.has('case.read') ? others : { ...others, cases: [] };
}

export async function forgetLooks({ db, clock }: Tools): Promise<void> {
  for (const compartment of await compartmentNames(db)) {
    await db.change(SYSTEM.live([compartment]), (trx) => dropOldLooks(trx, horizon(clock.now())));
  }
}

const horizon = (now: Date): Date => new Date(now.getTime() - PRESENCE_HOLDS_MS);
