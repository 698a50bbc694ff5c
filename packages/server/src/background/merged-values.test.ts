/** Values that people say are one: active users and changes are read under the one name, and under their own again after. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from '../signals/index.ts';

let house: TestHouse;
let admin: Caller;
let counsel: Caller;
let both: Caller;
/** Each test has a dimension of its own, which a source of both compartments has brought. */
let name: string;
let tests = 0;

beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  admin = house.as('admin');
  const can = ['signal.read', 'source.manage', 'background.send', 'import.run'] as const;
  counsel = house.as({ name: 'counsel', compartments: ['legal'], can });
  both = house.as({ name: 'both', compartments: ['open', 'legal'], can });
});
afterAll(() => house.close());
beforeEach(async () => {
  name = `device_${++tests}`;
  for (const compartment of ['open', 'legal']) {
    const { rows } = await house.owner.query(
      `insert into sources (compartment, name, kind, created_at) values ($1, $2, 'ticket', now()) returning id`,
      [compartment, name],
    );
    const value = { id: 'r1', ts: '2026-02-01', text: 'hello', dimensions: { [name]: 'pixel 8' } };
    await takeSignals(house.tools, SYSTEM.intake(compartment), rows[0].id, [{ row: 1, value }]);
  }
});

const merge = async (from: string[], to: string, compartment = 'open', who = admin) => {
  const { status, body } = await who.post(`/api/dimensions/${name}/merges`, { compartment, from, to });
  expect(status).toBe(200);
  return body.merges as { id: string; from: string }[];
};
const takeBack = async (id: string, who = admin) =>
  expect((await who.delete(`/api/dimensions/${name}/merges/${id}`)).status).toBe(200);

const DAY = '2026-02-03';
const users = (value: string, count: number, others: object = {}) => ({
  day: DAY,
  users: count,
  dimensions: { [name]: value, ...others },
});
const sendUsers = async (rows: object[], compartment = 'open', who = admin) =>
  (await who.post(`/api/active-users?compartment=${compartment}`, rows)).body;
/** Of the one day: how many there were of each value. */
const readUsers = async (who = admin, compartment = 'open') => {
  const { series } = (await who.get(`/api/active-users?by=${name}&compartment=${compartment}`)).body;
  return Object.fromEntries(
    series.map(({ value, days }: { value: string; days: { users: number }[] }) => {
      expect(days).toHaveLength(1);
      return [value, days[0]!.users];
    }),
  );
};

const change = (title: string, value: string) => ({
  at: '2026-02-03T10:00:00Z',
  kind: 'release',
  title: `${name} ${title}`,
  dimensions: { [name]: value, platform: 'android' },
});
const readChanges = async (who = admin, compartment = 'open') => {
  const { changes } = (await who.get(`/api/changes?q=${name}&compartment=${compartment}`)).body;
  return Object.fromEntries(
    changes.map((one: { title: string; dimensions: Record<string, string> }) => {
      expect(one.dimensions.platform).toBe('android');
      return [one.title.slice(name.length + 1), one.dimensions[name]];
    }),
  );
};

const SENT = { 'pixel 8': 60, 'Pixel 8': 40, 'iPhone 15': 10 };

test('active users of merged values are added up, in whatever spelling they come; taken back, each has its own', async () => {
  await sendUsers(Object.entries(SENT).map(([value, count]) => users(value, count)));
  expect(await readUsers()).toEqual(SENT);

  const [one] = await merge(['pixel 8'], 'Pixel 8');
  expect(await readUsers()).toEqual({ 'Pixel 8': 100, 'iPhone 15': 10 });

  // Sent again: each spelling replaces its own number, and none of them is counted a second time.
  expect(await sendUsers([users('pixel 8', 60)])).toMatchObject({ added: 0, replaced: 0, unchanged: 1 });
  expect(await sendUsers([users('pixel 8', 65), users('Pixel 8', 45)])).toMatchObject({ added: 0, replaced: 2 });
  expect(await readUsers()).toEqual({ 'Pixel 8': 110, 'iPhone 15': 10 });

  await takeBack(one!.id);
  expect(await readUsers()).toEqual({ 'pixel 8': 65, 'Pixel 8': 45, 'iPhone 15': 10 });
});

test('a value that is named anew takes along what counts as it', async () => {
  await sendUsers(Object.entries(SENT).map(([value, count]) => users(value, count)));
  await merge(['pixel 8'], 'Pixel 8');
  const merges = await merge(['Pixel 8'], 'Google Pixel 8');
  expect(await readUsers()).toEqual({ 'Google Pixel 8': 100, 'iPhone 15': 10 });
  await takeBack(merges.find(({ from }) => from === 'Pixel 8')!.id);
  expect(await readUsers()).toEqual({ 'Pixel 8': 100, 'iPhone 15': 10 });
});

test('slices by two names are added up over the other one, and each only once', async () => {
  const sent = (['DE', 'BR'] as const).flatMap((country) => [
    users('pixel 8', 60, { country }),
    users('Pixel 8', 40, { country }),
  ]);
  await sendUsers(sent);
  await merge(['pixel 8'], 'Pixel 8');
  expect(await readUsers()).toEqual({ 'Pixel 8': 200 });
  const byCountry = (await admin.get('/api/active-users?by=country')).body;
  expect(byCountry.series.map((one: { days: { users: number }[] }) => one.days[0]!.users)).toEqual([100, 100]);
});

test('a change says whom it reached in the merged value, also in the answer to who withdraws it, and in its own after', async () => {
  const sent = [change('one', 'pixel 8'), change('two', 'Pixel 8'), change('three', 'iPhone 15')];
  await admin.post('/api/changes', sent);
  const [one] = await merge(['pixel 8'], 'Pixel 8');
  expect(await readChanges()).toEqual({ one: 'Pixel 8', two: 'Pixel 8', three: 'iPhone 15' });

  // What is kept is what was sent: the same again changes nothing.
  expect((await admin.post('/api/changes', sent)).body).toMatchObject({ added: 0, replaced: 0, unchanged: 3 });
  const { changes } = (await admin.get(`/api/changes?q=${name}+one`)).body;
  const withdrawn = (await admin.delete(`/api/changes/${changes[0].id}`)).body;
  expect(withdrawn.dimensions).toEqual({ [name]: 'Pixel 8', platform: 'android' });

  await takeBack(one!.id);
  expect(await readChanges()).toEqual({ one: 'pixel 8', two: 'Pixel 8', three: 'iPhone 15' });
});

test('a merge holds in its own compartment, also for whoever sees two', async () => {
  for (const [compartment, who] of [
    ['open', admin],
    ['legal', counsel],
  ] as const) {
    await sendUsers([users('pixel 8', 60), users('Pixel 8', 40)], compartment, who);
    await who.post(`/api/changes?compartment=${compartment}`, change('one', 'pixel 8'));
  }
  await merge(['pixel 8'], 'Pixel 8', 'legal', counsel);

  for (const who of [admin, both]) {
    expect(await readUsers(who, 'open')).toEqual({ 'pixel 8': 60, 'Pixel 8': 40 });
    expect(await readChanges(who, 'open')).toEqual({ one: 'pixel 8' });
  }
  for (const who of [counsel, both]) {
    expect(await readUsers(who, 'legal')).toEqual({ 'Pixel 8': 100 });
    expect(await readChanges(who, 'legal')).toEqual({ one: 'Pixel 8' });
  }
});
