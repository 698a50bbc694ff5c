import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MONDAY = new Date('2026-03-02T09:00:00.000Z');

let house: TestHouse;
let ana: Caller;
let lead: Caller;
let counsel: Caller;
beforeAll(async () => {
  house = await openHouse();
  [ana, lead] = [house.as('specialist'), house.as('lead')];
  await house.givenCompartment('legal');
  counsel = house.as({ name: 'counsel', compartments: ['legal'], can: [...lead.can] });
  for (const who of [ana, lead, counsel]) await who.get('/api/session');
}, 120_000);
afterAll(() => house.close());

const ok = async (reply: ReturnType<Caller['get']>) => {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const open = async (who = ana, said: object = {}) => {
  house.clock.set(MONDAY);
  return ok(who.post('/api/cases', { kind: 'investigation', ...said }));
};
const acknowledge = async (id: string, who = ana) =>
  (await ok(who.get(`/api/cases/${id}/clocks`))).clocks.find(
    ({ metric }: { metric: string }) => metric === 'acknowledge',
  );
const target = (minutes: number, more: object = {}) => ({
  ...{ metric: 'acknowledge', priority: 'any', amount: { ms: minutes * MINUTE }, calendar: 'always', ...more },
});
const FAST = { name: 'Fast', place: 10, targets: [target(30)] };
const rules = () => ok(lead.get('/api/clock-rules'));
const eventsKept = async () =>
  (await house.owner.query('select count(*)::int as n, max(at) as at from clock_events')).rows[0];

test('the house begins with promises by priority, round the clock for what is urgent', async () => {
  const { policies, calendars, can } = await rules();
  expect(can).toEqual(['change']);
  expect(calendars.map(({ id, forAll }: { id: string; forAll: boolean }) => [id, forAll])).toEqual([
    ['always', false],
    ['working_hours', true],
  ]);
  const [{ targets }] = policies;
  const of = (metric: string) =>
    targets
      .filter((one: { metric: string }) => one.metric === metric)
      .map(({ priority, amount, calendar }: { priority: string; amount: { ms: number }; calendar: string | null }) => [
        ...[priority, amount.ms / MINUTE, calendar],
      ]);
  expect(of('acknowledge')).toEqual([
    ['P0', 5, 'always'],
    ['P1', 15, 'always'],
    ['P2', 60, 'always'],
    ['P3', 480, null],
    ['P4', 1440, null],
  ]);
  expect((await ok(ana.get('/api/clock-rules'))).can).toEqual([]);
});

test('what an edit would do is seen before; running clocks keep their promise unless the editor says otherwise', async () => {
  const { id } = await open();
  const { id: hidden } = await open(counsel, { compartment: 'legal' });
  house.clock.advance(10 * MINUTE);
  const before = await eventsKept();
  const kept = await ok(lead.post('/api/clock-rules/preview', { change: { policy: { ...FAST, id: 'fast' } } }));
  expect(kept).toMatchObject({ cases: 1, more: false, changed: 0, each: [] });
  const seen = await ok(
    lead.post('/api/clock-rules/preview', { running: true, change: { policy: { ...FAST, id: 'fast' } } }),
  );
  expect(seen).toMatchObject({ cases: 1, changed: 1 });
  expect(seen.each).toMatchObject([
    { caseId: id, metric: 'acknowledge', from: { targetMs: 8 * HOUR }, to: { targetMs: 30 * MINUTE } },
  ]);
  expect(seen.each[0].to.dueAt).toBe(new Date(MONDAY.getTime() + 30 * MINUTE).toISOString());
  expect(await eventsKept(), 'looking keeps nothing').toEqual(before);

  await ok(lead.put('/api/clock-policies/fast', { ...FAST, seen: 0 }));
  await house.drainJobs();
  expect(await acknowledge(id)).toMatchObject({ targetMs: 8 * HOUR, policy: { id: 'standard', version: 1 } });
  expect(await acknowledge((await open()).id), 'a new one begins under it').toMatchObject({ targetMs: 30 * MINUTE });
  house.clock.set(new Date(MONDAY.getTime() + 10 * MINUTE));
  await ok(lead.put('/api/clock-policies/fast', { ...FAST, seen: 1, running: true }));
  await house.drainJobs();
  expect(await acknowledge(id)).toMatchObject({
    ...{ targetMs: 30 * MINUTE, spentMs: 10 * MINUTE, policy: { id: 'fast', version: 2, name: 'Fast' } },
  });
  expect(await acknowledge(hidden, counsel), 'rules hold behind every wall').toMatchObject({ targetMs: 30 * MINUTE });
  const { rows } = await house.owner.query(
    `select event->'pin'->'policy' as policy from clock_events
      where item_id = $1 and key = 'acknowledge/house/1' and kind = 'apply' order by seq`,
    [id],
  );
  expect(
    rows.map(({ policy }) => policy),
    'what was promised before stays on the record',
  ).toEqual([
    { id: 'standard', version: 1 },
    { id: 'fast', version: 2 },
  ]);
  await ok(lead.put('/api/clock-policies/fast', { ...FAST, seen: 2, running: true, removed: true }));
  await house.drainJobs();
  expect(await acknowledge(id)).toMatchObject({ targetMs: 8 * HOUR, policy: { id: 'standard' } });
});

test('a policy with a date of effect is applied on that date by time alone', async () => {
  const from = new Date(MONDAY.getTime() + 2 * HOUR).toISOString();
  const later = { name: 'From eleven', place: 20, from, targets: [target(600, { metric: 'resolution' })] };
  await ok(lead.put('/api/clock-policies/later', { ...later, seen: 0 }));
  const { id } = await open();
  await house.drainJobs();
  const { rows } = await house.owner.query('select look_at from clock_items where item_id = $1', [id]);
  expect(rows[0].look_at).toEqual(new Date(from));
});

test('another calendar holds for new promises; a team has one, and everybody else has one', async () => {
  const { body: team } = await house.as('admin').post('/api/teams', { name: 'Berlin', members: [] });
  const spec = { zone: 'Europe/Berlin', hours: [{ day: 1, from: 600, to: 720 }] };
  await ok(lead.put('/api/clock-calendars/berlin', { seen: 0, name: 'Berlin', spec, teams: [team.id] }));
  const { id } = await open(ana, { team: team.id });
  expect(await acknowledge(id)).toMatchObject({
    calendar: { id: 'berlin', version: 1 },
    dueAt: '2026-03-23T11:00:00.000Z',
  });
  await ok(lead.put('/api/clock-calendars/night', { seen: 0, name: 'Night', spec, teams: [team.id], forAll: true }));
  const { calendars } = await rules();
  const whose = calendars.map((one: { id: string; teams: string[]; forAll: boolean }) => [
    one.id,
    one.teams.length,
    one.forAll,
  ]);
  expect(whose).toEqual([
    ['always', 0, false],
    ['berlin', 0, false],
    ['night', 1, true],
    ['working_hours', 0, false],
  ]);
  expect(await acknowledge(id), 'what was pinned stays').toMatchObject({ calendar: { id: 'berlin', version: 1 } });
  const last = await lead.put('/api/clock-calendars/night', { seen: 1, name: 'Night', spec });
  expect([last.status, last.body.code]).toEqual([409, 'clock.needed']);
  await ok(
    lead.put('/api/clock-calendars/working_hours', { ...calendars[3], seen: calendars[3].version, forAll: true }),
  );
});

test('holidays come out of a calendar file, in the hours of the zone that they are asked for', async () => {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:a', 'DTSTART;VALUE=DATE:20261225', 'RRULE:FREQ=YEARLY'],
    ...[
      'SUMMARY:Christmas',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:b',
      'DTSTART:20261224T110000Z',
      'DTEND:20261224T230000Z',
    ],
    ...['SUMMARY:', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:c', 'SUMMARY:without a day', 'END:VEVENT', 'END:VCALENDAR'],
  ];
  const asked = { ics: lines.join('\r\n'), zone: 'Europe/Berlin', from: '2026-01-01', until: '2028-01-01' };
  const read = await ok(lead.post('/api/clock-calendars/holidays', asked));
  expect(read.holidays).toEqual([
    { name: '–', from: '2026-12-24T12:00', to: '2026-12-25T00:00' },
    { name: 'Christmas', from: '2026-12-25', to: '2026-12-26' },
    { name: 'Christmas', from: '2027-12-25', to: '2027-12-26' },
  ]);
  expect(read.refused).toHaveLength(1);
  expect(read.until).toBe('2028-01-01');
  for (const wrong of [{ ics: 'no calendar' }, { zone: 'Europe/Nowhere' }, { from: '2300-01-01' }]) {
    const { status } = await lead.post('/api/clock-calendars/holidays', { ...asked, ...wrong });
    expect(status, JSON.stringify(wrong)).toBe(400);
  }
});

test('what cannot be counted, is needed, was changed meanwhile or is nobody’s to change is refused, and nothing is kept', async () => {
  const versions =
    'select count(*)::int as n from (select 1 from calendar_versions union all select 1 from clock_policy_versions) v';
  const before = (await house.owner.query(versions)).rows;
  const spec = { zone: 'UTC', hours: 'always' };
  const calendar = { seen: 0, name: 'X', spec };
  const policy = { ...FAST, seen: 0 };
  const months = { ...target(1), amount: { months: 1 }, calendar: 'working_hours' };
  const refused: [string, object, number, string][] = [
    ['calendars/x', { ...calendar, spec: { ...spec, zone: 'Mars/Base' } }, 400, 'clock.not_countable'],
    [
      'calendars/x',
      { ...calendar, spec: { ...spec, hours: [{ day: 1, from: 600, to: 500 }] } },
      400,
      'clock.not_countable',
    ],
    ['calendars/x', { ...calendar, spec: { ...spec, hours: [] } }, 400, 'request.invalid'],
    ['calendars/always', { ...calendar, seen: 1 }, 409, 'clock.needed'],
    ['calendars/working_hours', { ...calendar, forAll: true }, 409, 'clock.changed_meanwhile'],
    ['policies/x', { ...policy, targets: [target(1, { calendar: 'nowhere' })] }, 400, 'clock.not_countable'],
    ['policies/x', { ...policy, targets: [target(1, { warnAt: [0.9, 0.5] })] }, 400, 'request.invalid'],
    ['policies/x', { ...policy, targets: [target(0.1)] }, 400, 'request.invalid'],
    ['policies/x', { ...policy, targets: [months] }, 400, 'request.invalid'],
    ['policies/standard', policy, 409, 'clock.changed_meanwhile'],
    ['policies/standard', { ...policy, seen: 7 }, 409, 'clock.changed_meanwhile'],
  ];
  for (const [path, body, status, code] of refused) {
    const reply = await lead.put(`/api/clock-${path}`, body);
    expect([reply.status, reply.body.code], `${path} ${JSON.stringify(body)}`).toEqual([status, code]);
  }
  expect((await ana.put('/api/clock-policies/x', policy)).status).toBe(403);
  expect((await ana.post('/api/clock-rules/preview', { change: { policy: { ...FAST, id: 'x' } } })).status).toBe(403);
  expect((await house.owner.query(versions)).rows).toEqual(before);
  const both = await Promise.all([1, 2].map(() => lead.put('/api/clock-policies/raced', policy)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});
