import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIcs } from './ics.ts';
import { writeIcs } from './ics-write.ts';
import { Unreadable } from './unreadable.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const made =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, made);
  return made;
}

const zones = {
  isZone(name: string): boolean {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '' && !/^[+-]/.test(name);
    } catch {
      return false;
    }
  },
  /** By trying every quarter of an hour that a zone can be away. */
  instantOf(name: string, wall: number): number {
    for (let offset = 14 * 4; offset >= -12 * 4; offset--) {
      const ms = wall - offset * 900_000;
      const said = formatOf(name).format(ms).replace(' ', 'T');
      if (said === new Date(wall).toISOString().slice(0, 19)) return ms;
    }
    return wall;
  },
};
const read = (text: string, from = '2026-01-01', until = '2029-01-01') => readIcs(text, { zones, from, until });
const calendar = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${events.map((event) => `BEGIN:VEVENT\r\n${event.trim().replaceAll(/\n\s*/g, '\r\n')}\r\nEND:VEVENT\r\n`).join('')}END:VCALENDAR\r\n`;
const starts = (rule: string, start = '20260105T090000', from?: string, until?: string) =>
  read(calendar(`UID:1\nDTSTART:${start}\nRRULE:${rule}`), from, until).events.map((event) => event.from.slice(0, 10));

describe('days and moments', () => {
  test('a holiday of whole days, a shift in a zone, one in UTC, one without a zone', () => {
    const text = calendar(
      'UID:a\nSUMMARY:Christmas\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227',
      'UID:b\nSUMMARY:Night\nDTSTART;TZID=Europe/Berlin:20261023T220000\nDURATION:PT8H',
      'UID:c\nDTSTART:20261024T100000Z\nDTEND:20261024T120000Z',
      'UID:d\nDTSTART:20261024T100000',
    );
    expect(read(text).events.map(({ from, to, zone, allDay }) => [from, to, zone, allDay])).toEqual([
      ['2026-10-23T22:00:00', '2026-10-24T06:00:00', 'Europe/Berlin', false],
      ['2026-10-24T10:00:00', '2026-10-24T12:00:00', 'UTC', false],
      ['2026-10-24T10:00:00', '2026-10-24T10:00:00', null, false],
      ['2026-12-25', '2026-12-27', null, true],
    ]);
  });

  test('zones of Outlook and with a path before them', () => {
    const text = calendar(
      'UID:a\nDTSTART;TZID="W. Europe Standard Time":20260105T090000',
      'UID:b\nDTSTART;TZID=/example.org/Olson_1/Asia/Tokyo:20260106T090000',
    );
    expect(read(text).events.map(({ zone }) => zone)).toEqual(['Europe/Berlin', 'Asia/Tokyo']);
  });

  test('folded lines, escaped words, and what stands in an alarm', () => {
    const text = calendar(
      'UID:a\nDTSTART;VALUE=DATE:20260101\nSUMMARY:New\\, Ye\n ar\\;\\nreally \\\\o/\nBEGIN:VALARM\nSUMMARY:ring\nDTSTART:never\nEND:VALARM',
    ).replace('Ye\r\nar', 'Ye\r\n ar');
    expect(read(text).events.map(({ summary }) => summary)).toEqual(['New, Year;\nreally \\o/']);
  });
});

describe('repetitions, each worked out on a calendar of 2026', () => {
  test('every second week on two days, up to a count that includes the first', () => {
    expect(starts('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4')).toEqual([
      '2026-01-05',
      '2026-01-07',
      '2026-01-19',
      '2026-01-21',
    ]);
  });
  test('the week begins where it is said to (RFC 5545, the example of WKST)', () => {
    const rule = 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU';
    expect(starts(`${rule};WKST=MO`, '19970805T090000', '1997-01-01')).toEqual([
      '1997-08-05',
      '1997-08-10',
      '1997-08-19',
      '1997-08-24',
    ]);
    expect(starts(`${rule};WKST=SU`, '19970805T090000', '1997-01-01')).toEqual([
      '1997-08-05',
      '1997-08-17',
      '1997-08-19',
      '1997-08-31',
    ]);
  });
  test('the last Friday, the 31st where there is one, the last day', () => {
    expect(starts('FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', '20260130T090000')).toEqual([
      '2026-01-30',
      '2026-02-27',
      '2026-03-27',
    ]);
    expect(starts('FREQ=MONTHLY;COUNT=3', '20260131T090000')).toEqual(['2026-01-31', '2026-03-31', '2026-05-31']);
    expect(starts('FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', '20260131T090000')).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
    ]);
    expect(starts('FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '20260213T090000', '2026-01-01', '2027-01-01')).toEqual([
      '2026-02-13',
      '2026-03-13',
      '2026-11-13',
    ]);
  });
  test('every year: a day, the fourth Thursday of November, 29 February', () => {
    expect(starts('FREQ=YEARLY', '20201225')).toEqual(['2026-12-25', '2027-12-25', '2028-12-25']);
    expect(starts('FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '20201126')).toEqual(['2026-11-26', '2027-11-25', '2028-11-23']);
    expect(starts('FREQ=YEARLY', '20240229')).toEqual(['2028-02-29']);
    expect(starts('FREQ=YEARLY;BYDAY=1MO', '20260105')).toEqual(['2026-01-05', '2027-01-04', '2028-01-03']);
  });
  test('every working day of one month, and an end in UTC on the clock of a zone', () => {
    expect(starts('FREQ=DAILY;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR;COUNT=6')).toEqual([
      '2026-01-05',
      '2026-01-06',
      '2026-01-07',
      '2026-01-08',
      '2026-01-09',
      '2026-01-12',
    ]);
    // 9:00 in Berlin is 8:00 UTC: an end at 7:59 UTC of the 7th leaves that day out
    const until = (end: string) =>
      read(calendar(`UID:1\nDTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;UNTIL=${end}`)).events.length;
    expect([until('20260107T075900Z'), until('20260107T080000Z')]).toEqual([2, 3]);
  });
  test('left out, added, moved and cancelled ones', () => {
    const series = 'UID:s\nDTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=DAILY;COUNT=5';
    const text = calendar(
      `${series}\nEXDATE;TZID=Europe/Berlin:20260106T090000\nEXDATE:20260107T080000Z\nRDATE;TZID=Europe/Berlin:20260120T090000`,
      'UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20260108T090000\nDTSTART;TZID=Europe/Berlin:20260108T140000',
      'UID:s\nRECURRENCE-ID;TZID=Europe/Berlin:20260109T090000\nSTATUS:CANCELLED\nDTSTART;TZID=Europe/Berlin:20260109T090000',
    );
    expect(read(text).events.map(({ from }) => from)).toEqual([
      '2026-01-05T09:00:00',
      '2026-01-08T14:00:00',
      '2026-01-20T09:00:00',
    ]);
  });
});

describe('what cannot be read', () => {
  test('costs one event and says its line and why', () => {
    const text = calendar(
      'UID:a\nSUMMARY:no time',
      'UID:b\nDTSTART:20260230',
      'UID:c\nDTSTART;TZID=Mars/Olympus:20260101T000000',
      'UID:d\nDTSTART:20260101\nRRULE:FREQ=SECONDLY',
      'UID:e\nDTSTART:20260101\nRRULE:FREQ=YEARLY;BYSETPOS=1',
      'UID:f\nDTSTART:20260102T000000Z\nDTEND:20260101T000000Z',
      'UID:g\nDTSTART:20260101\nnonsense here',
      'UID:h\nDTSTART;VALUE=DATE:20260101',
    );
    const { events, refused } = read(text);
    expect(events.map(({ uid }) => uid)).toEqual(['h']);
    expect(refused.map(({ line, reason }) => `${line} ${reason.split(/[.(]/)[0]!.trim()}`)).toEqual([
      '3 The event has no DTSTART',
      '9 DTSTART is no day and no moment',
      '13 DTSTART is in a time zone that we do not know',
      '18 RRULE has no FREQ of DAILY, WEEKLY, MONTHLY or YEARLY',
      '23 RRULE has a part that is not read',
      '28 The event ends before it begins',
      '33 "nonsense" is not followed by a colon and a value',
    ]);
  });

  test('a file that is none, is cut off, or never ends', () => {
    expect(() => read('a,b\n1,2\n')).toThrow(Unreadable);
    expect(() => read('')).toThrow('no calendar file');
    expect(read('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n').refused[0]?.reason).toContain('cut off');
    expect(() => read('x'.repeat(5_000_001))).toThrow('larger');
    const hostile = calendar(
      ...Array.from({ length: 400 }, (_, i) => `UID:${i}\nDTSTART:19700101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`),
    );
    const began = performance.now();
    expect(() => read(hostile, '2026-01-01', '2200-01-01')).toThrow('go on for too long');
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(() =>
      read(calendar(...Array.from({ length: 90 }, (_, i) => `UID:${i}\nDTSTART:20260101\nRRULE:FREQ=DAILY`))),
    ).toThrow('occurrences');
  });

  test('any text at all is read or refused in words', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'BEGIN:VEVENT',
        'END:VEVENT',
        'BEGIN:VALARM',
        'END:VALARM',
        'DTSTART:20260101',
        'DTEND:20260102T000000Z',
        ' folded',
        '\t',
      ),
      fc.constantFrom(
        'DTSTART;TZID=Europe/Berlin:20260329T023000',
        'DURATION:P1D',
        'DURATION:P',
        'EXDATE:20260101,20260102',
        'RECURRENCE-ID:20260101',
      ),
      fc.constantFrom(
        'RRULE:FREQ=DAILY;COUNT=3',
        'RRULE:FREQ=MONTHLY;BYDAY=-5MO',
        'RRULE:FREQ=YEARLY;BYMONTHDAY=-31;BYMONTH=2',
        'RRULE:=;;=',
        'RRULE:FREQ=WEEKLY;BYDAY=',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (lines) => {
        const { events, refused } = read(
          ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines].join('\n'),
          '2026-01-01',
          '2027-01-01',
        );
        for (const { from, to } of events) expect(from <= to).toBe(true);
        for (const { line, reason } of refused) expect(line > 0 && reason.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('writing', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 120 });
  test('what is written is read again, whatever the words, in lines of at most 75 bytes', () => {
    const shift = fc.record({
      summary: word,
      from: fc.integer({ min: 0, max: 500_000 }),
      length: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(fc.array(shift, { maxLength: 5 }), word, (shifts, name) => {
        const base = Date.UTC(2026, 0, 1);
        const out = shifts.map(({ summary, from, length }, i) => ({
          uid: `shift-${i}`,
          summary,
          from: base + from * 60_000,
          to: base + (from + length) * 60_000,
        }));
        const text = writeIcs(name, out, base);
        for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        const back = read(text, '2025-12-01').events.map(({ uid, summary, from, to }) => ({
          uid,
          summary,
          from: Date.parse(`${from}Z`),
          to: Date.parse(`${to}Z`),
        }));
        const clean = (said: string) =>
          said
            .toWellFormed()
            .replace(/\r\n|\r/g, '\n')
            .replace(/(?!\n)\p{Cc}/gu, '');
        expect(back.sort((a, b) => a.uid.localeCompare(b.uid))).toEqual(
          out.map((one) => ({ ...one, summary: clean(one.summary) })),
        );
      }),
    );
  });

  test('a name cannot become a property, and days stay days', () => {
    const text = writeIcs(
      'x',
      [{ uid: 'a', summary: 'Ana\r\nATTENDEE:mailto:b@example.org', from: '2026-12-24', to: '2026-12-25' }],
      0,
    );
    expect(text).toContain('SUMMARY:Ana\\nATTENDEE:mailto:b@example.org\r\n');
    expect(text).toContain('DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261225');
    expect(() => writeIcs('x', [{ uid: 'a', summary: '', from: 5, to: 5 }], 0)).toThrow('events[0]');
  });
});
