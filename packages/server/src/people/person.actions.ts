/** What is done to people: changed, locked out, let back in. */
import type { changePerson as changeEndpoint } from '@groundswell/contract';
import { Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import {
  type Actor,
  type Change,
  changePeople,
  EVERYBODY,
  endSessions,
  isBeyond,
  isMailTaken,
  mustNotGiveBeyond,
  mustNotStandBelow,
  recordEnd,
  rightsOf,
  rolesNamed,
  voidLinks,
} from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { markMembersChanged } from './compartment.store.ts';
import { type Difference, differenceOf } from './difference.ts';
import { keepingKeepers, letIn, letOut } from './membership.actions.ts';
import { loadPerson, markDeactivated, savePerson, saveRoles } from './person.store.ts';
import { mustBeActive, mustBeInside, mustBeSomebodyElse, type Person } from './person.ts';
import { joinTeams, leaveTeams } from './team.actions.ts';
import { mustBeTeams } from './team.store.ts';

/** Somebody whom the caller may touch. */
async function mine({ trx, at, mine }: Change, personId: string): Promise<Person> {
  const person = await loadPerson(trx, personId, at);
  mustNotStandBelow(mine.can, (await rightsOf(trx, personId))!);
  return person;
}

type PersonEvent = 'person.changed' | 'person.reactivated';

const write = ({ trx, at }: Change, actor: Actor, personId: string, name: PersonEvent) =>
  record(trx, actor, {
    name,
    at,
    compartment: EVERYBODY,
    subject: { kind: 'person', id: personId },
    payload: { personId },
  });

export function changePerson(
  tools: Tools,
  actor: Actor,
  personId: string,
  next: z.output<typeof changeEndpoint.body>,
): Promise<Person> {
  return changePeople(tools, actor, async (change) => {
    const { trx, at } = change;
    const before = await mine(change, personId);
    mustBeActive(before);
    if (await isMailTaken(trx, next.email, personId)) {
      throw new Refusal('person.email_taken', 'Somebody else has this mail address. Nothing was saved; use another.');
    }
    await savePerson(trx, personId, next);
    await write(change, actor, personId, 'person.changed');
    await giveRoles(change, actor, personId, differenceOf(before.roles, next.roles));
    await giveCompartments(change, actor, personId, differenceOf(before.compartments, next.compartments));
    await mustBeTeams(trx, next.teams);
    const teams = differenceOf(before.teams, next.teams);
    await joinTeams(change, actor, personId, teams.given);
    await leaveTeams(change, actor, personId, teams.taken);
    return loadPerson(trx, personId, at);
  });
}

async function giveRoles({ trx, at, mine }: Change, actor: Actor, personId: string, { given, taken }: Difference) {
  const roles = await rolesNamed(trx, [...given, ...taken]);
  mustNotGiveBeyond(
    mine.can,
    roles.flatMap((role) => role.capabilities),
  );
  await saveRoles(trx, personId, { given, taken });
  for (const { id: roleId, name } of roles) {
    await record(trx, actor, {
      name: given.includes(name) ? 'role.given' : 'role.taken',
      at,
      compartment: EVERYBODY,
      subject: { kind: 'person', id: personId },
      payload: { personId, roleId },
    });
  }
}

async function giveCompartments(change: Change, actor: Actor, personId: string, { given, taken }: Difference) {
  mustBeInside(actor.compartments, [...given, ...taken]);
  await keepingKeepers(change, taken, async () => {
    for (const compartment of given) await letIn(change, actor, { compartment, personId });
    for (const compartment of taken) await letOut(change, actor, { compartment, personId });
  });
  await markMembersChanged(change.trx, [...given, ...taken], []);
}

/** At once: the next request by any of their sessions finds them gone, and no link of theirs opens. */
export function deactivatePerson(tools: Tools, actor: Actor, personId: string): Promise<Person> {
  return changePeople(tools, actor, async (change) => {
    const { trx, at } = change;
    const person = await mine(change, personId);
    mustBeSomebodyElse(personId, actor);
    if (person.deactivatedAt) return person;
    await markDeactivated(trx, personId, at);
    await voidLinks(trx, { personId }, at);
    const sessions = await endSessions(trx, { personId }, at);
    await record(trx, actor, {
      name: 'person.deactivated',
      at,
      compartment: EVERYBODY,
      subject: { kind: 'person', id: personId },
      payload: { personId, sessions },
    });
    return loadPerson(trx, personId, at);
  });
}

/** With what they had before, so only by somebody who could have given them all of it. */
export function reactivatePerson(tools: Tools, actor: Actor, personId: string): Promise<Person> {
  return changePeople(tools, actor, async (change) => {
    const { trx, at } = change;
    const person = await mine(change, personId);
    if (!person.deactivatedAt) return person;
    if (!person.sharesAll || isBeyond(change.mine.can, person.can)) {
      throw new Refusal(
        'access.beyond_own',
        'This person worked in a compartment that you are not in, and would be back in it. Ask an admin who is.',
      );
    }
    await markDeactivated(trx, personId, null);
    await write(change, actor, personId, 'person.reactivated');
    return loadPerson(trx, personId, at);
  });
}

export function endSessionsOf(tools: Tools, actor: Actor, personId: string): Promise<number> {
  return changePeople(tools, actor, async (change) => {
    const { trx, at } = change;
    await mine(change, personId);
    mustBeSomebodyElse(personId, actor);
    const count = await endSessions(trx, { personId }, at);
    if (count > 0) await recordEnd(trx, actor, { personId, sessionId: personId, count }, at);
    return count;
  });
}
