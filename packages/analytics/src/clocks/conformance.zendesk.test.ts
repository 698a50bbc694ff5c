/** Each trap of Zendesk's model of promised times, as a case with the arithmetic by hand: docs/clocks.md. */
import { expect, test } from 'vitest';
import { at, HOUR, MINUTE, weekdays } from './calendar.fixture.ts';
import {
  answered,
  clockOf,
  live,
  marksOf,
  on,
  policy,
  read,
  resolved,
  rulebookOf,
  target,
  waiting,
  winter,
  working,
  wrote,
} from './item.fixture.ts';
import { NEW_ITEM, nextLook } from './item.ts';

const NOON = '2026-11-23T12:00+01:00';

test('trap 1a: a new policy reaches what is open already, without an event of the item', () => {
  const none = rulebookOf([]);
  const some = rulebookOf([policy([target('resolution', 240)])]);
  const from = at('2026-11-23T10:00+01:00');
  const lived = live(
    [wrote('2026-11-23T09:00+01:00'), on('2026-11-23T10:00+01:00', 'rules_changed', { running: false })],
    (ms) => (ms < from ? none : some),
  );
  // open since 09:00, promised since 10:00, counted from the beginning: due 13:00
  expect(winter(read(lived, 'resolution', NOON, some).dueAt)).toBe('Mon 13:00');
  expect(clockOf(lived, 'resolution').state.version).toBe(1);
});

test('trap 1b: a policy that begins on a date begins on that date, by time alone', () => {
  const begins = at('2026-11-24T00:00+01:00');
  const rules = rulebookOf([policy([target('resolution', 48 * 60)], { from: begins })]);
  const lived = live([wrote('2026-11-23T09:00+01:00')], rules);
  expect(nextLook(lived.item, rules.calendarOf)).toBe(begins);
  const later = live([wrote('2026-11-23T09:00+01:00'), on('2026-11-24T08:00+01:00', 'message_in', {})], rules);
  const applied = clockOf(later, 'resolution').events.find(({ kind }) => kind === 'apply');
  expect([applied?.at, applied?.cause.kind]).toEqual([begins, 'looked_again']);
  expect(nextLook(NEW_ITEM, rules.calendarOf)).toBeNull();
});

test('trap 2: each stretch is counted by the calendar that held then, not all by the last', () => {
  const rules = rulebookOf(
    [policy([target('resolution', 600, null)])],
    {
      berlin: [{ zone: 'Europe/Berlin', hours: weekdays(9, 17) }],
      austin: [{ zone: 'America/Chicago', hours: weekdays(9, 17) }],
    },
    { emea: 'berlin', amer: 'austin' },
  );
  const lived = live(
    [
      wrote('2026-11-23T14:00+01:00', { team: 'emea' }),
      on('2026-11-23T17:00+01:00', 'facts_changed', { facts: { team: 'amer' } }), // 10:00 in Austin
      resolved('2026-11-23T15:00-06:00'),
    ],
    rules,
  );
  // Berlin 14:00 to 17:00 is 3 h, Austin 10:00 to 15:00 is 5 h; the last calendar alone would say 14:00 to 15:00, 6 h
  expect(read(lived, 'resolution', '2026-11-24T00:00Z', rules).spentMs).toBe(8 * HOUR);
});

test('trap 3: a priority is pinned; a new one holds from now on and takes over what was counted', () => {
  const rules = rulebookOf([
    policy([target('resolution', 480, 'office', 'P3'), target('resolution', 60, 'always', 'P1')]),
  ]);
  const raised = (iso: string) => on(iso, 'facts_changed', { facts: { priority: 'P1' } });
  const lived = live([wrote('2026-11-23T10:00+01:00', { priority: 'P3' }), raised('2026-11-23T10:40+01:00')], rules);
  // 40 of 480 minutes are 40 of 60: due 11:00, never earlier than the change
  expect(winter(read(lived, 'resolution', '2026-11-23T10:41+01:00', rules).dueAt)).toBe('Mon 11:00');
  // a weekend under P3 counted nothing and does not count afterwards: 30 min on Friday, P1 on Saturday at noon
  const weekend = live([wrote('2026-11-20T16:30+01:00', { priority: 'P3' }), raised('2026-11-21T12:00+01:00')], rules);
  expect(read(weekend, 'resolution', '2026-11-21T12:00+01:00', rules).spentMs).toBe(30 * MINUTE);
  expect(winter(read(weekend, 'resolution', '2026-11-21T12:00+01:00', rules).dueAt)).toBe('Sat 12:30');
  // an hour that is gone is late at the change, not before it
  const late = live([wrote('2026-11-23T10:00+01:00', { priority: 'P3' }), raised(NOON)], rules);
  expect(winter(read(late, 'resolution', '2026-11-23T12:01+01:00', rules).breachedAt)).toBe('Mon 12:00');
});

test('trap 3b: a lower priority does not wash a breach away', () => {
  const rules = rulebookOf([
    policy([target('resolution', 60, 'always', 'P1'), target('resolution', 600, 'always', 'P3')]),
  ]);
  const lived = live(
    [
      wrote('2026-11-23T09:00+01:00', { priority: 'P1' }),
      on('2026-11-23T10:30+01:00', 'facts_changed', { facts: { priority: 'P3' } }),
      resolved(NOON),
    ],
    rules,
  );
  const reading = read(lived, 'resolution', NOON, rules);
  expect(reading).toMatchObject({ met: true, everBreached: true, breachedAt: null });
  expect(marksOf(lived, 'resolution')).toContain('breach Mon 10:00');
});

test('trap 4: the badge counts the time of the target', () => {
  const rules = rulebookOf([policy([target('first_answer', 120, 'office')])]);
  const lived = live([wrote('2026-11-20T16:00+01:00')], rules);
  // on Saturday one working hour is left, although 46 hours of the wall lie between Saturday noon and Monday 10:00
  expect(read(lived, 'first_answer', '2026-11-21T12:00+01:00', rules).remainingMs).toBe(HOUR);
  expect(read(lived, 'first_answer', '2026-11-22T23:00+01:00', rules).remainingMs).toBe(HOUR);
});

const TWO_VERSIONS = {
  shop: [
    { zone: 'Europe/Berlin', hours: weekdays(9, 17) },
    { zone: 'Europe/Berlin', hours: weekdays(9, 12) },
  ],
};

test('trap 5: an edited calendar reaches what runs from now on, if one asks for it, and never the past', () => {
  const rules = rulebookOf([policy([target('resolution', 480, 'shop')])], TWO_VERSIONS);
  const before = { ...rules, calendars: { ...rules.calendars, shop: 1 } };
  const edit = at('2026-11-23T15:00+01:00');
  const after = (running: boolean) =>
    live([wrote('2026-11-23T10:00+01:00'), on('2026-11-23T15:00+01:00', 'rules_changed', { running })], (ms) =>
      ms < edit ? before : rules,
    );
  // left alone: 10:00 to 17:00 is 7 h, the eighth ends on Tuesday at 10:00
  expect(winter(read(after(false), 'resolution', '2026-11-23T15:00+01:00', rules).dueAt)).toBe('Tue 10:00');
  // asked for: the 5 h until 15:00 stay although the new hours end at noon; the other 3 are Tuesday 9:00 to 12:00
  const lived = after(true);
  expect(read(lived, 'resolution', '2026-11-23T18:00+01:00', rules).spentMs).toBe(5 * HOUR);
  expect(winter(read(lived, 'resolution', '2026-11-23T15:00+01:00', rules).dueAt)).toBe('Tue 12:00');
});

test('trap 6: applying the same again changes nothing, and a breach is told once', () => {
  const rules = rulebookOf([
    policy([target('resolution', 60, 'always', 'P2'), target('resolution', 30, 'always', 'P1')]),
  ]);
  const same = [
    wrote('2026-11-23T09:00+01:00', { priority: 'P2' }),
    on('2026-11-23T10:30+01:00', 'facts_changed', { facts: { language: 'de' } }),
    on('2026-11-23T10:40+01:00', 'rules_changed', { running: true }),
  ];
  const lived = live(same, rules);
  expect(clockOf(lived, 'resolution').state.version).toBe(1);
  expect(marksOf(lived, 'resolution').filter((mark) => mark.startsWith('breach'))).toEqual(['breach Mon 10:00']);
  // a shorter promise on what is late already: late in the record of that version too, and not told again
  const raised = live([...same, on(NOON, 'facts_changed', { facts: { priority: 'P1' } })], rules);
  const breaches = clockOf(raised, 'resolution').events.filter(({ kind }) => kind === 'breach');
  expect(breaches.map((event) => 'carried' in event && event.carried)).toEqual([false, true]);
});

test('trap 7: a target below 15 seconds is a mistake and is refused', () => {
  const rules = rulebookOf([policy([{ ...target('resolution', 1), amount: { ms: 14_999 } }])]);
  expect(() => live([wrote('2026-11-23T09:00+01:00')], rules)).toThrow('at least 15000');
});

test('trap 8: what we open ourselves owes a first answer from the first message of the other side', () => {
  const rules = rulebookOf([policy([target('first_answer', 60)])]);
  const opened = on('2026-11-23T09:00+01:00', 'opened', { facts: {}, requester: true, requesterWrote: false });
  expect(live([opened], rules).item.clocks.some(({ metric }) => metric === 'first_answer')).toBe(false);
  const asked = live([opened, on('2026-11-23T11:00+01:00', 'message_in', {})], rules);
  expect(winter(read(asked, 'first_answer', '2026-11-23T11:00+01:00', rules).dueAt)).toBe('Mon 12:00');
  const wroteFirst = live(
    [opened, answered('2026-11-23T09:05+01:00'), on('2026-11-23T11:00+01:00', 'message_in', {})],
    rules,
  );
  expect(clockOf(wroteFirst, 'next_answer').state.phase).toBe('running');
});

test('trap 9: the resolution ends what is waited for, and the oldest open message counts, not the newest', () => {
  const rules = rulebookOf([policy([target('next_answer', 120)])]);
  const lived = live(
    [
      wrote('2026-11-23T08:00+01:00'),
      answered('2026-11-23T08:10+01:00'),
      on('2026-11-23T09:00+01:00', 'message_in', {}),
      on('2026-11-23T10:00+01:00', 'message_in', {}),
      resolved('2026-11-23T10:30+01:00'),
    ],
    rules,
  );
  // 09:00 to 10:30 of two hours
  expect(read(lived, 'next_answer', NOON, rules)).toMatchObject({ met: true, spentMs: 90 * MINUTE });
  expect(lived.item.clocks.filter(({ metric }) => metric === 'next_answer')).toHaveLength(1);
});

test('the table of what counts in which state', () => {
  const rules = rulebookOf([]);
  const lived = live(
    [
      wrote('2026-11-23T08:00+01:00'), // 1 h new
      waiting('2026-11-23T09:00+01:00', 'requester'), // 2 h
      waiting('2026-11-23T11:00+01:00', 'partner'), // 4 h
      working('2026-11-23T15:00+01:00'), // 8 h
      resolved('2026-11-23T23:00+01:00'),
    ],
    rules,
  );
  const hours = (metric: 'resolution' | 'requester_wait' | 'handling') =>
    read(lived, metric, '2026-11-24T12:00+01:00', rules).spentMs / HOUR;
  expect([hours('resolution'), hours('requester_wait'), hours('handling')]).toEqual([15, 13, 9]);
});
