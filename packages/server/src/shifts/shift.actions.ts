/** What people do with shifts: plan them, stand in for each other, and say what they bring. */
import { isZone } from '@groundswell/analytics';
import { Refusal, type StandInAct, type TurnView } from '@groundswell/contract';
import { type Actor, EVERYBODY, mustBeAtHome, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import { mustBePeople, mustBeTeams } from '../people/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import {
  type Brings,
  dropShift,
  holdPlace,
  insertShift,
  loadShift,
  membersOf,
  type NewShift,
  type Shift,
  saveBrings,
  savePlace,
  saveShift,
} from './shift.store.ts';
import { actOn, mustBePossible, turnOn } from './turn.ts';
import { viewTurn } from './turn.view.ts';

declare module '../events.ts' {
  interface Payloads {
    'shift.made': { shiftId: string; teamId: string };
    'shift.changed': { shiftId: string; teamId: string };
    'shift.removed': { shiftId: string; teamId: string };
    /** `holderId` has the place of `plannedId` now; `askedId` was asked to take it. */
    'shift.stood_in': { shiftId: string; day: string; plannedId: string; holderId: string; askedId: string | null };
    'person.brings_said': { personId: string };
  }
}

type SavedShift = NewShift & { readonly people: readonly string[] };
type Hand = { readonly trx: Trx; readonly actor: Actor; readonly at: Date };

const say = ({ trx, actor, at }: Hand, name: 'shift.made' | 'shift.changed' | 'shift.removed', shift: Shift) =>
  record(trx, actor, {
    ...{ name, at, compartment: EVERYBODY, subject: { kind: 'shift', id: shift.id } },
    payload: { shiftId: shift.id, teamId: shift.teamId },
  });

/** Shifts are the house's: an invented world reads them and changes none. */
function mustPlan(actor: Actor): void {
  mustHave(actor, 'case.configure');
  mustBeAtHome(actor);
}

async function mustFit(trx: Trx, shift: SavedShift): Promise<void> {
  mustBePossible(shift);
  await mustBeTeams(trx, [shift.teamId]);
  await mustBePeople(trx, shift.people);
}

export function makeShift({ db, clock }: Tools, actor: Actor, { people, ...plan }: SavedShift): Promise<Shift> {
  mustPlan(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    await mustFit(trx, { ...plan, people });
    const shift = await loadShift(trx, await insertShift(trx, plan, people, at));
    await say({ trx, actor, at }, 'shift.made', shift);
    return shift;
  });
}

export function changeShift(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  said: SavedShift & { version: number },
): Promise<Shift> {
  mustPlan(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    await loadShift(trx, id);
    await mustFit(trx, said);
    await saveShift(trx, id, said);
    const shift = await loadShift(trx, id);
    await say({ trx, actor, at }, 'shift.changed', shift);
    return shift;
  });
}

export function removeShift({ db, clock }: Tools, actor: Actor, id: string): Promise<void> {
  mustPlan(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const shift = await loadShift(trx, id);
    await dropShift(trx, id);
    await say({ trx, actor, at }, 'shift.removed', shift);
  });
}

interface PlaceOf {
  readonly id: string;
  readonly day: string;
  readonly planned: string;
}

/** A place in a turn that is not over yet. The shift may change meanwhile: what is decided is decided on what stands now. */
export function standIn(
  { db, clock }: Tools,
  actor: Actor,
  { id, day, planned }: PlaceOf,
  act: StandInAct,
): Promise<TurnView> {
  mustBeAtHome(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const shift = await loadShift(trx, id);
    const turn = turnOn(shift, day);
    if (!turn || !shift.people.some((person) => person.id === planned)) {
      throw new Refusal('shift.not_found', 'Nobody has this place by the plan any more. Reload the page.');
    }
    if (turn.to <= at.getTime()) {
      throw new Refusal('shift.not_possible', 'This turn is over. Nothing was changed.');
    }
    const place = actOn(await holdPlace(trx, id, day, planned), act, actor.id, await membersOf(trx, shift.teamId));
    await savePlace(trx, id, day, place);
    await record(trx, actor, {
      ...{ name: 'shift.stood_in', at, compartment: EVERYBODY, subject: { kind: 'shift', id } },
      payload: { shiftId: id, day, ...place },
    });
    return viewTurn(trx, { ...turn, shift });
  });
}

/** Everybody of themselves: nobody says for another what they can do. */
export function sayWhatIBring({ db, clock }: Tools, actor: Actor, brings: Brings): Promise<Brings> {
  mustBeAtHome(actor);
  if (actor.kind !== 'person') throw new Refusal('access.not_allowed', 'Only a person does this, not a token.');
  if (brings.zone !== null && !isZone(brings.zone)) {
    throw new Refusal('shift.not_possible', `"${brings.zone}" is no time zone that this machine knows.`);
  }
  const kept = { ...brings, languages: [...new Set(brings.languages)], skills: [...new Set(brings.skills)] };
  return db.change(actor, async (trx) => {
    await saveBrings(trx, actor.id, kept);
    await record(trx, actor, {
      ...{ name: 'person.brings_said', at: clock.now(), compartment: EVERYBODY },
      ...{ subject: { kind: 'person', id: actor.id }, payload: { personId: actor.id } },
    });
    return kept;
  });
}
