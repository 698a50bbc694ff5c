import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, DAY, elapsedByWalking, HOUR, MINUTE, weekdays, ZONES } from './calendar.fixture.ts';
import { type CalendarSpec, compileCalendar } from './calendar.ts';
import { intervals } from './intervals.ts';
import { due, elapsed, nextOpen } from './measure.ts';

const isoDay = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * DAY).toISOString().slice(0, 10);

const periods = fc.array(
  fc.record({ day: fc.integer({ min: 1, max: 7 }), from: fc.nat(1439), length: fc.integer({ min: 1, max: 1440 }) }),
  { maxLength: 6 },
);
const holidays = fc.array(
  fc.record({ day: fc.integer({ min: 60, max: 330 }), from: fc.nat(1439), length: fc.integer({ min: 1, max: 4000 }) }),
  { maxLength: 4 },
);

/** Any calendar of the year 2026. */
const anyCalendar: fc.Arbitrary<CalendarSpec> = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    moved: fc.option(fc.record({ day: fc.integer({ min: 60, max: 330 }), zone: fc.constantFrom(...ZONES) })),
    always: fc.boolean(),
    periods,
    holidays,
  })
  .map(({ zone, moved, always, periods, holidays }) => ({
    zone,
    moves: moved ? [{ at: Date.UTC(2026, 0, 1) + moved.day * DAY, zone: moved.zone }] : [],
    hours: always ? 'always' : periods.map(({ day, from, length }) => ({ day, from, to: from + length })),
    holidays: holidays.map(({ day, from, length }, i) => {
      if (i % 2 === 0) return { name: `holiday ${i}`, from: isoDay(day) };
      const end = new Date(Date.UTC(2026, 0, 1) + day * DAY + (from + length) * MINUTE).toISOString().slice(0, 16);
      const start = new Date(Date.UTC(2026, 0, 1) + day * DAY + from * MINUTE).toISOString().slice(0, 16);
      return { name: `holiday ${i}`, from: start, to: end };
    }),
  }));

/** A stretch of the year 2026 in whole minutes, as often across a change of the clocks as not. */
const anyStretch = (mostMinutes: number) =>
  fc
    .record({
      near: fc.constantFrom(
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-25',
        '2026-11-01',
        '2026-06-10',
        '2026-02-15',
      ),
      offset: fc.integer({ min: -4000, max: 4000 }),
      length: fc.nat(mostMinutes),
    })
    .map(({ near, offset, length }) => {
      const from = Date.parse(`${near}T00:00Z`) + offset * MINUTE;
      return { from, to: from + length * MINUTE };
    });

const office = compileCalendar({ zone: 'Europe/Berlin', hours: weekdays(9, 17) });
const always = compileCalendar({ zone: 'UTC', hours: 'always' });

describe('counted time', () => {
  test('skips nights and weekends', () => {
    // Friday 20 November 2026 16:00 to Monday 10:00 in Berlin (UTC+1): one hour on Friday and one on Monday
    expect(elapsed(office, at('2026-11-20T16:00+01:00'), at('2026-11-23T10:00+01:00'))).toBe(2 * HOUR);
    expect(due(office, at('2026-11-20T16:00+01:00'), 2 * HOUR)).toBe(at('2026-11-23T10:00+01:00'));
  });

  test('ends with the last open minute, not with the next opening', () => {
    expect(due(office, at('2026-11-20T16:00+01:00'), HOUR)).toBe(at('2026-11-20T17:00+01:00'));
    expect(nextOpen(office, at('2026-11-20T17:00+01:00'))).toBe(at('2026-11-23T09:00+01:00'));
  });

  test('a night from 22:00 to 06:00 has seven hours in spring and nine in autumn', () => {
    const nights = compileCalendar({ zone: 'Europe/Berlin', hours: [{ day: 6, from: 22 * 60, to: 30 * 60 }] });
    const night = (from: string, to: string) => elapsed(nights, at(from), at(to));
    expect(night('2026-03-28T22:00+01:00', '2026-03-29T06:00+02:00')).toBe(7 * HOUR); // 02:00 to 03:00 is skipped
    expect(night('2026-10-24T22:00+02:00', '2026-10-25T06:00+01:00')).toBe(9 * HOUR); // 02:00 to 03:00 twice
    expect(night('2026-06-06T22:00+02:00', '2026-06-07T06:00+02:00')).toBe(8 * HOUR);
  });

  test('a shift that lies wholly in the skipped hour counts nothing, in the repeated one twice', () => {
    const two = compileCalendar({ zone: 'Europe/Berlin', hours: [{ day: 7, from: 120, to: 180 }] });
    expect(elapsed(two, at('2026-03-29T00:00Z'), at('2026-03-30T00:00Z'))).toBe(0);
    expect(elapsed(two, at('2026-10-25T00:00Z'), at('2026-10-26T00:00Z'))).toBe(2 * HOUR);
    expect(due(two, at('2026-10-25T00:00Z'), 90 * MINUTE)).toBe(at('2026-10-25T01:30Z')); // in the second 02:30
  });

  test('what runs past Sunday midnight goes on on Monday', () => {
    const sunday = compileCalendar({ zone: 'UTC', hours: [{ day: 7, from: 1320, to: 1800 }] });
    expect(elapsed(sunday, at('2026-11-22T00:00Z'), at('2026-11-24T00:00Z'))).toBe(8 * HOUR);
    expect(elapsed(sunday, at('2026-11-23T00:00Z'), at('2026-11-24T00:00Z'))).toBe(6 * HOUR);
  });

  test('whole and partial holidays are wall time, also in a shift that began the evening before', () => {
    const holidays = [
      { name: 'Christmas Eve', from: '2026-12-24T12:00', to: '2026-12-25' },
      { name: 'Christmas', from: '2026-12-25', to: '2026-12-27' },
      { name: 'New Year', from: '2027-01-01' },
    ];
    const days = compileCalendar({ zone: 'Europe/Berlin', hours: weekdays(9, 17), holidays });
    // Thursday 24th 9:00 to 12:00, nothing on the 25th (Friday), then Monday 28th
    expect(elapsed(days, at('2026-12-24T00:00+01:00'), at('2026-12-28T00:00+01:00'))).toBe(3 * HOUR);
    expect(due(days, at('2026-12-24T11:00+01:00'), 2 * HOUR)).toBe(at('2026-12-28T10:00+01:00'));
    const nights = compileCalendar({ zone: 'Europe/Berlin', hours: [{ day: 4, from: 1320, to: 1800 }], holidays });
    // Thursday 31 December 22:00 to 24:00; the six hours of 1 January are holiday
    expect(elapsed(nights, at('2026-12-31T12:00+01:00'), at('2027-01-02T00:00+01:00'))).toBe(2 * HOUR);
  });

  test('a team that moves is counted by the wall clock where it stands', () => {
    const moved = compileCalendar({
      zone: 'Europe/Berlin',
      moves: [{ at: at('2026-06-10T12:00Z'), zone: 'America/New_York' }],
      hours: weekdays(9, 17),
    });
    // Wednesday 10 June: Berlin 9:00 to 14:00 (5 h), then New York 8:00 on: 9:00 to 17:00 (8 h)
    expect(elapsed(moved, at('2026-06-10T00:00Z'), at('2026-06-11T00:00Z'))).toBe(13 * HOUR);
  });

  test('round the clock is plain time, in any zone and over any change', () => {
    expect(elapsed(always, at('2020-01-01T00:00Z'), at('2030-01-01T00:00Z'))).toBe(3653 * DAY);
    const berlin = compileCalendar({ zone: 'Europe/Berlin', hours: 'always' });
    expect(elapsed(berlin, at('2026-03-28T23:00Z'), at('2026-03-29T22:00Z'))).toBe(23 * HOUR); // a day of 23 hours
  });

  test('hours that overlap count once, and a calendar without hours never comes to an end', () => {
    const twice = compileCalendar({ zone: 'UTC', hours: [...weekdays(9, 13, [1]), ...weekdays(11, 15, [1])] });
    expect(elapsed(twice, at('2026-11-23T00:00Z'), at('2026-11-24T00:00Z'))).toBe(6 * HOUR);
    const never = compileCalendar({ zone: 'UTC', hours: [] });
    expect([due(never, 0, 1), nextOpen(never, 0), elapsed(never, 0, DAY)]).toEqual([null, null, 0]);
    const closed = {
      zone: 'UTC',
      hours: 'always',
      holidays: [{ name: 'all', from: '1970-01-01', to: '2300-01-01' }],
    } as const;
    expect(due(compileCalendar(closed), at('2026-01-01T00:00Z'), 1)).toBeNull();
  });
});

describe('against a walk from minute to minute', () => {
  test('counts the same in any calendar, over any stretch', () => {
    fc.assert(
      fc.property(anyCalendar, anyStretch(3 * 1440), (spec, { from, to }) => {
        expect(elapsed(compileCalendar(spec), from, to)).toBe(elapsedByWalking(spec, from, to));
      }),
      { numRuns: 150 },
    );
  });
});

describe('laws', () => {
  test('any cut of a stretch gives the same sum', () => {
    const cuts = fc.array(fc.nat(60 * DAY), { maxLength: 8 });
    fc.assert(
      fc.property(anyCalendar, anyStretch(60 * 1440), cuts, (spec, { from, to }, offsets) => {
        const calendar = compileCalendar(spec);
        const all = [from, ...offsets.map((ms) => Math.min(from + ms, to)), to].sort((a, b) => a - b);
        const sum = all.slice(1).reduce((total, end, i) => total + elapsed(calendar, all[i], end), 0);
        expect(sum).toBe(elapsed(calendar, from, to));
      }),
    );
  });

  test('due is the first instant by which so much has been counted', () => {
    fc.assert(
      fc.property(anyCalendar, anyStretch(1), fc.nat(40 * DAY), (spec, { from }, amount) => {
        const calendar = compileCalendar(spec);
        const end = due(calendar, from, amount);
        if (end === null) {
          expect(calendar.weekMs).toBe(0);
          return;
        }
        expect(elapsed(calendar, from, end)).toBe(amount);
        if (amount > 0) expect(elapsed(calendar, from, end - 1)).toBe(amount - 1);
      }),
    );
  });

  test('intervals lie end to end and sum up to the same', () => {
    fc.assert(
      fc.property(anyCalendar, anyStretch(20 * 1440), fc.integer({ min: 1, max: 40 }), (spec, { from, to }, most) => {
        const calendar = compileCalendar(spec);
        const parts = intervals(calendar, from, to, most);
        expect(parts.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(elapsed(calendar, from, to));
        expect(parts.map(({ from: start }) => start)).toEqual(
          [from, ...parts.map(({ to: end }) => end)].slice(0, parts.length),
        );
        expect(parts.at(-1)?.to ?? to).toBe(to);
        expect(parts.length).toBeLessThanOrEqual(most + 1);
        for (const { rule, counted, countedMs, from: start, to: end } of parts) {
          if (rule !== 'rest') expect(countedMs).toBe(counted ? end - start : 0);
        }
      }),
    );
  });
});

test('a calendar that cannot be is refused with the place of the mistake', () => {
  const refused = (over: Partial<CalendarSpec>) => () => compileCalendar({ zone: 'UTC', hours: [], ...over });
  expect(refused({ zone: 'Nowhere' })).toThrow('"Nowhere" is no time zone');
  expect(refused({ hours: [{ day: 8, from: 0, to: 60 }] })).toThrow('periods[0]');
  expect(refused({ hours: [{ day: 1, from: 60, to: 60 }] })).toThrow('periods[0]');
  expect(refused({ hours: [{ day: 1, from: 60, to: 60 + 1441 }] })).toThrow('periods[0]');
  expect(refused({ holidays: [{ name: 'x', from: '2026-02-30' }] })).toThrow('holidays[0]');
  expect(refused({ holidays: [{ name: 'x', from: '2026-02-03', to: '2026-02-03' }] })).toThrow('holidays[0]');
  expect(() => elapsed(office, at('2026-01-02T00:00Z'), at('2026-01-01T00:00Z'))).toThrow('lies before');
  expect(() => due(office, at('2026-01-02T00:00Z'), -1)).toThrow('amountMs');
  expect(() => due(office, Number.NaN, 1)).toThrow('from');
});

test('says which rule counted and which did not', () => {
  const holidays = [{ name: 'Buß- und Bettag', from: '2026-11-18T12:00', to: '2026-11-19' }];
  const day = compileCalendar({ zone: 'Europe/Berlin', hours: [...weekdays(9, 12), ...weekdays(13, 17)], holidays });
  const parts = intervals(day, at('2026-11-17T16:00+01:00'), at('2026-11-19T09:30+01:00'));
  const hhmm = (ms: number) => new Date(ms + HOUR).toISOString().slice(8, 16);
  expect(
    parts.map(({ from, rule, periods, holiday }) => `${hhmm(from)} ${rule} ${periods ?? holiday ?? ''}`.trim()),
  ).toEqual([
    '17T16:00 hours 6', // Tuesday afternoon is the seventh period
    '17T17:00 outside_hours',
    '18T09:00 hours 2',
    '18T12:00 holiday Buß- und Bettag',
    '19T00:00 outside_hours',
    '19T09:00 hours 3',
  ]);
});
