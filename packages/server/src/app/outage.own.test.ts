/** The operator's own PostgreSQL crashes, is stopped for a while and started again: the house waits for it and goes on. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type OwnPostgres, openOwnPostgres, ownPostgresIsThere, sayIfMissing } from '../../test/own-postgres.ts';
import { aTokenOf, type Json, postTo, type RealHouse, realHouse, type Started, setUp } from '../../test/real-house.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });
sayIfMissing('that the house outlives a stop of its own server');

const ROWS = 20_000; // several turns of an import
let own: OwnPostgres;
let real: RealHouse;
let house: Started;
let admin: Record<string, string>;
let desk: { source: string; token: string };
let sent = 0;
const kept: string[] = [];
const refusals = new Set<string>();

beforeAll(async () => {
  if (!ownPostgresIsThere) return;
  own = await openOwnPostgres();
  real = realHouse(() => ({ DATABASE_URL: own.urlOf('groundswell'), LOG_LEVEL: 'silent' }));
});
afterAll(async () => {
  await real?.close();
  own?.remove();
});

const get = async (path: string): Promise<Json> => {
  const reply = await fetch(house.url + path, { headers: admin }).catch(() => null);
  return reply?.ok ? reply.json() : null;
};
const isReady = async () => (await fetch(`${house.url}/readyz`)).status === 200;
const isAlive = () => house.child.exitCode === null && house.child.signalCode === null;

async function send(): Promise<void> {
  const rows = Array.from({ length: 20 }, (_, i) => ({
    id: `s${sent}-${i}`,
    ts: new Date().toISOString(),
    text: `the payout of week ${sent} is late and nobody answers ${i}`,
  }));
  sent++;
  const headers = { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' };
  const reply = await fetch(`${house.url}/api/signals`, { method: 'POST', headers, body: JSON.stringify(rows) });
  if (reply.ok) kept.push(...rows.map(({ id }) => id));
  else refusals.add(((await reply.json()) as Json).code);
}

/** Sends until it is told to stop. */
function sending(): () => Promise<void> {
  let on = true;
  const all = (async () => {
    while (on) await Promise.all([send(), sleep(20)]);
  })();
  return () => {
    on = false;
    return all;
  };
}

async function anImport(name: string): Promise<string> {
  const rows = Array.from({ length: ROWS }, (_, i) =>
    JSON.stringify({
      id: `${name}${i}`,
      ts: new Date().toISOString(),
      text: `upload stuck at ${i} ${'so slow '.repeat(9)}`,
    }),
  );
  const headers = { ...admin, 'content-type': 'application/octet-stream' };
  const body = rows.join('\n');
  const reply = await fetch(`${house.url}/api/imports?fileName=${name}.jsonl`, { method: 'POST', headers, body });
  const { id, suggested } = (await reply.json()) as Json;
  await postTo(`${house.url}/api/imports/${id}/start`, { sourceId: desk.source, mapping: suggested }, admin);
  return id;
}
const rowsOf = async (id: string) => (await get(`/api/imports/${id}`))?.progress.rowsRead ?? 0;
const stateOf = async (id: string) => (await get(`/api/imports/${id}`))?.state;

/** Everything that works by itself has gone on, and what was acknowledged is there once. */
async function expectWhole(id: string): Promise<void> {
  await expect.poll(isReady, { timeout: 60_000, interval: 200 }).toBe(true);
  await expect.poll(() => stateOf(id), { timeout: 150_000, interval: 200 }).toBe('done');
  const { sources } = await get('/api/sources');
  await expect.poll(async () => (await get('/api/copies?limit=1'))?.waiting, { timeout: 120_000 }).toBe(0);
  const engine = async () => (await get('/api/detection'))?.streams[0]?.waiting;
  await expect.poll(engine, { timeout: 120_000 }).toBe(0);
  const ids: string[] = [];
  for (let after = ''; ; ) {
    const page = await get(`/api/signals?limit=200&source=${desk.source}&q=payout${after}`);
    ids.push(...page.signals.map(({ externalId }: Json) => externalId));
    if (!page.next) break;
    after = `&after=${page.next}`;
  }
  expect(kept.filter((one) => !ids.includes(one))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(sources[0].signals % ROWS).toBe(ids.length);
}

test.runIf(ownPostgresIsThere)('a crash in the middle of an import, and a start at once', async () => {
  house = await real.start();
  admin = await setUp(house);
  desk = await aTokenOf(house.url, admin);
  const stop = sending();
  const id = await anImport('a');
  await expect.poll(() => rowsOf(id), { timeout: 90_000, interval: 50 }).toBeGreaterThan(1_000);
  own.stop('immediate');
  own.start();
  await sleep(1_000);
  await stop();
  await expectWhole(id);
  expect(isAlive()).toBe(true);
});

test.runIf(ownPostgresIsThere)(
  'a stop for six seconds: every refusal says so, and jobs are done when it is back',
  async () => {
    const stop = sending();
    const id = await anImport('b');
    await expect.poll(() => rowsOf(id), { timeout: 90_000, interval: 50 }).toBeGreaterThan(1_000);
    own.stop('fast');
    await sleep(6_000);
    expect(await isReady()).toBe(false);
    expect(isAlive()).toBe(true);
    own.start();
    await stop();
    await expectWhole(id);
    expect([...refusals]).toEqual(['house.database_away']);
  },
);

test.runIf(ownPostgresIsThere)('asked to stop while the server is away, it ends in time and in order', async () => {
  const stop = sending();
  await sleep(300);
  own.stop('immediate');
  await stop();
  await sleep(2_500);
  const asked = performance.now();
  house.child.kill('SIGTERM');
  if (isAlive()) await once(house.child, 'exit');
  expect(house.child.exitCode).toBe(0);
  expect(performance.now() - asked).toBeLessThan(15_000);
  own.start();
  house = await real.start();
  expect(await isReady()).toBe(true);
});
