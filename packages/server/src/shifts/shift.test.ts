import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { race } from '../people/people.fixture.ts';

let house: TestHouse;
let admin: Caller;
let lead: Caller;
let ana: Caller;
let bo: Caller;
let team: string;
const id = async (who: Caller): Promise<string> => {
  await who.get('/api/home');
  return who.id;
};
const said = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
const ok = async (reply: ReturnType<Caller['get']>) => {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

beforeAll(async () => {
  house = await openHouse();
  [admin, lead, ana] = [house.as('admin'), house.as('lead'), house.as('specialist')];
  bo = house.as({ name: 'bo', compartments: ['open'], can: [...ana.can] });
  const members = [await id(ana), await id(bo)];
  team = (await ok(admin.post('/api/teams', { name: 'Berlin', members }))).id;
}, 120_000);
afterAll(() => house.close());

const body = async (more: object = {}) => ({
  ...{ teamId: team, name: 'Night', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7], from: 1320, minutes: 480 },
  ...{ begins: '2026-03-01', ends: null, people: [await id(ana)], ...more },
});
const make = async (more: object = {}) => ok(lead.post('/api/shifts', await body(more)));
const places = async (shift: { id: string }, planned: Caller, day = '2026-03-28') =>
  `/api/shifts/${shift.id}/turns/${day}/places/${await id(planned)}`;

test('who is on and who is next is said by the wall clock of the team, through the night in which it jumps', async () => {
  const shift = await make();
  const day = await make({ name: 'Day', from: 360, minutes: 960, people: [await id(bo)] });
  const roster = async (moment: string) => {
    house.clock.set(new Date(moment));
    const { teams } = await ok(ana.get('/api/roster'));
    const names = (turns: { name: string; places: { person: { name: string } }[] }[]) =>
      turns.map(({ name, places: each }) => `${name}: ${each.map(({ person }) => person.name).join()}`);
    return teams.map((one: { on: []; next: [] }) => [names(one.on), names(one.next)]);
  };
  const [first, second] = [shift.people[0].name, day.people[0].name];
  // 06:00 of summer time is 04:00 UTC
  expect(await roster('2026-03-29T03:59:59Z')).toEqual([[[`Night: ${first}`], [`Day: ${second}`]]]);
  expect(await roster('2026-03-29T04:00:00Z')).toEqual([[[`Day: ${second}`], [`Night: ${first}`]]]);
  for (const one of [shift, day]) await ok(lead.delete(`/api/shifts/${one.id}`));
  expect(await roster('2026-03-29T03:59:59Z')).toEqual([]);
});

test('a place is asked and accepted, and two who take it at once are kept apart', async () => {
  house.clock.set(new Date('2026-03-20T09:00:00Z'));
  const shift = await make();
  const url = await places(shift, ana);
  const asked = await ok(ana.post(url, { type: 'ask', personId: await id(bo) }));
  expect(asked.places[0]).toMatchObject({ person: { id: await id(ana) }, asked: { id: await id(bo) } });
  expect(said(await lead.post(url, { type: 'accept' }))).toEqual([409, 'shift.not_yours']);
  // Bo says yes while Ana takes it back: one of them is told that it is no longer theirs
  const replies = await race(house, 'shift_places', [
    () => bo.post(url, { type: 'accept' }),
    () => ana.post(url, { type: 'take_back' }),
  ]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { turns } = await ok(ana.get(`/api/roster/turns?team=${team}&from=2026-03-28&until=2026-03-28`));
  const holder = turns.find(({ day }: { day: string }) => day === '2026-03-28').places[0];
  expect(holder).toMatchObject({ person: { id: await id(replies[0]!.status === 200 ? bo : ana) }, asked: null });
  house.clock.set(new Date('2026-03-30T09:00:00Z'));
  expect(said(await bo.post(url, { type: 'take' }))).toEqual([409, 'shift.not_possible']);
  expect(said(await bo.post(await places(shift, bo), { type: 'take' }))).toEqual([404, 'shift.not_found']);
  expect((await house.events()).filter(({ name }) => name === 'shift.stood_in')).toHaveLength(2);
});

test('what cannot be is refused, and of two who change a shift the second is told', async () => {
  expect(said(await ana.post('/api/shifts', await body()))).toEqual([403, 'access.not_allowed']);
  expect(said(await lead.post('/api/shifts', await body({ zone: 'Mars/Base' })))).toEqual([409, 'shift.not_possible']);
  const never = { days: [1], begins: '2026-03-03', ends: '2026-03-04' };
  expect(said(await lead.post('/api/shifts', await body(never)))).toEqual([409, 'shift.not_possible']);
  expect(said(await lead.post('/api/shifts', await body({ people: [house.unusedId] })))).toEqual([
    404,
    'person.not_found',
  ]);
  const shift = await make();
  const change = { ...(await body({ name: 'Late' })), version: 1 };
  const replies = await race(house, 'shifts', [
    () => lead.put(`/api/shifts/${shift.id}`, change),
    () => admin.put(`/api/shifts/${shift.id}`, change),
  ]);
  expect(replies.map(said).sort()).toEqual([
    [200, undefined],
    [409, 'shift.changed_meanwhile'],
  ]);
  const long = await ana.get('/api/roster/turns?from=2026-01-01&until=2026-12-31');
  expect(said(long)).toEqual([400, 'request.invalid']);
});

test('a roster leaves as a calendar and comes back as the same turns', async () => {
  const shift = await make({ name: 'Out, and "in"', people: [], begins: '2026-03-28', ends: '2026-03-28' });
  const range = { from: '2026-03-28', until: '2026-03-28' };
  const { ics } = await ok(ana.get(`/api/roster/calendar?team=${team}&from=${range.from}&until=${range.until}`));
  const read = await ok(
    lead.post('/api/shifts/read', { ics, zone: 'UTC', teamId: team, from: '2026-03-01', until: '2026-04-01' }),
  );
  expect(read.refused).toEqual([]);
  const back = read.shifts.find(({ name }: { name: string }) => name === shift.name);
  // 22:00 in Berlin is 21:00 UTC, and that night has seven hours
  expect(back).toMatchObject({ zone: 'UTC', begins: '2026-03-28', ends: '2026-03-28', from: 1260, minutes: 420 });
});

test('everybody says of themselves what they bring', async () => {
  const brings = { zone: 'Asia/Jakarta', languages: ['id', 'en'], skills: ['payouts'] };
  await ok(ana.put('/api/roster/people/me', brings));
  const { people } = await ok(bo.get('/api/roster/people'));
  const mine = await id(ana);
  expect(people.find((one: { id: string }) => one.id === mine)).toMatchObject(brings);
  expect(said(await ana.put('/api/roster/people/me', { ...brings, zone: 'Nowhere' }))).toEqual([
    409,
    'shift.not_possible',
  ]);
});

test('a team that goes takes its shifts with it, and who stood in', async () => {
  house.clock.set(new Date('2026-03-20T09:00:00Z'));
  const gone = (await ok(admin.post('/api/teams', { name: 'Short', members: [await id(ana), await id(bo)] }))).id;
  const shift = await make({ teamId: gone });
  await ok(bo.post(await places(shift, ana), { type: 'take' }));
  await ok(admin.delete(`/api/teams/${gone}`));
  const left = await house.owner.query('select from shift_places where shift_id = $1', [shift.id]);
  expect(left.rows).toEqual([]);
  const { shifts } = await ok(ana.get('/api/shifts'));
  expect(shifts.map((one: { id: string }) => one.id)).not.toContain(shift.id);
  expect(said(await bo.post(await places(shift, ana), { type: 'take' }))).toEqual([404, 'shift.not_found']);
});
