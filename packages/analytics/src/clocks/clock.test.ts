import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, DAY, elapsedByWalking, HOUR, MINUTE, weekdays } from './calendar.fixture.ts';
import { type CalendarSpec, compileCalendar } from './calendar.ts';
import { type ClockEvent, look, NOT_BEGUN, nextMoment, type Pin, replay, stepClock } from './clock.ts';
import { on, policy, rulebookOf, target, wrote } from './item.fixture.ts';
import { happen, type Item, NEW_ITEM, nextLook } from './item.ts';
import type { Happening } from './metrics.ts';
import { readClock } from './reading.ts';
import { explainClock } from './why.ts';

const SPECS: readonly CalendarSpec[] = [
  { zone: 'Europe/Berlin', hours: weekdays(9, 17), holidays: [{ name: 'a day', from: '2026-03-30' }] },
  { zone: 'America/New_York', hours: weekdays(20, 28) },
  { zone: 'UTC', hours: 'always' },
];
const compiled = SPECS.map(compileCalendar);
const calendarOf = ({ version }: { version: number }) => compiled[version];
const cause = { id: 'e', kind: 'test' };
const pin = (calendar: number, targetMs: number | null): Pin => ({
  policy: { id: 'p', version: 1 },
  priority: 'P2',
  calendar: { id: 'c', version: calendar },
  targetMs,
});

/** Around both changes of the clocks in the north. */
const START = fc.constantFrom(at('2026-03-27T12:00Z'), at('2026-10-23T08:00Z'), at('2026-06-05T15:00Z'));
const minutes = (most: number) => fc.integer({ min: 0, max: most }).map((count) => count * MINUTE);

/** A life: steps of time, and what happens at the end of each. */
const anyLife = fc
  .record({
    start: START,
    steps: fc.array(
      fc.record({
        after: minutes(1500),
        what: fc.constantFrom('pause', 'resume', 'apply', 'unpromise'),
        calendar: fc.nat(2),
        target: minutes(900).map((ms) => ms + MINUTE),
      }),
      { maxLength: 7 },
    ),
    ends: fc.boolean(),
    rest: minutes(4000),
  })
  .map(({ start, steps, ends, rest }) => {
    const events: ClockEvent[] = [{ kind: 'activate', at: start, cause }];
    let now = start;
    for (const { after, what, calendar, target } of steps) {
      now += after;
      if (what === 'pause') events.push({ kind: 'pause', at: now, cause, because: 'requester' });
      else if (what === 'resume') events.push({ kind: 'resume', at: now, cause });
      else events.push({ kind: 'apply', at: now, cause, pin: what === 'apply' ? pin(calendar, target) : null });
    }
    if (ends) events.push({ kind: 'fulfil', at: now + rest, cause });
    return { events, until: now + rest };
  });

describe('laws of a clock', () => {
  test('what it says is what a walk over its running minutes says', () => {
    fc.assert(
      fc.property(anyLife, ({ events, until }) => {
        expect(readClock(replay(events, calendarOf), until, calendarOf).spentMs).toBe(byWalking(events, until));
      }),
      { numRuns: 40 },
    );
  });

  test('pausing loses nothing and gains nothing: the two sides of a pause add up to a clock that never stood', () => {
    const pauses = fc.array(fc.tuple(minutes(1500), minutes(1500)), { maxLength: 6 });
    fc.assert(
      fc.property(START, fc.nat(2), pauses, (start, calendar, stretches) => {
        const base: ClockEvent[] = [
          { kind: 'activate', at: start, cause },
          { kind: 'apply', at: start, cause, pin: pin(calendar, null) },
        ];
        const paused = [...base];
        const mirrored: ClockEvent[] = [...base, { kind: 'pause', at: start, cause, because: 'requester' }];
        let now = start;
        for (const [runs, stands] of stretches) {
          now += runs;
          paused.push({ kind: 'pause', at: now, cause, because: 'requester' });
          mirrored.push({ kind: 'resume', at: now, cause });
          now += stands;
          paused.push({ kind: 'resume', at: now, cause });
          mirrored.push({ kind: 'pause', at: now, cause, because: 'requester' });
        }
        const spent = (events: ClockEvent[]) => readClock(replay(events, calendarOf), now, calendarOf).spentMs;
        expect(spent(paused) + spent(mirrored)).toBe(spent(base));
      }),
    );
  });

  test('looking at any moments in between changes neither the sum nor the marks', () => {
    fc.assert(
      fc.property(anyLife, fc.array(minutes(12_000), { maxLength: 10 }), ({ events, until }, looks) => {
        const moments = looks.map((offset) => events[0].at + offset).sort((a, b) => a - b);
        let state = NOT_BEGUN;
        for (const event of events) {
          for (const moment of moments.filter((ms) => ms > state.since && ms < event.at)) {
            if (state !== NOT_BEGUN) state = look(state, moment, calendarOf);
          }
          state = stepClock(state, event, calendarOf);
        }
        const reading = readClock(replay(events, calendarOf), until, calendarOf);
        expect(readClock(state, until, calendarOf)).toEqual(reading);
      }),
    );
  });

  test('the parts of why lie end to end and add up to the reading', () => {
    fc.assert(
      fc.property(anyLife, fc.integer({ min: 1, max: 30 }), ({ events, until }, most) => {
        const parts = explainClock(events, until, calendarOf, most);
        const { spentMs } = readClock(replay(events, calendarOf), until, calendarOf);
        expect(parts.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(spentMs);
        const places = parts.map(({ from }) => from);
        expect(places).toEqual([events[0].at, ...parts.map(({ to }) => to)].slice(0, parts.length));
      }),
    );
  });

  test('the next moment is the first at which something is found, and nothing is found before it', () => {
    fc.assert(
      fc.property(anyLife, ({ events }) => {
        const state = replay(events, calendarOf);
        const next = nextMoment(state, calendarOf);
        if (next === null) {
          expect(look(state, at('2030-01-01T00:00Z'), calendarOf).marks).toEqual(state.marks);
          return;
        }
        expect(look(state, next - 1, calendarOf).marks).toEqual(state.marks);
        expect(look(state, next, calendarOf).marks.length).toBeGreaterThan(state.marks.length);
      }),
    );
  });
});

/** Minutes in which it ran, each asked of the calendar of that time; before the first by the first. */
function byWalking(events: readonly ClockEvent[], until: number): number {
  const first = events.find((event) => event.kind === 'apply' && event.pin);
  let calendar = first?.kind === 'apply' ? (first.pin?.calendar.version ?? null) : null;
  let [spent, runs] = [0, false];
  for (const [i, event] of events.entries()) {
    if (event.kind === 'apply' && event.pin) calendar = event.pin.calendar.version;
    if (event.kind === 'activate' || event.kind === 'resume') runs = true;
    if (event.kind === 'pause' || event.kind === 'fulfil') runs = false;
    const to = events[i + 1]?.at ?? until;
    if (runs && calendar === null) spent += to - event.at;
    else if (runs) spent += elapsedByWalking(SPECS[calendar!], event.at, to);
  }
  return spent;
}

const RULES = rulebookOf(
  [
    policy([
      target('first_answer', 60, null, 'P1'),
      target('first_answer', 480, null, 'P3'),
      target('pausable_update', 90, null),
    ]),
    policy([target('resolution', 60)], { id: 'law', track: 'law', when: [{ field: 'law', isAnyOf: ['yes'] }] }),
  ],
  {},
  { '': 'office', night: 'always' },
);

const anyHappening: fc.Arbitrary<(iso: string) => Happening> = fc.constantFrom(
  (iso) => on(iso, 'acknowledged', {}),
  (iso) => on(iso, 'message_in', {}),
  (iso) => on(iso, 'message_out', { automatic: false }),
  (iso) => on(iso, 'set_to', { standing: { is: 'waiting', for: 'requester' } }),
  (iso) => on(iso, 'set_to', { standing: { is: 'waiting', for: 'partner' } }),
  (iso) => on(iso, 'set_to', { standing: { is: 'active' } }),
  (iso) => on(iso, 'set_to', { standing: { is: 'resolved' } }),
  (iso) => on(iso, 'reopened', { requesterWrote: true }),
  (iso) => on(iso, 'facts_changed', { facts: { priority: 'P1' } }),
  (iso) => on(iso, 'facts_changed', { facts: { priority: 'P3', law: 'yes' } }),
  (iso) => on(iso, 'facts_changed', { facts: { team: 'night' } }),
  (iso) => on(iso, 'partner_asked', { ask: 'a' }),
  (iso) => on(iso, 'rules_changed', { running: true }),
);

test('replay is live: folding what was kept gives every clock as it was lived, with a scheduler or without', () => {
  const lives = fc.array(fc.tuple(minutes(2000), anyHappening), { maxLength: 12 });
  fc.assert(
    fc.property(lives, (steps) => {
      let now = at('2026-10-23T08:00Z');
      const happenings = [wrote(new Date(now).toISOString(), { priority: 'P3' })];
      for (const [after, what] of steps) {
        now += after;
        happenings.push(what(new Date(now).toISOString()));
      }
      const watched = liveThrough(happenings, true);
      const unwatched = liveThrough(happenings, false);
      expect(watched.clocks.map(({ key, state }) => [key, state])).toEqual(
        unwatched.clocks.map(({ key, state }) => [key, state]),
      );
      for (const { events, state } of watched.clocks) expect(replay(events, RULES.calendarOf)).toEqual(state);
      for (const { events } of watched.clocks) {
        const marks = events.flatMap((event) => (event.kind === 'warn' ? [`${event.version} ${event.share}`] : []));
        expect(new Set(marks).size).toBe(marks.length);
      }
    }),
  );
});

function liveThrough(happenings: readonly Happening[], watched: boolean): Item {
  let item = NEW_ITEM;
  for (const happening of happenings) {
    for (let wake = next(item); watched && wake !== null && wake < happening.at; wake = next(item)) {
      item = happen(item, { id: 'look', at: wake, kind: 'looked_again' }, RULES).item;
    }
    item = happen(item, happening, RULES).item;
  }
  return item;
}
const next = (item: Item): number | null => nextLook(item, RULES.calendarOf);

test('a broken record is refused, and says where', () => {
  const start: ClockEvent = { kind: 'activate', at: DAY, cause };
  const fold =
    (...events: ClockEvent[]) =>
    () =>
      replay(events, calendarOf);
  expect(fold({ kind: 'pause', at: DAY, cause, because: 'x' })).toThrow('"pause" on a clock that is idle');
  expect(fold(start, { kind: 'activate', at: DAY, cause })).toThrow('"activate" on a clock that is running');
  expect(fold(start, { kind: 'fulfil', at: DAY - 1, cause })).toThrow('goes back');
  expect(fold(start, { kind: 'fulfil', at: DAY, cause }, { kind: 'resume', at: DAY, cause })).toThrow(
    'after the clock was fulfilled',
  );
  expect(fold(start, { kind: 'apply', at: DAY, cause, pin: { ...pin(2, HOUR), warnAt: [0.9, 0.5] } })).toThrow(
    'warnAt[1]',
  );
});

test('what was told stands, even if it would be found at another moment today', () => {
  const start = at('2026-11-23T09:00Z');
  const state = replay(
    [
      { kind: 'activate', at: start, cause },
      { kind: 'apply', at: start, cause, pin: pin(2, HOUR) },
      { kind: 'breach', at: start + 50 * MINUTE, cause, version: 1 },
    ],
    calendarOf,
  );
  expect(readClock(state, start + 2 * HOUR, calendarOf).breachedAt).toBe(start + 50 * MINUTE);
});
