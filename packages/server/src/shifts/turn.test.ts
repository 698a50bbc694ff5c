import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actOn, type Plan, planOf, turnOn, turnsIn } from './turn.ts';

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const night: Plan = {
  ...{ zone: 'Europe/Berlin', days: EVERY_DAY, from: 22 * 60, minutes: 480, begins: '2026-01-01', ends: null },
};

test('a night is an hour shorter when the clocks go forward and an hour longer when they go back', () => {
  const hours = (day: string) => {
    const { from, to } = turnOn(night, day)!;
    return (to - from) / HOUR;
  };
  expect(['2026-03-27', '2026-03-28', '2026-10-24', '2026-10-25'].map(hours)).toEqual([8, 7, 9, 8]);
  expect(turnOn(night, '2026-03-28')).toEqual({
    ...{ day: '2026-03-28', from: at('2026-03-28T21:00Z'), to: at('2026-03-29T04:00Z') },
  });
});

test('a shift that lies whole in the hour that is skipped has no turn that night, and its neighbours meet there', () => {
  const hour = (from: number) => turnOn({ ...night, from, minutes: 60 }, '2026-03-29');
  expect(hour(120)).toBeNull();
  expect(turnOn({ ...night, from: 120, minutes: 60 }, '2026-03-28')).not.toBeNull();
  expect([hour(60)!.to, hour(180)!.from]).toEqual([at('2026-03-29T01:00Z'), at('2026-03-29T01:00Z')]);
});

test('a turn begins on its days, from its first day to its last', () => {
  const plan = { ...night, days: [6, 7], begins: '2026-03-07', ends: '2026-03-14' };
  const days = turnsIn(plan, at('2026-03-01T00:00Z'), at('2026-04-01T00:00Z')).map(({ day }) => day);
  expect(days).toEqual(['2026-03-07', '2026-03-08', '2026-03-14']);
});

const ZONES = [
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'Africa/Casablanca'],
  ...['America/Sao_Paulo', 'Pacific/Chatham'],
];
const someCuts = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 5 });
const someDay = fc.integer({ min: at('2010-01-01T00:00Z') / HOUR, max: at('2030-01-01T00:00Z') / HOUR });

test('shifts that follow each other round the clock leave nobody off at any moment, through every change of the clocks', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), someCuts, someDay, (zone, cuts, hour) => {
      const starts = cuts.toSorted((a, b) => a - b).map((quarter) => quarter * 15);
      const plans = starts.map((from, i) => {
        const minutes = (starts[i + 1] ?? starts[0]! + 1440) - from;
        return { zone, days: EVERY_DAY, from, minutes, begins: '2009-12-01', ends: null };
      });
      const [from, to] = [hour * HOUR, hour * HOUR + 60 * 24 * HOUR];
      let reached = from;
      for (const turn of plans.flatMap((plan) => turnsIn(plan, from, to)).sort((a, b) => a.from - b.from)) {
        expect(turn.from).toBeLessThanOrEqual(reached);
        reached = Math.max(reached, turn.to);
      }
      expect(reached).toBeGreaterThanOrEqual(to);
    }),
    { numRuns: 60 },
  );
});

test('asking for two stretches gives what asking for both at once gives', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), someDay, fc.integer({ min: 1, max: 700 }), (zone, hour, cut) => {
      const plan = { ...night, zone, begins: '2009-12-01' };
      const [from, middle, to] = [hour * HOUR, (hour + cut) * HOUR, (hour + 720) * HOUR];
      const parts = [...turnsIn(plan, from, middle), ...turnsIn(plan, middle, to)];
      const days = [...new Set(parts.map(({ day }) => day))];
      expect(days).toEqual(turnsIn(plan, from, to).map(({ day }) => day));
    }),
    { numRuns: 60 },
  );
});

test('a place goes to whoever takes it, or to whoever says yes when asked, and to nobody else', () => {
  const team = new Set(['ana', 'bo', 'cy']);
  const place = { plannedId: 'ana', holderId: 'ana', askedId: null };
  const asked = actOn(place, { type: 'ask', personId: 'bo' }, 'ana', team);
  expect(asked).toEqual({ plannedId: 'ana', holderId: 'ana', askedId: 'bo' });
  expect(actOn(asked, { type: 'accept' }, 'bo', team)).toEqual({ plannedId: 'ana', holderId: 'bo', askedId: null });
  expect(actOn(asked, { type: 'decline' }, 'bo', team)).toEqual(place);
  expect(actOn(asked, { type: 'take_back' }, 'ana', team)).toEqual(place);
  // Somebody takes it meanwhile: what was asked is over
  const taken = actOn(asked, { type: 'take' }, 'cy', team);
  expect(taken).toEqual({ plannedId: 'ana', holderId: 'cy', askedId: null });
  expect(() => actOn(taken, { type: 'accept' }, 'bo', team)).toThrow('no longer yours');
  expect(() => actOn(asked, { type: 'accept' }, 'cy', team)).toThrow('no longer yours');
  expect(() => actOn(place, { type: 'ask', personId: 'bo' }, 'bo', team)).toThrow('no longer yours');
  expect(() => actOn(place, { type: 'take' }, 'eve', team)).toThrow('people of this team');
  expect(() => actOn(place, { type: 'take' }, 'ana', team)).toThrow('already');
});

test('a happening of a calendar is a shift of one day by its own zone; whole days and weeks are none', () => {
  const event = { uid: 'a', summary: 'Night', allDay: false, zone: 'Asia/Tokyo', line: 1 };
  expect(planOf({ ...event, from: '2026-03-07T22:00:00', to: '2026-03-08T06:00:00' }, 'UTC')).toEqual({
    ...{ zone: 'Asia/Tokyo', days: [6], from: 1320, minutes: 480, begins: '2026-03-07', ends: '2026-03-07' },
  });
  expect(planOf({ ...event, allDay: true, from: '2026-03-07', to: '2026-03-08' }, 'UTC')).toContain('whole days');
  expect(planOf({ ...event, from: '2026-03-07T00:00:00', to: '2026-03-09T00:00:00' }, 'UTC')).toContain('no shift');
});
