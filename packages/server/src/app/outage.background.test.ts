/**
 * The database crashes in the middle of files of active users, files of changes, changes one by one, and under the follower
 * of copied texts: sent again until it is acknowledged everything is there once, and the groups of copies are those of a
 * house in which nothing happened.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import {
  aTokenOf,
  crashDatabase,
  type Json,
  type RealHouse,
  realHouse,
  type Started,
  setUp,
} from '../../test/real-house.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

const houses: RealHouse[] = [];
afterEach(async () => {
  for (const real of houses.splice(0)) await real.close();
});

interface Room {
  readonly real: RealHouse;
  readonly house: Started;
  readonly admin: Record<string, string>;
  readonly token: string;
}

async function openRoom(): Promise<Room> {
  const real = realHouse(() => ({ LOG_LEVEL: 'silent' }));
  houses.push(real);
  const house = await real.start();
  const admin = await setUp(house);
  return { real, house, admin, token: (await aTokenOf(house.url, admin)).token };
}

const get = async ({ house, admin }: Room, path: string): Promise<Json> => {
  const reply = await fetch(house.url + path, { headers: admin });
  return reply.ok ? reply.json() : null;
};

interface Sending {
  readonly path: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** As a patient program does: the same again until it is taken. The answers on the way are outages and nothing else. */
async function sendUntilTaken({ house }: Room, { path, body, headers }: Sending): Promise<Json> {
  for (let tries = 1; tries < 200; tries++) {
    const reply = await fetch(house.url + path, { method: 'POST', body, headers }).catch(() => null);
    if (reply?.ok) return reply.json();
    if (reply) expect(((await reply.json()) as Json).code).toMatch(/^house\.(database_away|too_busy)$/);
    await sleep(100);
  }
  throw new Error(`${path} was never taken.`);
}

/** Crashes the database so many times, with a moment in between, and waits until it answers. */
async function crashes(room: Room, times: number, of: 'app' | 'copies'): Promise<void> {
  for (let i = 0; i < times; i++) {
    await sleep(300 + 350 * i);
    await crashDatabase(room.real, of);
    const missing = async () => ((await (await fetch(`${room.house.url}/readyz`)).json()) as Json).remarks;
    // After a crash the database makes its whole folder safe first, and waits for a disk that others write to.
    await expect.poll(missing, { timeout: 120_000, interval: 50 }).toEqual([]);
  }
}

const DAYS = 300;
const COUNTRIES = 60;
const day = (n: number) => new Date(Date.UTC(2026, 0, 1 - n)).toISOString().slice(0, 10);
const ACTIVE_ROWS = Array.from(
  { length: DAYS * COUNTRIES },
  (_, i) => `${day(Math.floor(i / COUNTRIES))},1,c${i % COUNTRIES}`,
);
const CHANGES = 6_000;
/** However slow the machine is. */
const SINGLES_LEAST = 20;
const changeAt = (n: number) => new Date(Date.UTC(2025, 0, 1) + n * 60_000).toISOString();
const CHANGE_ROWS = Array.from({ length: CHANGES }, (_, i) => `f${i},${changeAt(i)},release,number ${i} of the file`);

async function changesOf(room: Room): Promise<Json[]> {
  const all: Json[] = [];
  for (let after = ''; ; ) {
    const { changes, next } = await get(room, `/api/changes?limit=200${after}`);
    all.push(...changes);
    if (!next) return all;
    after = `&after=${next}`;
  }
}

test('files of active users and of changes, and changes one by one, are there once', async () => {
  const room = await openRoom();
  const { admin } = room;
  const plain = { ...admin, 'content-type': 'application/octet-stream' };
  const users = {
    path: '/api/active-users/file?fileName=dau.csv',
    body: `day,active_users,country\n${ACTIVE_ROWS.join('\n')}\n`,
    headers: plain,
  };
  const file = {
    path: '/api/changes/file?fileName=log.csv',
    body: `id,at,kind,title\n${CHANGE_ROWS.join('\n')}\n`,
    headers: plain,
  };
  const single = (n: number) => ({
    path: '/api/changes',
    body: JSON.stringify({ id: `s${n}`, at: changeAt(n), kind: 'flag', title: `number ${n} alone` }),
    headers: { ...admin, 'content-type': 'application/json' },
  });
  let singles = 0;
  let crashing = true;
  const oneByOne = async () => {
    while (crashing || singles <= SINGLES_LEAST) await sendUntilTaken(room, single(singles++));
  };
  const [, , , ...sent] = await Promise.all([
    crashes(room, 4, 'app').finally(() => {
      crashing = false;
    }),
    oneByOne(),
    oneByOne(),
    sendUntilTaken(room, users),
    sendUntilTaken(room, file),
  ]);

  for (const [i, rows] of [ACTIVE_ROWS.length, CHANGES].entries()) {
    expect(sent[i]).toMatchObject({ refusedRows: 0, replaced: 0 });
    expect(sent[i].added + sent[i].unchanged).toBe(rows);
  }
  expect(await sendUntilTaken(room, users)).toMatchObject({ added: 0, replaced: 0, unchanged: ACTIVE_ROWS.length });
  const range = `from=${day(DAYS - 1)}&to=${day(0)}`;
  const { cuts, series } = await get(room, `/api/active-users?${range}`);
  expect(cuts).toMatchObject([{ names: ['country'], rows: ACTIVE_ROWS.length }]);
  const counted = series[0].days.map(({ users: active }: Json) => active);
  expect([counted.length, new Set(counted)]).toEqual([DAYS, new Set([COUNTRIES])]);

  const changes = await changesOf(room);
  const ids = changes.map(({ externalId }) => externalId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(CHANGES + singles);
  expect([room.house.child.exitCode, room.house.child.signalCode]).toEqual([null, null]);
});

const CALLS = [
  'Bring back the old payout schedule now, creators cannot pay their rent with promises of a better tomorrow',
  'Your new comment filter hides every critical word about the company and leaves the spam where it was before',
  'Sign the open letter against the verification rule that locks out everybody without a passport or a bank account',
];

/** A word that is hardly ever said twice. */
const wordOf = (n: number) =>
  (Math.imul(n + 1, 2_654_435_761) >>> 0).toString(26).replace(/\d/g, (d) => 'qrstuvwxyz'[+d]!);

/** Sixty requests: three campaigns, each text now exact, now with a word more, between voices of their own. */
const REQUESTS = Array.from({ length: 60 }, (_, n) =>
  Array.from({ length: 20 }, (_row, i) => {
    const k = n * 20 + i;
    const own = Array.from({ length: 14 }, (_word, w) => wordOf(k * 14 + w)).join(' ');
    return {
      id: `k${k}`,
      ts: new Date(Date.UTC(2026, 1, 1) + k * 60_000).toISOString(),
      text: k % 4 === 0 ? `${CALLS[n % 3]}${k % 8 === 0 ? '' : ' please'}` : own,
      author: `p${k % 97}`,
    };
  }),
);

async function groupsAfter(room: Room): Promise<Json[]> {
  const headers = { authorization: `Bearer ${room.token}`, 'content-type': 'application/json' };
  for (const rows of REQUESTS) {
    const sent = await sendUntilTaken(room, { path: '/api/signals', body: JSON.stringify(rows), headers });
    expect(sent.added + sent.unchanged).toBe(rows.length);
    await sleep(60);
  }
  const waiting = async () => (await get(room, '/api/copies?limit=1'))?.waiting;
  await expect.poll(waiting, { timeout: 150_000, interval: 200 }).toBe(0);
  const { groups } = await get(room, '/api/copies?limit=100&sort=largest');
  return groups
    .map(({ signals, authors, mostByOne, exactShare, shape, because, spark, sample }: Json) => {
      return { signals, authors, mostByOne, exactShare, shape, because, spark, first: sample.externalId };
    })
    .sort((a: Json, b: Json) => a.first.localeCompare(b.first));
}

test('groups of copied texts are what they are without a crash', async () => {
  const calm = await groupsAfter(await openRoom());
  expect(calm.length).toBeGreaterThanOrEqual(3);
  expect(calm.reduce((sum, { signals }) => sum + signals, 0)).toBe((REQUESTS.length * 20) / 4);

  const room = await openRoom();
  const [rough] = await Promise.all([groupsAfter(room), crashes(room, 5, 'copies')]);
  expect(rough).toEqual(calm);
  expect([room.house.child.exitCode, room.house.child.signalCode]).toEqual([null, null]);
});
