/** Clocks as others see them: one reading behind every badge, list and explanation. */
import {
  type CalendarOf,
  type ClockState,
  explainClock,
  nextOpen,
  type Part,
  type Reading,
  type Reference,
  readClock,
} from '@groundswell/analytics';
import type { CaseClock, ClockPart, ClockReading } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import { type ClockRow, calendarsIn, clocksOf, eventsOfClocks, promisesOf } from './clock.store.ts';
import { ruleNames } from './rule.store.ts';
import { calendarsFor } from './rulebook.store.ts';

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const calendarsOf = (rows: readonly ClockRow[]): Reference[] =>
  rows.flatMap(({ state }) => [
    ...(state.calendar ? [state.calendar] : []),
    ...(state.pin ? [state.pin.calendar] : []),
  ]);

/** Whether time counts at this moment. Without a calendar every hour does. */
function isCounting({ phase, calendar }: ClockState, now: number, calendarOf: CalendarOf): boolean {
  return phase === 'running' && (calendar === null || nextOpen(calendarOf(calendar), now) === now);
}

/** A clock that is ahead of the reader's: a moment later it is right again. */
const momentFor = ({ since }: ClockState, now: Date): number => Math.max(since, now.getTime());

/** Of each item the one that runs out first; items without one are left out. A page costs as many queries as one. */
export async function firstClocks(db: Db, items: readonly string[], now: Date): Promise<Map<string, CaseClock>> {
  const rows = await promisesOf(db, items);
  if (rows.length === 0) return new Map();
  const calendarOf = await calendarsFor(db, calendarsOf(rows));
  const first = new Map<string, CaseClock>();
  for (const row of rows) {
    const one = firstClock(row, now, calendarOf);
    const best = first.get(row.itemId);
    if (one && (!best || comesBefore(one, best))) first.set(row.itemId, one);
  }
  return first;
}

function firstClock({ metric, track, state }: ClockRow, now: Date, calendarOf: CalendarOf): CaseClock | null {
  const at = momentFor(state, now);
  const { phase, targetMs, remainingMs, spentMs, dueAt, breachedAt } = readClock(state, at, calendarOf);
  if (targetMs === null || remainingMs === null || (phase !== 'running' && phase !== 'paused')) return null;
  return {
    ...{ metric, track, phase, targetMs, remainingMs },
    dueAt: isoOf(dueAt),
    counting: isCounting(state, at, calendarOf),
    breached: breachedAt !== null,
    share: spentMs / targetMs,
  };
}

/** What runs comes before what stands; of two that run the earlier, of two that stand the one with less left. */
function comesBefore(one: CaseClock, other: CaseClock): boolean {
  if (one.phase !== other.phase) return one.phase === 'running';
  if (one.phase === 'running' && one.dueAt !== null && other.dueAt !== null) return one.dueAt < other.dueAt;
  return one.remainingMs < other.remainingMs;
}

type Names = ReadonlyMap<string, string>;
const named = (kind: 'policy' | 'calendar', reference: Reference | null | undefined, names: Names) =>
  reference ? { ...reference, name: names.get(`${kind} ${reference.id}@${reference.version}`) ?? '' } : null;

const namesFor = (db: Db, states: readonly ClockState[]): Promise<Names> =>
  ruleNames(
    db,
    states.flatMap(({ pin }) => pin?.policy ?? []),
    states.flatMap(({ pin, calendar }) => [...(calendar ? [calendar] : []), ...(pin ? [pin.calendar] : [])]),
  );

/** All clocks of an item: open ones by when they run out, ended ones behind them, the last first. */
export async function readingsOf(db: Db, item: string, now: Date): Promise<ClockReading[]> {
  const rows = await clocksOf(db, [item]);
  const calendarOf = await calendarsFor(db, calendarsOf(rows));
  const names = await namesFor(
    db,
    rows.map(({ state }) => state),
  );
  return rows.map((row) => readingOf(row, now, calendarOf, names)).sort(inOrder);
}

/** Behind every moment that is written so. */
const NEVER = '9999';
function inOrder(one: ClockReading, other: ClockReading): number {
  if (one.endedAt !== null && other.endedAt !== null) return one.endedAt < other.endedAt ? 1 : -1;
  if (one.endedAt !== null || other.endedAt !== null) return one.endedAt === null ? -1 : 1;
  return (one.dueAt ?? NEVER) < (other.dueAt ?? NEVER) ? -1 : 1;
}

function readingOf(row: ClockRow, now: Date, calendarOf: CalendarOf, names: Names): ClockReading {
  const { key, metric, track, ask, state } = row;
  const at = momentFor(state, now);
  const reading = readClock(state, at, calendarOf);
  return {
    ...{ key, metric, track, ask, phase: phaseOf(reading), pausedBecause: state.pausedBecause },
    ...{ startedAt: isoOf(state.activatedAt)!, endedAt: isoOf(state.endedAt), spentMs: reading.spentMs },
    ...{ targetMs: reading.targetMs, remainingMs: reading.remainingMs, dueAt: isoOf(reading.dueAt) },
    share: reading.targetMs === null ? null : reading.spentMs / reading.targetMs,
    counting: isCounting(state, at, calendarOf),
    ...{ breachedAt: isoOf(reading.breachedAt), everBreached: reading.everBreached, met: reading.met },
    policy: named('policy', state.pin?.policy, names),
    priority: state.pin?.priority ?? null,
    calendar: named('calendar', state.calendar, names),
    marks: reading.marks.map((mark) => ({ ...mark, at: isoOf(mark.at)! })),
  };
}

const phaseOf = ({ phase }: Pick<Reading, 'phase'>): ClockReading['phase'] => (phase === 'idle' ? 'running' : phase);

/** Of each stretch between two events; more are summed up. */
const PARTS_MAX = 200;

interface Explained {
  readonly key: string;
  readonly metric: ClockReading['metric'];
  readonly track: string;
  readonly ask: string | null;
  readonly phase: ClockReading['phase'];
  readonly spentMs: number;
  readonly targetMs: number | null;
  readonly parts: ClockPart[];
}

/** What was counted of each clock, what was not, and by which rule. */
export async function whyOf(db: Db, item: string, now: Date, key: string | undefined): Promise<Explained[]> {
  const rows = (await clocksOf(db, [item])).filter((row) => key === undefined || row.key === key);
  const events = await eventsOfClocks(db, rows);
  const calendars = [...calendarsIn(events), ...calendarsOf(rows)];
  const calendarOf = await calendarsFor(db, calendars);
  const names = await ruleNames(db, [], calendars);
  return rows.map(({ itemId, state, ...row }) => {
    const at = momentFor(state, now);
    const { spentMs, targetMs, phase } = readClock(state, at, calendarOf);
    const parts = explainClock(events.get(`${itemId}/${row.key}`) ?? [], at, calendarOf, PARTS_MAX);
    const { metric, track, ask } = row;
    return {
      ...{ key: row.key, metric, track, ask, phase: phaseOf({ phase }), spentMs, targetMs },
      parts: parts.map((part) => partOf(part, names)),
    };
  });
}

const partOf = (part: Part, names: Names): ClockPart => ({
  ...{ from: isoOf(part.from)!, to: isoOf(part.to)!, counted: part.counted, countedMs: part.countedMs },
  ...{ rule: part.rule, because: part.because ?? null, holiday: part.holiday ?? null, version: part.version },
  calendar: named('calendar', part.calendar, names),
  zone: part.zone ?? null,
  offsetMs: part.offsetMs ?? null,
  cause: { event: part.cause.id, kind: part.cause.kind },
});
