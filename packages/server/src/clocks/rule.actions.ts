/** Editing what is promised: a new version each time, applied to open items behind the editor's back, and seen before. */

import type { setClockCalendar, setClockPolicy } from '@groundswell/contract';
import { Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustBeAtHome, mustHave, mustStandSomewhere } from '../access/index.ts';
import { recorded } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type CalendarRow, calendarVersions, insertCalendar, insertPolicy, newestCalendars } from './rule.store.ts';
import { mustBeEditable, mustCount, mustKnowCalendars } from './rule.ts';

declare module '../events.ts' {
  interface Payloads {
    /** `running`: clocks that run follow it too. */
    'clock_policy.set': { policyId: string; version: number; running: boolean };
    'clock_calendar.set': { calendarId: string; version: number; running: boolean };
  }
}

export type NewPolicy = Omit<z.output<typeof setClockPolicy.body>, 'seen' | 'running'>;
export type NewCalendar = Omit<z.output<typeof setClockCalendar.body>, 'seen' | 'running'>;
interface Set {
  readonly id: string;
  readonly version: number;
}

export async function setPolicy(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  { seen, running, ...policy }: z.output<typeof setClockPolicy.body>,
): Promise<Set> {
  mustEdit(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const known = new globalThis.Set((await newestCalendars(trx)).map((one) => one.id));
    mustKnowCalendars(policy.targets, known);
    const { name, place, removed, ...spec } = policy;
    const version = await insertPolicy(trx, {
      ...{ id, seen, name, place, removed, spec },
      madeAt: at,
      madeBy: actor.id,
    });
    await recorded(trx, actor, {
      ...{ name: 'clock_policy.set', at, compartment: actor.compartments[0]!, subject: { kind: 'clock_policy', id } },
      payload: { policyId: id, version, running },
    });
    return { id, version };
  });
}

export async function setCalendar(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  { seen, running, ...calendar }: z.output<typeof setClockCalendar.body>,
): Promise<Set> {
  mustEdit(actor);
  mustBeEditable(id);
  mustCount(calendar.spec);
  const made = { madeAt: clock.now(), madeBy: actor.id };
  return db.change(actor, async (trx) => {
    const others = await newestCalendars(trx);
    mustStayForAll(others, id, calendar);
    const version = await insertCalendar(trx, { id, seen, ...calendar, ...made });
    for (const other of others) if (other.id !== id) await letGo(trx, other, calendar, made);
    await recorded(trx, actor, {
      ...{ name: 'clock_calendar.set', at: made.madeAt, compartment: actor.compartments[0]! },
      subject: { kind: 'clock_calendar', id },
      payload: { calendarId: id, version, running },
    });
    return { id, version };
  });
}

/** Rules are the house's, and hold behind every wall. */
function mustEdit(actor: Actor): void {
  mustHave(actor, 'case.configure');
  mustBeAtHome(actor);
  mustStandSomewhere(actor);
}

function mustStayForAll(all: readonly CalendarRow[], id: string, { forAll }: NewCalendar): void {
  if (forAll || !all.find((one) => one.id === id)?.forAll) return;
  throw new Refusal(
    'clock.needed',
    'This is the calendar of everybody without hours of their own. Make another one that calendar first. Nothing was kept.',
  );
}

/** A team has one calendar, and there is one for all others: the calendar that was it before is it no longer. */
async function letGo(
  trx: Trx,
  other: CalendarRow,
  { teams, forAll }: NewCalendar,
  made: Pick<CalendarRow, 'madeAt' | 'madeBy'>,
): Promise<void> {
  const left = other.teams.filter((team) => !teams.includes(team));
  if (left.length === other.teams.length && !(forAll && other.forAll)) return;
  const [text] = await calendarVersions(trx, [other], []);
  const { id, version: seen, name } = other;
  await insertCalendar(trx, {
    id,
    seen,
    name,
    spec: text!.spec!,
    teams: left,
    forAll: other.forAll && !forAll,
    ...made,
  });
}
