import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { addressOf, cookieOf, events, type Heard, happen, listen, settled } from '../../test/live-streams.ts';
import { slicesFor } from '../app/slices.ts';
import { liveSlice } from './index.ts';

const SITE = { publicUrl: undefined };
const BEAT_MS = 400;
let house: TestHouse;
let address: string;
const open: Heard[] = [];
beforeAll(async () => {
  const others = slicesFor(SITE).filter(({ name }) => name !== 'live');
  house = await openHouse({ slices: [...others, liveSlice(SITE, { beatMs: BEAT_MS, perPerson: 210 })] });
  address = await addressOf(house);
});
afterAll(async () => {
  for (const one of open) one.hangUp();
  await house.close();
});

async function call(who: Caller, after = '', headers: Record<string, string> = {}): Promise<Heard> {
  const cookie = await cookieOf(house, who);
  const heard = await listen(`${address}/api/live${after}`, { cookie, ...headers });
  open.push(heard);
  return heard;
}
const hear = async (...args: Parameters<typeof call>) => settled(await call(...args));
const ids = (heard: Heard) =>
  heard
    .news()
    .filter(({ name }) => name === 'issue.moved')
    .map(({ id }) => id);

test('the head lets no cache, proxy or compression hold anything back; who wants no stream is told so', async () => {
  const { headers, status } = await hear(house.as('viewer'));
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  expect(headers['content-encoding']).toBeUndefined();
  expect((await house.as('viewer').get('/api/live')).body.code).toBe('request.invalid');
  expect((await listen(`${address}/api/live`, {})).status).toBe(401);
});

test('what happens is told at once, by id and code, and by nothing else', async () => {
  const heard = await hear(house.as('viewer'));
  await happen(house.owner, house.unusedId);
  await expect
    .poll(() => heard.news(), { interval: 10 })
    .toEqual([{ kind: 'issue', id: house.unusedId, name: 'issue.moved' }]);
});

test('what I take home is told in my other windows, and to nobody else', async () => {
  const [viewer, lead] = [await hear(house.as('viewer')), await hear(house.as('lead'))];
  expect((await house.as('viewer').get('/api/signals/export.csv')).status).toBe(200);
  await happen(house.owner, house.unusedId);
  await expect.poll(() => [...ids(viewer), ...ids(lead)], { interval: 10 }).toHaveLength(2);
  const mine = (heard: Heard) => heard.news().filter(({ kind }) => kind === 'mine');
  expect(mine(viewer)).toEqual([{ kind: 'mine', id: null, name: 'export.made' }]);
  expect(mine(lead)).toEqual([]);
});

test('what one may not ask for, one is not told of', async () => {
  const [viewer, lead, admin] = await Promise.all([
    hear(house.as('viewer')),
    hear(house.as('lead')),
    hear(house.as('admin')),
  ]);
  await happen(house.owner, 'a', { name: 'import.finished', kind: 'import' });
  await happen(house.owner, 'b', { name: 'connector.changed', kind: 'connector' });
  await happen(house.owner, 'c', { name: 'session.started', kind: 'session' });
  await happen(house.owner, 'd');
  for (const one of [viewer, lead, admin]) await expect.poll(() => ids(one)).toEqual(['d']);
  const kinds = (heard: Heard) => heard.news().map(({ kind }) => kind);
  expect(kinds(viewer)).toEqual(['issue']);
  expect(kinds(lead)).toEqual(['import', 'issue']);
  expect(kinds(admin)).toEqual(['import', 'connector', 'issue']);
});

test('a stream goes on where it broke off, without a hole: also behind a transaction that was open all the time', async () => {
  const ana = house.as('specialist');
  const first = await hear(ana);
  await happen(house.owner, 'before');
  await expect.poll(() => ids(first)).toEqual(['before']);
  first.hangUp();

  const late = await house.owner.connect();
  await late.query('begin');
  await happen(late, 'late');
  for (let i = 0; i < 10; i++) await happen(house.owner, `behind-${i}`);
  const again = await hear(ana, '', { 'last-event-id': first.position() });
  await sleep(800);
  expect(ids(again)).toEqual([]); // nothing overtakes what is still open
  await late.query('commit');
  late.release();
  const all = ['late', ...Array.from({ length: 10 }, (_, i) => `behind-${i}`)];
  await expect.poll(() => ids(again)).toEqual(all);

  // as the address says it, for a browser that opens anew; what only counts is asked for again in any case
  const third = await hear(ana, `?after=${first.position()}`);
  await expect.poll(() => ids(third)).toEqual(all);
  expect(new Set(third.news().map(({ kind }) => kind))).toEqual(new Set(['issue', 'signal', 'topic', 'presence']));
  expect(events(third)[0]).toBe('hello');
});

test('what happens while one catches up comes once, behind what was missed', async () => {
  const ana = house.as('specialist');
  const first = await hear(ana);
  const from = first.position();
  const total = 40; // fewer than are told as many at once
  const writing = (async () => {
    for (let i = 0; i < total; i++) await happen(house.owner, `n${i}`);
  })();
  const many: Heard[] = [];
  for (let i = 0; i < 12; i++) {
    many.push(await hear(ana, `?after=${from}`));
    await sleep(10);
  }
  await writing;
  const all = Array.from({ length: total }, (_, i) => `n${i}`);
  for (const heard of [first, ...many]) await expect.poll(() => ids(heard), { timeout: 5_000 }).toEqual(all);
});

test('a position that is too old, of another wall or not ours leads to one reset, and life goes on', async () => {
  const ana = house.as('specialist');
  const first = await hear(ana);
  const { tools } = house;
  const foreign = tools.vault.seal(JSON.stringify(['x', 'eyJ', 0]), 'something else').toString('base64url');
  const positions = [foreign, 'rubbish', first.position()];
  const bob = house.as({ can: ['issue.read'], compartments: ['open', 'legal'] });
  house.clock.advance(2 * 3_600_000);
  for (const [i, position] of positions.entries()) {
    const heard = await hear(i === 1 ? bob : ana, `?after=${encodeURIComponent(position)}`);
    expect(events(heard).filter((event) => event !== 'beat')).toEqual(['reset']);
    await happen(house.owner, `after-${i}`);
    await expect.poll(() => ids(heard)).toEqual([`after-${i}`]);
  }
});

test('more than can be told one by one is a reset too', async () => {
  const ana = house.as('specialist');
  const first = await hear(ana);
  first.hangUp();
  await house.owner.query(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     select now(), 'ana', 'issue.moved', 'issue', 'flood', 'open', '' from generate_series(1, 3000)`,
  );
  // Transactions of other test files may hold them back for a while: until then there is nothing to tell.
  const after = first.position();
  await expect.poll(async () => events(await hear(ana, `?after=${after}`)), { timeout: 20_000 }).toContain('reset');
});

test('many at once of one kind are one message', async () => {
  const heard = await hear(house.as('viewer'));
  await house.owner.query(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     select now(), 'ana', 'issue.moved', 'issue', 'i' || n, 'open', '' from generate_series(1, 200) n`,
  );
  await expect.poll(() => heard.news(), { timeout: 20_000 }).toEqual([{ kind: 'issue', id: null, name: 'issue.many' }]);
});

test('signals that come in are told as such, not one by one, and at most every two seconds', async () => {
  const heard = await hear(house.as('viewer'));
  const source = (await house.as('admin').post('/api/sources', { name: 'live', kind: 'ticket' })).body.id;
  const counted = () => heard.news().filter(({ name }) => name === 'signal.counted').length;
  const until = performance.now() + 4_500;
  for (let n = 0; performance.now() < until; n++) {
    const rows = [{ id: `s${n}`, ts: house.now().toISOString(), text: 'the payout is late' }];
    expect((await house.as('admin').post(`/api/signals?source=${source}`, rows)).status).toBe(200);
    await sleep(100);
  }
  await expect.poll(counted).toBeGreaterThanOrEqual(2);
  expect(counted()).toBeLessThanOrEqual(3);
  const before = counted();
  await sleep(2_500);
  expect(counted()).toBeLessThanOrEqual(before + 1); // the last ones, and then silence
});
