/** The board of shifts: counted by team as the reader may see it, with who is on by the wall clock of the team. */
import type { BoardTeam, ShiftBoard } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type Reply, type TestHouse } from '../../test/house.ts';

const MONDAY = new Date('2026-03-02T09:00:00.000Z');
const HOUR = 3_600_000;

let house: TestHouse;
let ana: Caller;
let counsel: Caller;
let berlin: string;
let tokyo: string;
const ok = async (reply: Promise<Reply>) => {
  const { status, body } = await reply;
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

beforeAll(async () => {
  house = await openHouse();
  house.clock.set(MONDAY);
  ana = house.as('specialist');
  await house.givenCompartment('legal');
  counsel = house.as({ name: 'counsel', compartments: ['legal'], can: [...ana.can] });
  for (const who of [ana, counsel]) await who.get('/api/home');
  const admin = house.as('admin');
  berlin = (await ok(admin.post('/api/teams', { name: 'Berlin', members: [ana.id] }))).id;
  tokyo = (await ok(admin.post('/api/teams', { name: 'Tokyo', members: [] }))).id;
  const shift = { name: 'Day', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: 540, minutes: 480 };
  const whole = { ...shift, teamId: berlin, begins: '2026-03-01', ends: null, people: [ana.id] };
  await ok(house.as('lead').post('/api/shifts', whole));
}, 120_000);
afterAll(() => house.close());

const boardOf = async (who: Caller): Promise<ShiftBoard> => ok(who.get('/api/roster/board'));
const teamIn = (board: ShiftBoard, id: string | null): BoardTeam | undefined =>
  board.teams.find((one) => one.id === id);
async function given(who: Caller, team: string | null, compartment = 'open'): Promise<{ id: string; version: number }> {
  const kase = await ok(who.post('/api/cases', { kind: 'investigation', title: 'Payouts are late', compartment }));
  if (team) await house.owner.query('update cases set team_id = $1 where id = $2', [team, kase.id]);
  return kase;
}

test('who is on, until when, who is next, and the turns of a day around now', async () => {
  const morning = teamIn(await boardOf(ana), berlin)!;
  expect(morning.on.map(({ name, to }) => [name, to])).toEqual([['Day', '2026-03-02T16:00:00.000Z']]);
  expect(morning.next.map(({ from }) => from)).toEqual(['2026-03-03T08:00:00.000Z']);
  expect(morning.turns.map(({ day }) => day)).toEqual(['2026-03-02']);
  house.clock.set(new Date(MONDAY.getTime() + 12 * HOUR));
  const night = teamIn(await boardOf(ana), berlin)!;
  expect([night.planned, night.on]).toEqual([true, []]);
  expect(night.turns.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03']);
  house.clock.set(MONDAY);
});

test('load is counted by team, what belongs to none stands by itself, and a team without anything is not there', async () => {
  await given(ana, berlin);
  const mine = await given(ana, berlin);
  await ok(ana.put(`/api/cases/${mine.id}/owner`, { version: mine.version, owner: ana.id }));
  await given(ana, null);
  const board = await boardOf(ana);
  expect(teamIn(board, berlin)!.load).toEqual({ open: 2, waiting: 0, urgent: 0, unowned: 1, late: 0 });
  expect(teamIn(board, null)!.load).toMatchObject({ open: 1, unowned: 1 });
  expect(teamIn(board, tokyo)).toBeUndefined();
  expect(board.hands).toEqual([{ personId: ana.id, cases: 1, zone: null }]);
});

test('a baton that nobody has accepted is counted, and loud after a quarter of an hour; a broken promise is late', async () => {
  const kase = await given(ana, tokyo);
  await ok(ana.put(`/api/cases/${kase.id}/owner`, { version: kase.version, owner: ana.id }));
  const draft = await ok(ana.post(`/api/cases/${kase.id}/batons`));
  const points = { summary: 'The bank waits', actions: [], risks: [{ what: 'It stays silent', plan: 'Pay by hand' }] };
  const written = await ok(ana.put(`/api/batons/${draft.id}`, { version: draft.version, receiverId: null, points }));
  expect(teamIn(await boardOf(ana), tokyo)!.batons).toEqual({ waiting: 0, loud: 0 });
  await ok(ana.post(`/api/batons/${draft.id}/send`, { version: written.version }));
  expect(teamIn(await boardOf(ana), tokyo)!.batons).toEqual({ waiting: 1, loud: 0 });
  house.clock.advance(HOUR);
  expect(teamIn(await boardOf(ana), tokyo)!.batons).toEqual({ waiting: 1, loud: 1 });
  house.clock.advance(60 * 24 * HOUR);
  const { teams } = await boardOf(ana);
  expect(teamIn(await boardOf(ana), tokyo)!.load.late).toBe(1);
  expect(teams.at(-1)!.load.late).toBeLessThanOrEqual(teams[0]!.load.late);
  house.clock.set(MONDAY);
});

test('behind a wall nothing of it is counted, not even as a number', async () => {
  await given(counsel, berlin, 'legal');
  const [theirs, ours] = [await boardOf(counsel), await boardOf(ana)];
  expect(teamIn(theirs, berlin)!.load.open).toBe(1);
  expect(teamIn(ours, berlin)!.load.open).toBe(2);
  expect(teamIn(theirs, null)).toBeUndefined();
});
