/** What our own rules say beyond the complaints, each with the arithmetic by hand: docs/clocks.md. */
import { expect, test } from 'vitest';
import { at, DAY, HOUR, MINUTE } from './calendar.fixture.ts';
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
import { worthTelling } from './reading.ts';

test('a law counts from the beginning, whenever it turns out to apply, and beside the house', () => {
  const order = policy([target('containment', 60)], {
    id: 'eu-tco',
    track: 'eu-tco',
    when: [{ field: 'law', isAnyOf: ['eu-tco'] }],
  });
  const rules = rulebookOf([policy([target('containment', 15)]), order]);
  const lived = live(
    [
      wrote('2026-11-23T09:00+01:00'),
      waiting('2026-11-23T09:05+01:00', 'requester'),
      on('2026-11-23T09:40+01:00', 'facts_changed', { facts: { law: 'eu-tco' } }),
      on('2026-11-23T09:50+01:00', 'contained', {}),
    ],
    rules,
  );
  // the order came at 09:00 and was known as one at 09:40: 50 of 60 minutes; the house had promised 15
  expect(read(lived, 'containment', '2026-11-23T12:00+01:00', rules, 'eu-tco')).toMatchObject({
    met: true,
    spentMs: 50 * MINUTE,
  });
  expect(read(lived, 'containment', '2026-11-23T12:00+01:00', rules).met).toBe(false);
});

test('a month ends at the same day and hour of the next, or with its last day, through a change of the clocks', () => {
  const months = (count: number) =>
    rulebookOf([policy([{ metric: 'resolution', priority: 'any', amount: { months: count }, calendar: 'berlin' }])], {
      berlin: [{ zone: 'Europe/Berlin', hours: 'always' }],
    });
  const dueOf = (iso: string, count: number) =>
    read(live([wrote(iso)], months(count)), 'resolution', iso, months(count)).dueAt;
  expect(dueOf('2026-03-10T09:00+01:00', 1)).toBe(at('2026-04-10T09:00+02:00')); // 31 days less the skipped hour
  expect(dueOf('2027-01-31T09:00+01:00', 1)).toBe(at('2027-02-28T09:00+01:00'));
  expect(dueOf('2026-11-30T09:00+01:00', 3)).toBe(at('2027-02-28T09:00+01:00'));
});

test('an answer in the very millisecond of the due time is in time, one later is not', () => {
  const rules = rulebookOf([policy([target('first_answer', 60)])]);
  const last = live([wrote('2026-11-23T09:00:00Z'), answered('2026-11-23T10:00:00.000Z')], rules);
  const late = live([wrote('2026-11-23T09:00:00Z'), answered('2026-11-23T10:00:00.001Z')], rules);
  expect([clockOf(last, 'first_answer'), clockOf(late, 'first_answer')].map(({ state }) => state.marks.length)).toEqual(
    [3, 4],
  );
  expect(read(last, 'first_answer', '2026-11-23T11:00Z', rules).met).toBe(true);
  expect(read(late, 'first_answer', '2026-11-23T11:00Z', rules).met).toBe(false);
});

test('an automatic message answers nobody; taking is an acknowledgement, being given is not', () => {
  const rules = rulebookOf([policy([target('first_answer', 60), target('acknowledge', 15)])]);
  const phases = (...more: Parameters<typeof live>[0]) => {
    const lived = live([wrote('2026-11-23T09:00Z'), ...more], rules);
    return [clockOf(lived, 'acknowledge').state.phase, clockOf(lived, 'first_answer').state.phase];
  };
  expect(phases(on('2026-11-23T09:01Z', 'message_out', { automatic: true }))).toEqual(['running', 'running']);
  expect(phases(on('2026-11-23T09:01Z', 'owner_changed', { taken: false }))).toEqual(['running', 'running']);
  expect(phases(on('2026-11-23T09:01Z', 'owner_changed', { taken: true }))).toEqual(['fulfilled', 'running']);
  expect(phases(answered('2026-11-23T09:01Z'))).toEqual(['fulfilled', 'fulfilled']);
});

test('updates: one stands while the requester is asked, the other does not', () => {
  const rules = rulebookOf([policy([target('periodic_update', 60), target('pausable_update', 60)])]);
  const lived = live(
    [
      wrote('2026-11-23T09:00+01:00'),
      answered('2026-11-23T09:10+01:00'),
      waiting('2026-11-23T09:30+01:00', 'requester'),
      working('2026-11-23T11:30+01:00'),
    ],
    rules,
  );
  expect(winter(read(lived, 'periodic_update', '2026-11-23T11:30+01:00', rules).dueAt)).toBe('Mon 10:10'); // 09:10 + 1 h
  expect(winter(read(lived, 'pausable_update', '2026-11-23T11:30+01:00', rules).dueAt)).toBe('Mon 12:10'); // 20 min, 2 h stood, 40 min
});

test('every ask of a partner has its own clock, and the case goes on beside it', () => {
  const rules = rulebookOf([
    policy([target('partner_answer', 240)], { when: [{ field: 'partner', isAnyOf: ['legal'] }] }),
    policy([target('partner_answer', 60)], { id: 'others' }),
  ]);
  const lived = live(
    [
      wrote('2026-11-23T09:00+01:00'),
      on('2026-11-23T10:00+01:00', 'partner_asked', { ask: 'a', facts: { partner: 'legal' } }),
      on('2026-11-23T10:30+01:00', 'partner_asked', { ask: 'b', facts: { partner: 'engineering' } }),
      on('2026-11-23T11:00+01:00', 'partner_answered', { ask: 'b' }),
      on('2026-11-23T13:00+01:00', 'partner_released', { ask: 'a' }),
    ],
    rules,
  );
  const asks = lived.item.clocks.filter(({ metric }) => metric === 'partner_answer');
  expect(asks.map(({ key, state }) => [key, state.phase, state.spentMs / MINUTE, state.pin?.targetMs])).toEqual([
    ['partner_answer/house/a', 'cancelled', 180, 4 * HOUR],
    ['partner_answer/house/b', 'fulfilled', 30, HOUR],
  ]);
});

test('a merge takes over how long the other side has waited; a reopening begins anew', () => {
  const rules = rulebookOf([policy([target('next_answer', 120), target('resolution', 240)])]);
  const lived = live(
    [
      wrote('2026-11-23T08:00+01:00'),
      answered('2026-11-23T08:10+01:00'),
      on('2026-11-23T10:00+01:00', 'absorbed', { waitedMs: 90 * MINUTE }),
      resolved('2026-11-23T10:20+01:00'),
      on('2026-11-25T09:00+01:00', 'reopened', { requesterWrote: true }),
    ],
    rules,
  );
  const [merged, reopened] = lived.item.clocks.filter(({ metric }) => metric === 'next_answer');
  expect(merged.state.spentMs).toBe(110 * MINUTE); // 90 there and 20 here
  expect(reopened.state.activatedAt).toBe(at('2026-11-25T09:00+01:00'));
  expect(read(lived, 'resolution', '2026-11-25T10:00+01:00', rules).spentMs).toBe(HOUR);
  expect(lived.item.clocks.map(({ key }) => key)).toContain('resolution/house/2');
});

test('after a night without a scheduler one thing is told, and everything has its own moment', () => {
  const rules = rulebookOf([policy([target('resolution', 60)])]);
  const lived = live([wrote('2026-11-23T09:00+01:00')], rules);
  const { item, written } = live(
    [wrote('2026-11-23T09:00+01:00'), on('2026-11-24T09:00+01:00', 'looked_again', {})],
    rules,
  );
  expect(marksOf({ item, written }, 'resolution')).toEqual([
    'warn 50% Mon 09:30',
    'warn 75% Mon 09:45',
    'warn 90% Mon 09:54',
    'breach Mon 10:00',
  ]);
  const { marks } = read(lived, 'resolution', '2026-11-24T09:00+01:00', rules);
  expect(worthTelling(marks)?.share).toBe(1);
  expect(worthTelling([])).toBeNull();
});

test('what became known late counts from when it was known: nothing said is taken back', () => {
  const rules = rulebookOf([policy([target('first_answer', 60)])]);
  const lived = live(
    [
      wrote('2026-11-23T09:00+01:00'),
      on('2026-11-23T10:30+01:00', 'acknowledged', {}),
      answered('2026-11-23T09:50+01:00'),
    ],
    rules,
  );
  expect(clockOf(lived, 'first_answer').state.endedAt).toBe(at('2026-11-23T10:30+01:00'));
  expect(marksOf(lived, 'first_answer')).toContain('breach Mon 10:00');
});

test('a shift that hands over round the world is counted by each region while it holds the case', () => {
  const region = (zone: string) => [
    { zone, hours: [1, 2, 3, 4, 5].map((day) => ({ day, from: 8 * 60, to: 16 * 60 })) },
  ];
  const rules = rulebookOf(
    [policy([target('handling', 24 * 60, null)])],
    { sgp: region('Asia/Singapore'), dub: region('Europe/Dublin'), sfo: region('America/Los_Angeles') },
    { sgp: 'sgp', dub: 'dub', sfo: 'sfo' },
  );
  const give = (iso: string, team: string) => on(iso, 'facts_changed', { facts: { team } });
  const lived = live(
    [
      wrote('2026-11-23T00:00Z', { team: 'sgp' }), // 8:00 in Singapore
      give('2026-11-23T08:00Z', 'dub'), // 8:00 in Dublin
      give('2026-11-23T16:00Z', 'sfo'), // 8:00 in San Francisco
    ],
    rules,
  );
  expect(read(lived, 'handling', '2026-11-24T00:00Z', rules).spentMs).toBe(DAY); // three times eight hours
});

test('another policy for the same facts leaves what runs alone until somebody asks for it', () => {
  const old = rulebookOf([policy([target('resolution', 480)])]);
  const edited = rulebookOf([policy([target('resolution', 60)], { id: 'stricter' })]);
  const from = at('2026-11-23T10:00+01:00');
  const edit = on('2026-11-23T10:00+01:00', 'rules_changed', { running: false });
  const lived = live([wrote('2026-11-23T09:00+01:00'), edit, on('2026-11-23T11:00+01:00', 'message_in', {})], (ms) =>
    ms < from ? old : edited,
  );
  expect(clockOf(lived, 'resolution').state).toMatchObject({ version: 1, pin: { policy: { id: 'standard' } } });
});
