/** Each thread of public complaint about promised times, as a case with the arithmetic by hand: docs/clocks.md. */
import { describe, expect, test } from 'vitest';
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
  wrote,
} from './item.fixture.ts';
import { happen, NEW_ITEM } from './item.ts';
import { explainClock } from './why.ts';

describe('zammad', () => {
  test('5177: a shorter update target does not override the first answer', () => {
    const rules = rulebookOf([policy([target('first_answer', 240), target('periodic_update', 60)])]);
    const lived = live([wrote('2026-11-23T09:00+01:00')], rules);
    // 09:00 and 4 h is 13:00; an update is owed to nobody before the first answer
    expect(winter(read(lived, 'first_answer', '2026-11-23T11:00+01:00', rules).dueAt)).toBe('Mon 13:00');
    expect(lived.item.clocks.some(({ metric }) => metric === 'periodic_update')).toBe(false);
    const later = live([wrote('2026-11-23T09:00+01:00'), answered('2026-11-23T12:00+01:00')], rules);
    expect(winter(read(later, 'periodic_update', '2026-11-23T12:30+01:00', rules).dueAt)).toBe('Mon 13:00'); // 12:00 + 1 h
  });

  test('3140: nothing runs out because the requester is silent after our answer', () => {
    const rules = rulebookOf([policy([target('first_answer', 60), target('next_answer', 120)])]);
    const lived = live(
      [
        wrote('2026-11-23T09:00+01:00'),
        answered('2026-11-23T09:30+01:00'),
        on('2026-11-27T09:00+01:00', 'looked_again', {}),
      ],
      rules,
    );
    // 30 of 60 minutes: half is reached in the very moment of the answer, which is in time even for the warning
    expect(marksOf(lived, 'first_answer')).toEqual([]);
    expect(lived.item.clocks.some(({ metric }) => metric === 'next_answer')).toBe(false);
    expect(read(lived, 'first_answer', '2026-11-27T09:00+01:00', rules)).toMatchObject({
      met: true,
      spentMs: 30 * MINUTE,
    });
  });

  test('2082: the first answer, not the second, takes the moment away', () => {
    const rules = rulebookOf([policy([target('first_answer', 60)])]);
    const lived = live([wrote('2026-11-23T09:00+01:00'), answered('2026-11-23T09:10+01:00')], rules);
    expect(read(lived, 'first_answer', '2026-11-23T12:00+01:00', rules)).toMatchObject({ dueAt: null, met: true });
  });

  test('4432: nobody is reminded at midnight or on a weekend', () => {
    const rules = rulebookOf([policy([target('first_answer', 120, 'office')])]);
    const lived = live([wrote('2026-11-20T16:00+01:00'), on('2026-11-24T00:00+01:00', 'looked_again', {})], rules);
    // Friday 16:00 to 17:00 is 60 of 120 minutes; 90 are Monday 09:30, 108 are 09:48, 120 are 10:00
    expect(marksOf(lived, 'first_answer')).toEqual([
      'warn 50% Fri 17:00',
      'warn 75% Mon 09:30',
      'warn 90% Mon 09:48',
      'breach Mon 10:00',
    ]);
    // a promise made shorter on Saturday is late at once, and said on Monday morning
    const shorter = [policy([target('first_answer', 120, 'office', 'P3'), target('first_answer', 30, 'office', 'P1')])];
    const raised = live(
      [
        wrote('2026-11-20T16:00+01:00', { priority: 'P3' }),
        on('2026-11-21T23:59+01:00', 'facts_changed', { facts: { priority: 'P1' } }),
        on('2026-11-24T00:00+01:00', 'looked_again', {}),
      ],
      rulebookOf(shorter),
    );
    expect(marksOf(raised, 'first_answer').slice(1)).toEqual([
      'warn 50% Mon 09:00',
      'warn 75% Mon 09:00',
      'warn 90% Mon 09:00',
      'breach Mon 09:00',
    ]);
  });

  test('2579 and 3551: the result is there after every end, also when the answer sets the item to waiting', () => {
    const rules = rulebookOf([policy([target('first_answer', 60), target('resolution', 24 * 60)])]);
    const lived = live(
      [
        wrote('2026-11-23T09:00+01:00'),
        answered('2026-11-23T09:45+01:00'),
        waiting('2026-11-23T09:45+01:00', 'requester'),
        resolved('2026-11-25T09:00+01:00'),
      ],
      rules,
    );
    const now = '2026-11-26T00:00+01:00';
    expect(read(lived, 'first_answer', now, rules)).toMatchObject({
      met: true,
      spentMs: 45 * MINUTE,
      remainingMs: 15 * MINUTE,
    });
    // 48 h against 24 h: 24 h too late, breached on Tuesday at 09:00
    expect(read(lived, 'resolution', now, rules)).toMatchObject({
      met: false,
      spentMs: 48 * HOUR,
      remainingMs: -24 * HOUR,
    });
    expect(winter(read(lived, 'resolution', now, rules).breachedAt)).toBe('Tue 09:00');
  });

  test('5624 and 904: a promise goes with the group that made it, and with a merge', () => {
    const rules = rulebookOf([
      policy([target('periodic_update', 60)], { when: [{ field: 'team', isAnyOf: ['support'] }] }),
    ]);
    const begun = [wrote('2026-11-23T09:00+01:00', { team: 'support' }), answered('2026-11-23T09:10+01:00')];
    const moved = on('2026-11-23T09:30+01:00', 'facts_changed', { facts: { team: 'sales' } });
    const lived = live([...begun, moved, on('2026-11-23T12:00+01:00', 'looked_again', {})], rules);
    expect(read(lived, 'periodic_update', '2026-11-23T12:00+01:00', rules)).toMatchObject({
      targetMs: null,
      dueAt: null,
    });
    expect(marksOf(lived, 'periodic_update')).toEqual([]); // 20 of 60 minutes had gone
    const merged = live([...begun, on('2026-11-23T09:20+01:00', 'merged_away', {})], rules);
    expect(clockOf(merged, 'periodic_update').state.phase).toBe('cancelled');
    expect(merged.item.clocks.every(({ state }) => state.endedAt !== null)).toBe(true);
  });
});

describe('chatwoot', () => {
  test('PR13392: business hours are business hours', () => {
    const rules = rulebookOf([policy([target('first_answer', 60, 'office')])]);
    const lived = live([wrote('2026-11-20T16:30+01:00')], rules);
    // Friday 16:30 to 17:00 is 30 minutes, Monday 09:00 to 09:30 the other 30; by the wall it would be Friday 17:30
    expect(winter(read(lived, 'first_answer', '2026-11-20T16:40+01:00', rules).dueAt)).toBe('Mon 09:30');
  });

  test('14009: a break at noon', () => {
    const split = { zone: 'Europe/Berlin', hours: [...weekdays(8, 12), ...weekdays(13.5, 18)] };
    const rules = rulebookOf([policy([target('first_answer', 60, 'split')])], { split: [split] });
    const lived = live([wrote('2026-11-23T12:30+01:00')], rules);
    expect(winter(read(lived, 'first_answer', '2026-11-23T12:45+01:00', rules).dueAt)).toBe('Mon 14:30'); // 13:30 + 1 h
    expect(read(lived, 'first_answer', '2026-11-23T13:00+01:00', rules).spentMs).toBe(0);
  });

  test('5254: from 9 in the evening to 2 in the morning, every day', () => {
    const late = { zone: 'Europe/Berlin', hours: weekdays(21, 26, [1, 2, 3, 4, 5, 6, 7]) };
    const rules = rulebookOf([policy([target('first_answer', 240, 'late')])], { late: [late] });
    const lived = live([wrote('2026-11-23T23:30+01:00')], rules);
    // Monday 23:30 to Tuesday 02:00 is 2 h 30; the missing 1 h 30 end on Tuesday at 22:30
    expect(winter(read(lived, 'first_answer', '2026-11-24T03:00+01:00', rules).dueAt)).toBe('Tue 22:30');
    expect(read(lived, 'first_answer', '2026-11-24T03:00+01:00', rules).spentMs).toBe(150 * MINUTE);
  });
});

describe('dbt_zendesk: numbers that never matched the screen', () => {
  test('51: a promise that is made later still counts from the beginning of the wait', () => {
    const rules = rulebookOf([policy([target('first_answer', 60, 'always', 'P1')])]);
    const raised = on('2026-11-23T09:40+01:00', 'facts_changed', { facts: { priority: 'P1' } });
    const lived = live([wrote('2026-11-23T09:00+01:00'), raised, answered('2026-11-23T09:55+01:00')], rules);
    // 09:00 to 09:55 is 55 of 60 minutes: kept
    expect(read(lived, 'first_answer', '2026-11-23T10:00+01:00', rules)).toMatchObject({
      met: true,
      spentMs: 55 * MINUTE,
    });
  });

  test('4: the same number everywhere: reading, parts and replay agree to the millisecond', () => {
    const rules = rulebookOf([policy([target('requester_wait', 24 * 60, 'office')])]);
    const lived = live(
      [
        wrote('2026-11-20T15:00+01:00'),
        waiting('2026-11-20T16:00+01:00', 'requester'),
        on('2026-11-24T09:00+01:00', 'set_to', { standing: { is: 'active' } }),
        resolved('2026-11-24T11:30+01:00'),
      ],
      rules,
    );
    // Friday 15:00 to 16:00 (1 h) and Tuesday 09:00 to 11:30 (2 h 30); Monday was the requester's turn
    const now = at('2026-11-25T00:00+01:00');
    const { spentMs } = read(lived, 'requester_wait', '2026-11-25T00:00+01:00', rules);
    const parts = explainClock(clockOf(lived, 'requester_wait').events, now, rules.calendarOf);
    expect(spentMs).toBe(3.5 * HOUR);
    expect(parts.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(spentMs);
  });

  test('116: the breach is the first moment of being late, and looking again does not move it', () => {
    const rules = rulebookOf([policy([target('requester_wait', 540, 'long')])], {
      long: [{ zone: 'UTC', hours: weekdays(14.5, 23.5) }],
    });
    const lived = live(
      [
        wrote('2026-11-24T14:51:01Z'),
        ...[25, 26, 27].map((day) => on(`2026-11-${day}T17:49:50Z`, 'message_in', {})),
        on('2026-11-28T00:00Z', 'looked_again', {}),
      ],
      rules,
    );
    // Tuesday 14:51:01 to 23:30 is 8 h 38 min 59 s of 9 h; the missing 21 min 1 s end on Wednesday at 14:51:01
    expect(read(lived, 'requester_wait', '2026-11-28T00:00Z', rules).breachedAt).toBe(at('2026-11-25T14:51:01Z'));
    expect(marksOf(lived, 'requester_wait').filter((mark) => mark.startsWith('breach'))).toHaveLength(1);
  });

  test('92: holidays are taken into account, whole and in part', () => {
    const holidays = [
      { name: 'Christmas Eve', from: '2026-12-24T12:00', to: '2026-12-25' },
      { name: 'Christmas', from: '2026-12-25' },
    ];
    const rules = rulebookOf([policy([target('resolution', 600, 'days')])], {
      days: [{ zone: 'Europe/Berlin', hours: weekdays(9, 17), holidays }],
    });
    const lived = live([wrote('2026-12-23T15:00+01:00')], rules);
    // Wed 15 to 17: 2 h; Thu 9 to 12: 3 h; Fri holiday; Mon 9 to 14: 5 h
    expect(winter(read(lived, 'resolution', '2026-12-23T15:00+01:00', rules).dueAt)).toBe('Mon 14:00');
    const parts = explainClock(clockOf(lived, 'resolution').events, at('2026-12-28T14:00+01:00'), rules.calendarOf);
    expect(parts.flatMap(({ holiday }) => holiday ?? [])).toEqual(['Christmas Eve', 'Christmas']);
    expect(parts.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(10 * HOUR);
  });

  test('141: calendar minutes and business minutes are two readings of one stream', () => {
    const lived = (calendar: string) => {
      const rules = rulebookOf([policy([target('resolution', 6000, calendar)])]);
      const done = live([wrote('2026-11-20T16:00+01:00'), resolved('2026-11-23T10:00+01:00')], rules);
      return read(done, 'resolution', '2026-11-23T10:00+01:00', rules).spentMs;
    };
    expect(lived('always')).toBe(66 * HOUR); // Friday 16:00 to Monday 10:00
    expect(lived('office')).toBe(2 * HOUR);
  });
});

test('GitLab support 1581: whoever writes from outside is waiting, whatever the address', () => {
  const rules = rulebookOf([policy([target('next_answer', 120)])]);
  const lived = live(
    [
      wrote('2026-11-23T09:00+01:00'),
      answered('2026-11-23T09:30+01:00'),
      on('2026-11-23T10:00+01:00', 'message_in', {}),
    ],
    rules,
  );
  expect(winter(read(lived, 'next_answer', '2026-11-23T10:00+01:00', rules).dueAt)).toBe('Mon 12:00');
  const after = happen(
    NEW_ITEM,
    on('2026-11-23T09:00+01:00', 'opened', { facts: {}, requester: false, requesterWrote: false }),
    rules,
  );
  const stranger = happen(after.item, on('2026-11-23T09:20+01:00', 'message_in', {}), rules);
  expect(stranger.item.clocks.find(({ metric }) => metric === 'first_answer')?.state.phase).toBe('running');
});
