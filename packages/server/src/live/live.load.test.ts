/** Many streams, slow ones, an end of the server and of the database. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { addressOf, cookieOf, events, type Heard, happen, listen, settled } from '../../test/live-streams.ts';
import { openOwnPostgres, ownPostgresIsThere, sayIfMissing } from '../../test/own-postgres.ts';
import { postTo, realHouse, setUp } from '../../test/real-house.ts';
import { slicesFor } from '../app/slices.ts';
import { withClient } from '../platform/embedded-postgres.ts';
import { liveSlice } from './index.ts';

sayIfMissing('that a stream outlives a stop of the operator’s own server');
const SITE = { publicUrl: undefined };
let house: TestHouse;
let address: string;
let cookie: string;
let closed = false;
const open: Heard[] = [];
beforeAll(async () => {
  const others = slicesFor(SITE).filter(({ name }) => name !== 'live');
  house = await openHouse({ slices: [...others, liveSlice(SITE, { perPerson: 500, waitingMax: 64 * 1024 })] });
  address = await addressOf(house);
  cookie = await cookieOf(house, house.as('admin'));
});
afterAll(async () => {
  for (const one of open) one.hangUp();
  if (!closed) await house.close();
});
async function hear(): Promise<Heard> {
  const heard = await listen(`${address}/api/live`, { cookie });
  open.push(heard);
  return settled(heard);
}
const heardOf = (heard: Heard, id: string) => heard.news().some((one) => one.id === id);

test('two hundred open tabs hear of a change, and it is read once for all of them', async () => {
  const many: Heard[] = [];
  for (let i = 0; i < 20; i++) many.push(...(await Promise.all(Array.from({ length: 10 }, hear))));
  const count = async () => {
    const stat = `select xact_commit::int as n from pg_stat_database where datname = current_database()`;
    return (await house.owner.query(stat)).rows[0].n as number;
  };
  await sleep(1_500); // what was counted at the begin has been written down
  const before = await count();
  const started = performance.now();
  await happen(house.owner, 'seen by all');
  await expect.poll(() => many.every((one) => heardOf(one, 'seen by all')), { interval: 10 }).toBe(true);
  const took = performance.now() - started;
  await sleep(3_000);
  const asked = (await count()) - before;
  console.log(`200 streams heard of one event after ${Math.round(took)} ms; ${asked} transactions in the 3 s after it`);
  expect(took).toBeLessThan(2_000);
  expect(asked).toBeLessThan(60);
  for (const one of many) one.hangUp();
});

test('who does not read is let go, and the others hear everything', async () => {
  const slow = await hear();
  const quick = await hear();
  slow.pause();
  const families = ['issue.moved', 'source.changed', 'import.finished', 'connector.changed'];
  const flood = `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
    select now(), 'ana', ($1::text[])[1 + n % 4], 'thing', gen_random_uuid()::text, 'open', '' from generate_series(1, 160) n`;
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 2_000 && (await streams()) === 2; i++) {
    // one by one: what comes together would be told as "many", and never be much
    const heard = quick.text().length;
    await house.owner.query(flood, [families]);
    await expect.poll(() => quick.text().length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(heard + 10_000);
  }
  expect(await streams()).toBe(1);
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  await happen(house.owner, 'after the flood');
  await expect.poll(() => quick.text().includes('after the flood'), { timeout: 20_000 }).toBe(true);
  console.log(`a reader who stood still was let go behind ${Math.round(quick.text().length / 1024)} kB`);
}, 120_000);

async function streams(): Promise<number> {
  const { payload } = await house.http.inject({ url: '/metrics' });
  return Number(/^groundswell_live_streams (\d+)/m.exec(payload)![1]);
}

test('when the server stops, it says so, and stops', async () => {
  const heard = await hear();
  const started = performance.now();
  closed = true;
  await house.close();
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(heard.frames().at(-1)).toMatchObject({ event: 'bye', data: { why: 'stopping' } });
  expect(heard.text()).toMatch(/retry: \d+\nevent: bye/);
  expect(heard.ended()).toBe(true);
});

test.runIf(ownPostgresIsThere)(
  'a stream outlives a restart of the database below it, without a hole',
  async () => {
    const own = await openOwnPostgres();
    const real = realHouse(() => ({ DATABASE_URL: own.urlOf('groundswell'), LOG_LEVEL: 'silent' }));
    const started = await real.start();
    const admin = await setUp(started);
    const heard = await settled(await listen(`${started.url}/api/live`, { cookie: admin.cookie! }));
    const sourceIs = (name: string) => postTo(`${started.url}/api/sources`, { name, kind: 'ticket' }, admin);
    await sourceIs('before');
    const told = () => heard.news().filter(({ kind }) => kind === 'source').length;
    await expect.poll(told).toBe(1);
    own.stop('immediate');
    await sleep(1_000);
    own.start();
    // by another hand, while this process may not yet have found it again
    await withClient(own.urlOf('admin'), (client) =>
      happen(client, 'meanwhile', { name: 'source.changed', kind: 'source' }),
    );
    await expect.poll(() => heardOf(heard, 'meanwhile'), { timeout: 20_000 }).toBe(true);
    await expect.poll(() => sourceIs('after').then(Boolean, () => false), { timeout: 20_000 }).toBe(true);
    await expect.poll(told, { timeout: 20_000 }).toBe(3);
    expect(heard.ended()).toBe(false);
    expect(events(heard).filter((event) => event === 'hello')).toHaveLength(1);
    heard.hangUp();
    await real.close();
    own.remove();
  },
  120_000,
);
