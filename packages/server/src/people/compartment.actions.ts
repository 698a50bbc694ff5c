/** Compartments made, changed and removed, by somebody inside. */
import {
  type changeCompartment as changeEndpoint,
  type Held,
  type makeCompartment as makeEndpoint,
  Refusal,
} from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, type Change, changePeople, mustHave, mustNotStandBelow, rightsOf } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import {
  countKeepers,
  dropCompartment,
  dropHeld,
  heldIn,
  holdCompartment,
  keepCompartment,
  loadCompartment,
  markMembersChanged,
  saveCompartment,
} from './compartment.store.ts';
import { type Compartment, mustBeClosed, mustBeEmpty, mustBeginWithKeepers, mustBeNameable } from './compartment.ts';
import { differenceOf } from './difference.ts';
import { keepingKeepers, letIn, letOut, recordRefused } from './membership.actions.ts';
import { mustBePeople } from './team.store.ts';

const write = (
  { trx, at }: Change,
  actor: Actor,
  compartment: string,
  name: 'compartment.made' | 'compartment.changed' | 'compartment.removed',
) => record(trx, actor, { name, at, compartment, subject: { kind: 'compartment', id: compartment }, payload: {} });

/** Whoever may do more than I is not mine to let in or out. */
async function mustReach({ trx, mine }: Change, actor: Actor, people: readonly string[]): Promise<void> {
  for (const id of people) {
    const theirs = await rightsOf(trx, id);
    if (theirs && id !== actor.id) mustNotStandBelow(mine.can, theirs);
  }
}

/** Spoken from inside it from its first moment on: a name that is taken ends here, before anything was read. */
export function makeCompartment(
  tools: Tools,
  actor: Actor,
  { compartment: name, title, purpose, members }: z.output<typeof makeEndpoint.body>,
): Promise<Compartment> {
  mustBeNameable(name);
  const inside = { ...actor, compartments: [...new Set([...actor.compartments, name])] };
  return changePeople(tools, inside, async (change) => {
    const { trx, at } = change;
    await keepCompartment(trx, { name, title, purpose }, at);
    const people = [...new Set([actor.id, ...members])];
    await mustBePeople(trx, people);
    await mustReach(change, actor, people);
    await write(change, inside, name, 'compartment.made');
    for (const personId of people) await letIn(change, inside, { compartment: name, personId });
    await markMembersChanged(trx, [], people);
    mustBeginWithKeepers(await countKeepers(trx, name));
    return loadCompartment(trx, name);
  });
}

export function changeCompartment(
  tools: Tools,
  actor: Actor,
  name: string,
  { version, title, purpose, members }: z.output<typeof changeEndpoint.body>,
): Promise<Compartment> {
  return changePeople(tools, actor, async (change) => {
    const { trx } = change;
    const before = await loadCompartment(trx, name);
    mustBeClosed(name);
    await saveCompartment(trx, { name, title, purpose }, version);
    const ids = before.members.map(({ id }) => id);
    const { given, taken } = differenceOf(ids, members);
    await mustBePeople(trx, given);
    await mustReach(change, actor, [...given, ...taken]);
    await write(change, actor, name, 'compartment.changed');
    await keepingKeepers(change, [name], async () => {
      for (const personId of given) await letIn(change, actor, { compartment: name, personId });
      for (const personId of taken) await letOut(change, actor, { compartment: name, personId });
    });
    await markMembersChanged(trx, [], [...given, ...taken]);
    return loadCompartment(trx, name);
  });
}

/** Hidden and absent get the same answer; the open one is never empty of people. */
export function readHeld({ db, clock }: Tools, actor: Actor, name: string): Promise<Held[]> {
  mustHave(actor, 'people.manage');
  return db.as(actor, async (reader) => {
    await loadCompartment(reader, name);
    return heldIn(reader, name, clock.now());
  });
}

/** What happened in it stays in the record, and its last lines say who was let out and that it is gone. */
export function removeCompartment(tools: Tools, actor: Actor, name: string, seen: number): Promise<void> {
  return changePeople(tools, actor, async (change) => {
    const { trx, at } = change;
    mustBeClosed(name);
    await loadCompartment(trx, name);
    await holdCompartment(trx, name, seen);
    const { members, held } = await loadCompartment(trx, name);
    mustBeEmpty(await heldIn(trx, name, at));
    const people = members.map(({ id }) => id);
    await mustReach(change, actor, people);
    for (const { id: personId } of held) await recordRefused(change, actor, { compartment: name, personId });
    for (const personId of people) await letOut(change, actor, { compartment: name, personId });
    await markMembersChanged(trx, [], people);
    await write(change, actor, name, 'compartment.removed');
    await dropCompartment(trx, name, at);
  });
}

/** They may be let in later like anybody else; only their waiting ends. */
export function sendAway(tools: Tools, actor: Actor, name: string, personId: string): Promise<Compartment> {
  return changePeople(tools, actor, async (change) => {
    const { trx } = change;
    await loadCompartment(trx, name);
    if ((await dropHeld(trx, name, [personId])) === 0) {
      throw new Refusal('compartment.nobody_waits', 'They do not wait any more. Reload the list; nothing was changed.');
    }
    await recordRefused(change, actor, { compartment: name, personId });
    await markMembersChanged(trx, [name], []);
    return loadCompartment(trx, name);
  });
}
