import { beforeAll, describe, expect, test } from 'vitest';
import { areaOf } from './area.ts';
import { EventLog } from './event-log.ts';
import { type Handled, type HandlingEvent, openHandling } from './handling.ts';
import { DAY_MS, HOUR_MS, type WorldOptions } from './plan.ts';
import { QUEUES, staffFor } from './staff.ts';
import { FaultTally, type FaultTruth } from './truth.ts';
import { openWorld, type SimulatedSignal, type World } from './world.ts';

const START = Date.UTC(2026, 0, 5);
const OPTIONS: WorldOptions = { seed: 7, start: START, days: 28, signalsPerDay: 2_500 };
let world: World;
let cases: { signal: SimulatedSignal; handled: Handled }[];
let faults: Record<string, FaultTruth>;

beforeAll(async () => {
  world = await openWorld(OPTIONS);
  const handling = openHandling(OPTIONS);
  const tally = new FaultTally();
  cases = [];
  for (let hour = 0; hour < OPTIONS.days * 24; hour++)
    for (const signal of world.signalsOfHour(hour)) {
      const handled = handling.of(signal);
      tally.add(signal.id, handled.harms);
      if (handled.events.length > 0) cases.push({ signal, handled });
    }
  faults = Object.fromEntries(tally.truth(handling).map((fault) => [fault.kind, fault]));
}, 120_000);

const hoursTo = (events: readonly HandlingEvent[], activity: string): number | null => {
  const end = events.findLast((event) => event.activity === activity);
  return end ? (end.at - events[0]!.at) / HOUR_MS : null;
};
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

describe('a case', () => {
  test('is a ticket, an appeal or a report, begins with its signal, and runs in order of time within the world', () => {
    expect(new Set(cases.map(({ signal }) => signal.kind))).toEqual(new Set(['ticket', 'appeal', 'user_report']));
    for (const { signal, handled } of cases) {
      const [first] = handled.events;
      expect(first).toMatchObject({ caseId: signal.id, activity: 'Created', at: signal.at, resource: null });
      for (const [i, event] of handled.events.entries()) {
        expect(event.at).toBeGreaterThanOrEqual(handled.events[Math.max(0, i - 1)]!.at);
        expect(event.at).toBeLessThan(world.end);
        if (event.activity === 'Closed') expect(i).toBe(handled.events.length - 1);
      }
    }
  });

  test('is done by people who are at work then, and ends where its matter belongs', () => {
    const staff = staffFor(OPTIONS.signalsPerDay);
    let right = 0;
    let resolved = 0;
    for (const { signal, handled } of cases) {
      for (const { activity, at, queue, resource } of handled.events)
        if (activity === 'Assigned') expect(staff.onDuty(queue, at)).toContain(resource);
      const end = handled.events.find(({ activity }) => activity === 'Resolved');
      if (!end) continue;
      resolved++;
      const safety = areaOf(signal.truth.label) === 'safety';
      if (safety === end.queue.startsWith('Safety')) right++;
      if (signal.exposure >= 2) expect(end.queue).toBe('Safety specialists');
    }
    expect(right / resolved).toBeGreaterThan(0.97);
    expect(new Set(cases.flatMap(({ handled }) => handled.events.map(({ queue }) => queue)))).toEqual(new Set(QUEUES));
  });

  test('waits less when it is urgent', () => {
    const waits = (priority: string) =>
      median(
        cases.flatMap(({ handled: { events } }) =>
          events[0]!.priority === priority ? (hoursTo(events, 'Assigned') ?? []) : [],
        ),
      );
    expect(waits('urgent')).toBeLessThan(waits('high'));
    expect(waits('high')).toBeLessThan(waits('normal'));
  });
});

describe('staff', () => {
  test('somebody of every queue is there at every hour of the week, nobody works more than nine hours or six days', () => {
    const staff = staffFor(3_000);
    for (const queue of QUEUES) {
      const hours = new Map<string, number[]>();
      for (let hour = 0; hour < 168; hour++) {
        const there = staff.onDuty(queue, START + hour * HOUR_MS);
        expect(there.length).toBeGreaterThan(0);
        for (const one of there) hours.set(one, [...(hours.get(one) ?? []), hour]);
      }
      for (const own of hours.values()) expect(own).toHaveLength(45); // five shifts of nine hours
    }
  });

  test('grows with what there is to do', () => {
    const at = START + 34 * HOUR_MS;
    expect(staffFor(50_000).onDuty('Payments', at).length).toBeGreaterThan(
      3 * staffFor(5_000).onDuty('Payments', at).length,
    );
  });
});

describe('the planted faults', () => {
  const struck = (kind: string) => new Set(faults[kind]!.cases);
  const inReach = (kind: string, when: (at: number) => boolean) =>
    cases.filter(({ signal }) => faults[kind]!.labels.includes(signal.truth.label) && when(signal.at));

  test('ping-pong: cases of a few intents go to and fro between two queues, and take hours longer', () => {
    const ids = struck('ping_pong');
    expect(ids.size).toBeGreaterThan(100);
    const own = cases.filter(({ signal }) => ids.has(signal.id));
    for (const { handled } of own) {
      const hops = handled.events.filter(({ activity }) => activity === 'Handed over');
      if (handled.events.some(({ activity }) => activity === 'Closed')) expect(hops.length).toBeGreaterThanOrEqual(2);
    }
    const there = cases.filter(
      ({ signal: { id, truth } }) => !ids.has(id) && /^(monetisation|live|reach)/.test(truth.label),
    );
    const toResolve = (some: typeof cases) =>
      median(some.flatMap(({ handled }) => hoursTo(handled.events, 'Resolved') ?? []));
    expect(toResolve(own) - toResolve(there)).toBeGreaterThan(0.6 * faults.ping_pong!.medianExtraHours!);
  });

  test('ping-pong is seen as resources A, B, A far more often where it was planted', () => {
    const ids = struck('ping_pong');
    const toAndFro = ({ handled: { events } }: (typeof cases)[number]) =>
      events.some(({ resource: a }, i) => {
        const [b, c] = [events[i + 1]?.resource, events[i + 2]?.resource];
        return a !== null && b && a === c && a !== b;
      });
    const [own, others] = [
      cases.filter(({ signal }) => ids.has(signal.id)),
      cases.filter(({ signal }) => !ids.has(signal.id)),
    ];
    const share = (some: typeof cases) => some.filter(toAndFro).length / some.length;
    expect(share(own)).toBeGreaterThan(0.5);
    expect(share(others)).toBeLessThan(0.02);
  });

  test('a slow vendor: its answers take days from that day on, and hours before', () => {
    const { from, name } = faults.slow_vendor!;
    const answers = (when: (at: number) => boolean) =>
      cases.flatMap(({ handled: { events } }) => {
        const sent = events.findIndex(
          ({ activity, vendor, at }) => activity === 'Sent to vendor' && vendor === name && when(at),
        );
        const back = events[sent + 1];
        return sent >= 0 && back?.activity === 'Vendor answered' ? [(back.at - events[sent]!.at) / HOUR_MS] : [];
      });
    const [before, after] = [answers((at) => at < Date.parse(from)), answers((at) => at >= Date.parse(from))];
    expect(before.length).toBeGreaterThan(50);
    expect(median(after) / median(before)).toBeGreaterThan(6);
    expect(median(after)).toBeGreaterThan(24);
  });

  test('a wrong macro: from that day on people write again to what they hardly did before', () => {
    const from = Date.parse(faults.wrong_macro!.from);
    const reopened = (some: typeof cases) =>
      some.filter(({ handled }) => handled.events.some(({ activity }) => activity === 'Re-opened')).length /
      some.length;
    const answered = (when: (at: number) => boolean) =>
      inReach('wrong_macro', when).filter(({ handled }) => handled.events.some(({ macro }) => macro !== null));
    const [before, after] = [answered((at) => at < from - DAY_MS), answered((at) => at >= from)];
    expect(before.length).toBeGreaterThan(50);
    expect(reopened(before)).toBeLessThan(0.15);
    expect(reopened(after)).toBeGreaterThan(0.3);
    const named = cases.flatMap(({ handled }) =>
      handled.events.filter(({ macro }) => macro === faults.wrong_macro!.name),
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.every(({ at }) => at >= from)).toBe(true);
  });
});

test('the log holds what is open and no more, and gives every event once', () => {
  const log = new EventLog(openHandling(OPTIONS));
  const seen: string[] = [];
  for (let hour = 0; hour < 100; hour++) {
    for (const signal of world.signalsOfHour(hour)) log.add(signal);
    for (const event of log.before(START + (hour + 1) * HOUR_MS))
      seen.push(`${event.caseId} ${event.activity} ${event.at}`);
  }
  const all = cases
    .flatMap(({ handled }) => handled.events)
    .filter(({ at }) => at < START + 100 * HOUR_MS)
    .map((event) => `${event.caseId} ${event.activity} ${event.at}`);
  expect([...seen].sort()).toEqual(all.sort());
});
