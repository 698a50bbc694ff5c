/** Turns of shifts, counted from their plans by the wall clock of a zone. Pure. */
import { instantOf, isZone, LATEST_INSTANT, offsetAt } from '@groundswell/analytics';
import { Refusal, type StandInAct } from '@groundswell/contract';
import type { IcsEvent } from '@groundswell/formats';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** When a shift is, as people plan it. */
export interface Plan {
  readonly zone: string;
  /** ISO: 1 is Monday. */
  readonly days: readonly number[];
  /** Minutes after midnight. */
  readonly from: number;
  /** As the wall clock counts them. */
  readonly minutes: number;
  /** `2026-03-02` */
  readonly begins: string;
  /** The last day on which a turn begins; null goes on. */
  readonly ends: string | null;
}

export interface Span {
  /** Of the zone: the day on which the turn begins. */
  readonly day: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** First moment behind it. */
  readonly to: number;
}

const wallOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);
const isoDay = (wall: number): number => new Date(wall).getUTCDay() || 7;

/**
 * The turn that begins on a day, or null where the plan has none. Both ends are what the wall clock reads, so one shift
 * begins exactly where another ends, through every change of the clocks; a turn that lies whole in a skipped hour is none.
 * @example
 * turnOn({ zone: 'Europe/Berlin', days: [6], from: 1320, minutes: 480, begins: '2026-01-01', ends: null }, '2026-03-28');
 * // 22:00 to 06:00 of a night that is an hour short: seven hours
 */
export function turnOn(plan: Plan, day: string): Span | null {
  const wall = wallOf(day);
  if (day < plan.begins || (plan.ends !== null && day > plan.ends) || !plan.days.includes(isoDay(wall))) return null;
  const start = wall + plan.from * MINUTE_MS;
  const from = instantOf(plan.zone, start);
  const to = instantOf(plan.zone, start + plan.minutes * MINUTE_MS);
  return to > from ? { day, from, to } : null;
}

/**
 * All turns that touch a stretch of time, the earliest first.
 * @param from,to milliseconds since 1970
 */
export function turnsIn(plan: Plan, from: number, to: number): Span[] {
  const first = dayOf(from + offsetAt(plan.zone, from) - 2 * DAY_MS);
  const last = dayOf(to + offsetAt(plan.zone, to) + DAY_MS);
  const turns: Span[] = [];
  const end = wallOf(plan.ends !== null && plan.ends < last ? plan.ends : last);
  for (let wall = wallOf(plan.begins > first ? plan.begins : first); wall <= end; wall += DAY_MS) {
    const turn = turnOn(plan, dayOf(wall));
    if (turn && turn.from < to && turn.to > from) turns.push(turn);
  }
  return turns;
}

/** @throws Refusal `shift.not_possible` on a plan that can never have a turn */
export function mustBePossible({ zone, begins, ends, days }: Plan): void {
  if (!isZone(zone)) {
    throw new Refusal('shift.not_possible', `"${zone}" is no time zone that this machine knows. Nothing was kept.`);
  }
  if (wallOf(begins) >= LATEST_INSTANT - 7 * DAY_MS || wallOf(begins) < 7 * DAY_MS) {
    throw new Refusal('shift.not_possible', 'Shifts begin between 1970 and 2199. Nothing was kept.');
  }
  const last = ends === null ? Infinity : wallOf(ends);
  for (let wall = wallOf(begins), n = 0; n < 7 && wall <= last; n++, wall += DAY_MS) {
    if (days.includes(isoDay(wall))) return;
  }
  throw new Refusal(
    'shift.not_possible',
    'Between its first and its last day this shift has no day. Nothing was kept.',
  );
}

/** One place of one turn: whose by the plan, whose in fact, and who is asked to take it. */
export interface Place {
  readonly plannedId: string;
  readonly holderId: string;
  readonly askedId: string | null;
}

/**
 * The place after somebody acted on it.
 * @throws Refusal `shift.not_yours` where another may do that, `shift.not_possible` where nobody can
 */
export function actOn(place: Place, act: StandInAct, by: string, team: ReadonlySet<string>): Place {
  const asked = act.type === 'ask' ? act.personId : by;
  if (act.type === 'take' || act.type === 'ask') {
    if (!team.has(asked))
      throw new Refusal('shift.not_possible', 'Only people of this team stand in. Nothing was changed.');
    if (place.holderId === asked) {
      throw new Refusal('shift.not_possible', 'They have this place already. Nothing was changed.');
    }
  }
  if (act.type === 'take') return { ...place, holderId: by, askedId: null };
  const whose = act.type === 'ask' || act.type === 'take_back' ? place.holderId : place.askedId;
  if (whose !== by) {
    throw new Refusal(
      'shift.not_yours',
      'This is no longer yours to say: somebody was here first. Nothing was changed.',
    );
  }
  if (act.type === 'ask') return { ...place, askedId: asked };
  if (act.type === 'accept') return { ...place, holderId: by, askedId: null };
  return { ...place, askedId: null };
}

/**
 * A happening of a calendar file as a shift of one day.
 * @param zone of whoever reads the file, for what says none itself
 * @returns the plan, or in words why it is none
 */
export function planOf(event: IcsEvent, zone: string): Plan | string {
  if (event.allDay) return 'is of whole days; a shift has hours';
  const [begins, clock] = event.from.split('T') as [string, string];
  const minutes = (Date.parse(`${event.to}Z`) - Date.parse(`${event.from}Z`)) / MINUTE_MS;
  if (!Number.isInteger(minutes) || minutes < 15 || minutes > 1440) return 'is no shift of 15 minutes to 24 hours';
  const [hour, minute] = clock.split(':').map(Number) as [number, number];
  const of = { zone: event.zone ?? zone, days: [isoDay(wallOf(begins))], from: hour * 60 + minute, minutes };
  return { ...of, begins, ends: begins };
}
