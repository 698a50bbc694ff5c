/**
 * What clocks cost: `node tools/bench/clocks.ts`. Microseconds of one core for a calendar question over ten years, for a
 * look at an open clock, for a state folded from its events, and for a happening of an item with all its clocks.
 */
import {
  type Calendar,
  type ClockEvent,
  type ClockState,
  compileCalendar,
  due,
  elapsed,
  explainClock,
  type Happening,
  happen,
  look,
  NEW_ITEM,
  nextLook,
  nextMoment,
  type Policy,
  type Reference,
  type Rulebook,
  readClock,
  replay,
} from '../../packages/analytics/src/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 23, 8);

const week = [1, 2, 3, 4, 5].flatMap((day) => [
  { day, from: 8 * 60, to: 12 * 60 },
  { day, from: 13 * 60, to: 18 * 60 },
]);
/** Twelve holidays a year over twelve years. */
const holidays = Array.from({ length: 144 }, (_, i) => ({
  name: `holiday ${i}`,
  from: new Date(Date.UTC(2022, i, 1 + (i % 27))).toISOString().slice(0, 10),
}));
const office = compileCalendar({ zone: 'Europe/Berlin', hours: week, holidays });
const always = compileCalendar({ zone: 'UTC', hours: 'always' });
const calendarOf = ({ id }: Reference): Calendar => (id === 'always' ? always : office);

let kept = 0; // so that nothing is left out as useless

function measure(what: string, count: number, work: (i: number) => number): void {
  for (let i = 0; i < Math.min(count, 2_000); i++) kept += work(i);
  const began = process.cpuUsage();
  for (let i = 0; i < count; i++) kept += work(i);
  const { user, system } = process.cpuUsage(began);
  console.log(`${what}: ${((user + system) / count).toFixed(2)} µs each, ${count.toLocaleString('en')} of them`);
}

const cause = { id: 'e', kind: 'bench' };
const pinOf = (i: number) => ({
  policy: { id: 'p', version: 1 },
  priority: 'P2',
  calendar: { id: i % 4 === 0 ? 'always' : 'office', version: 1 },
  targetMs: (1 + (i % 40)) * HOUR,
});
/** Eight events: applied, paused and resumed twice, applied anew, ended or not. */
function eventsOf(i: number): ClockEvent[] {
  const at = START + (i % 5_000) * MINUTE;
  return [
    { kind: 'activate', at, cause },
    { kind: 'apply', at, cause, pin: pinOf(i) },
    { kind: 'pause', at: at + HOUR, cause, because: 'requester' },
    { kind: 'resume', at: at + 5 * HOUR, cause },
    { kind: 'apply', at: at + 8 * HOUR, cause, pin: pinOf(i + 1) },
    { kind: 'pause', at: at + DAY, cause, because: 'partner' },
    { kind: 'resume', at: at + 2 * DAY, cause },
    ...(i % 2 === 0 ? [{ kind: 'fulfil' as const, at: at + 3 * DAY, cause }] : []),
  ];
}

const METRICS = ['acknowledge', 'first_answer', 'next_answer', 'periodic_update', 'handling', 'resolution'] as const;
const policies: readonly Policy[] = Array.from({ length: 20 }, (_, i) => ({
  id: `p${i}`,
  version: 1,
  track: i < 12 ? 'house' : `law ${i}`,
  when: [{ field: 'kind', isAnyOf: [`kind ${i}`] }],
  targets: METRICS.map((metric) => ({ metric, priority: 'any', amount: { ms: (i + 1) * HOUR }, calendar: 'office' })),
}));
const rulebook: Rulebook = { policies, calendars: { office: 1, always: 1 }, teams: { '': 'office' }, calendarOf };

function liveOnce(i: number): number {
  const at = START + (i % 5_000) * MINUTE;
  const facts = { kind: `kind ${i % 12}` };
  const steps: Happening[] = [
    { id: '1', at, kind: 'opened', facts, requester: true, requesterWrote: true },
    { id: '2', at: at + HOUR, kind: 'message_out', automatic: false },
    { id: '3', at: at + 2 * HOUR, kind: 'set_to', standing: { is: 'waiting', for: 'requester' } },
    { id: '4', at: at + 9 * HOUR, kind: 'message_in' },
    { id: '5', at: at + 9 * HOUR, kind: 'set_to', standing: { is: 'active' } },
  ];
  const item = steps.reduce((now, step) => happen(now, step, rulebook).item, NEW_ITEM);
  return nextLook(item, calendarOf) ?? 0;
}

const cold = performance.now();
elapsed(office, Date.UTC(2022, 0, 1), Date.UTC(2032, 0, 1));
console.log(`first question of a zone over ten years (its table is read): ${(performance.now() - cold).toFixed(1)} ms`);
const ten = 10 * 365 * DAY;
measure('elapsed over ten years, split days and 144 holidays', 100_000, (i) =>
  elapsed(office, START - ten / 2 + i, START + ten / 2),
);
measure('elapsed over three days of the same', 100_000, (i) =>
  elapsed(office, START + i * MINUTE, START + i * MINUTE + 3 * DAY),
);
measure('elapsed round the clock', 100_000, (i) => elapsed(always, START + i, START + ten));
measure('due in 40 working hours', 100_000, (i) => due(office, START + i * MINUTE, 40 * HOUR) ?? 0);
measure('due in 20,000 working hours', 100_000, (i) => due(office, START - ten / 2 + i * MINUTE, 20_000 * HOUR) ?? 0);

const open: ClockState[] = Array.from({ length: 10_000 }, (_, i) => replay(eventsOf(2 * i + 1), calendarOf));
const now = START + 12 * DAY;
measure('10,000 open clocks: look, reading and next moment', 10_000, (i) => {
  const state = look(open[i]!, now, calendarOf);
  return readClock(state, now, calendarOf).spentMs + (nextMoment(state, calendarOf) ?? 0);
});
measure('states folded from eight events', 100_000, (i) => replay(eventsOf(i), calendarOf).spentMs);
measure('why, a clock over twelve days', 5_000, (i) => explainClock(eventsOf(2 * i + 1), now, calendarOf).length);
measure('items lived through five happenings under 20 policies', 5_000, liveOnce);
if (!Number.isFinite(kept)) throw new Error('nothing was measured');
