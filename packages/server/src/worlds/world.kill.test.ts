/** kill -9 of the whole process while a world is filled, played and removed: it goes on, nothing twice, and nothing left. */
import { once } from 'node:events';
import type { WorldView } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { type Json, postTo, realHouse, type Started, setUp } from '../../test/real-house.ts';
import { keptIds, saidIds, stateOf } from './world.fixture.ts';

let house: TestHouse; // looks, over the database that the real process works in
const real = realHouse(() => ({
  DATABASE_URL: house.urlFor('owner'),
  DATABASE_APP_URL: house.urlFor('app'),
  LOG_LEVEL: 'silent',
}));
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await real.close();
  await house.close();
});

const worldRow = async () => (await house.owner.query('select * from worlds')).rows[0];
const until = (is: (world: Json) => boolean) =>
  expect.poll(async () => is(await worldRow()), { timeout: 120_000, interval: 20 }).toBe(true);

async function killed({ child }: Started): Promise<Started> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  await house.owner.query(`update worlds set beat_at = beat_at - interval '16 seconds'`); // a moment later
  return real.start();
}

test('every signal of the past and of the day is there once, and afterwards none', { timeout: 300_000 }, async () => {
  let now = await real.start();
  const admin = await setUp(now);
  const asked = { kind: 'sample', seed: 7, signalsPerDay: 1_200, historyDays: 7 };
  const { body: world }: { body: WorldView } = await postTo(`${now.url}/api/worlds`, asked, admin);
  const steer = (step: object) => postTo(`${now.url}/api/worlds/1/steer`, step, admin);
  await expect
    .poll(async () => (await keptIds(house, 1, new Date(0), new Date('2100-01-01'))).length, {
      timeout: 60_000,
      interval: 20,
    })
    .toBeGreaterThan(500);
  now = await killed(now);
  await until(({ state }) => state === 'paused');
  const from = new Date(world.dayFrom);
  const to = new Date(world.dayTo);
  const start = new Date(from.getTime() - 7 * 86_400_000);
  expect(await keptIds(house, 1, new Date(0), new Date('2100-01-01'))).toEqual(await saidIds(world, start, from));

  await steer({ type: 'play', speed: 600 });
  await until(({ played }) => played > 20);
  now = await killed(now);
  const { played_to: atKill } = await worldRow();
  await until(({ played_to: at }) => at > atKill);
  for (;;) {
    const { state, skip_to: end } = await worldRow();
    if (state === 'over') break;
    if (end === null) await steer({ type: 'skip' }).catch(() => {}); // it may be over meanwhile
    await new Promise((done) => setTimeout(done, 100));
  }
  expect(await keptIds(house, 1, from, new Date('2100-01-01'))).toEqual(await saidIds(world, from, to));
  expect((await worldRow()).played).toBe((await saidIds(world, from, to)).length);

  await fetch(`${now.url}/api/worlds/1`, { method: 'DELETE', headers: admin });
  await expect
    .poll(async () => (await house.owner.query('select count(*)::int as n from signals')).rows[0].n, {
      timeout: 30_000,
      interval: 5,
    })
    .toBeLessThan((await saidIds(world, start, to)).length);
  now = await killed(now);
  await expect.poll(() => stateOf(house, 1), { timeout: 60_000 }).toBeNull();
  const { rows } = await house.owner.query(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'compartment'`,
  );
  for (const { name } of rows) {
    const left = await house.owner.query(`select count(*)::int as n from ${name} where compartment like 'sample%'`);
    expect(left.rows[0].n, name).toBe(0);
  }
});
