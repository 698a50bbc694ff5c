import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { addressOf, cookieOf, events, type Heard, happen, hashOf, listen, settled } from '../../test/live-streams.ts';
import { slicesFor } from '../app/slices.ts';
import { liveSlice } from './index.ts';

const SITE = { publicUrl: undefined };
const BEAT_MS = 400;
let house: TestHouse;
let address: string;
const open: Heard[] = [];
beforeAll(async () => {
  const others = slicesFor(SITE).filter(({ name }) => name !== 'live');
  house = await openHouse({ slices: [...others, liveSlice(SITE, { beatMs: BEAT_MS, perPerson: 5 })] });
  address = await addressOf(house);
});
afterAll(async () => {
  for (const one of open) one.hangUp();
  await house.close();
});

async function hear(who: Caller, after = '', cookie?: string): Promise<Heard> {
  const heard = await listen(`${address}/api/live${after}`, { cookie: cookie ?? (await cookieOf(house, who)) });
  open.push(heard);
  return settled(heard);
}
const counsel = () =>
  house.as({ name: 'counsel', can: ['issue.read', 'signal.read'], compartments: ['open', 'legal'] });

/** Every byte but the positions, which are sealed anew each time: what they are made of cannot be told from outside. */
const bytes = (heard: Heard) =>
  heard
    .text()
    .replace(/^id: .*$/gm, ({ length }) => `id of ${length}`)
    .replaceAll('event: beat\ndata: {}\n\n', '');

async function muchHappens(compartment: string): Promise<void> {
  for (let i = 0; i < 20; i++) await happen(house.owner, `${compartment}-${i}`, { compartment });
  await house.owner.query(
    `insert into intake_batches (id, compartment, source_id, row_count, received_at)
     overriding system value select 1000 + n, $1, (select id from sources limit 1), 5, now() from generate_series(1, 10) n`,
    [compartment],
  );
  await house.owner.query(`insert into presence select p.id, gen_random_uuid(), $1, $2 from people p limit 3`, [
    compartment,
    house.now(),
  ]);
}

test('of a closed compartment an outsider hears not one byte, whether anything happens there or not', async () => {
  await house.as('admin').post('/api/sources', { name: 'desk', kind: 'ticket' });
  const inside = await hear(counsel());
  // What was made above is behind everybody before anybody is compared: transactions of other databases hold it back.
  await happen(house.owner, 'read-so-far', { compartment: 'open' });
  await expect.poll(() => inside.news().length, { timeout: 30_000 }).toBeGreaterThan(0);
  const quiet = await hear(house.as('viewer'));
  await sleep(2_500);
  const busy = await hear(house.as('viewer'));
  await muchHappens('legal');
  await expect
    .poll(() => inside.news().map(({ kind }) => kind))
    .toEqual(expect.arrayContaining(['issue', 'signal', 'presence']));
  await sleep(2_500);
  expect(bytes(busy)).toBe(bytes(quiet));
  expect(busy.text()).not.toContain('legal');

  // the same bytes as well when one comes back to where one was
  const back = await hear(house.as('viewer'), `?after=${busy.position()}`);
  const other = await hear(house.as('viewer'), `?after=${quiet.position()}`);
  await sleep(300);
  expect(bytes(back)).toBe(bytes(other));
});

test('a session that is ended elsewhere ends its stream at once, long before the next beat', async () => {
  const others = slicesFor(SITE).filter(({ name }) => name !== 'live');
  const calm = await openHouse({ slices: [...others, liveSlice(SITE, { beatMs: 600_000 })] });
  const ana = calm.as({ name: 'ana', can: ['issue.read'] });
  const [cookie, elsewhere] = [await cookieOf(calm, ana), await cookieOf(calm, ana)];
  const url = `${await addressOf(calm)}/api/live`;
  const [heard, other] = await Promise.all(
    [cookie, elsewhere].map(async (one) => settled(await listen(url, { cookie: one }))),
  );
  await calm.owner.query(`update sessions set ended_at = now() where secret_hash = $1`, [hashOf(cookie)]);
  await happen(calm.owner, 'x', { name: 'session.ended', kind: 'session' });
  await expect.poll(() => heard!.ended(), { timeout: 3_000 }).toBe(true);
  expect(heard!.frames().at(-1)).toMatchObject({ event: 'bye', data: { why: 'ended' } });
  expect(other!.ended()).toBe(false);
  other!.hangUp();
  await calm.close();
});

test('a person who is deactivated hears nothing from the next beat on, even if no event says so', async () => {
  const ana = house.as({ name: 'ana', can: ['issue.read'] });
  const cookie = await cookieOf(house, ana);
  const heard = await hear(ana, '', cookie);
  await house.owner.query('update people set deactivated_at = now() where id = $1', [ana.id]);
  await expect.poll(() => heard.ended()).toBe(true);
  expect((await listen(`${address}/api/live`, { cookie })).status).toBe(401);
});

test('who comes into a compartment or out of one begins anew behind the new wall', async () => {
  const bob = house.as({ name: 'bob', can: ['issue.read'] });
  const heard = await hear(bob);
  await house.owner.query(`insert into person_compartments values ($1, 'legal')`, [bob.id]);
  await expect.poll(() => heard.ended()).toBe(true);
  expect(heard.frames().at(-1)!.data).toEqual({ why: 'moved' });
  const again = await hear(bob, `?after=${heard.position()}`);
  expect(events(again)[0]).toBe('reset');
  await happen(house.owner, 'secret', { compartment: 'legal' });
  await expect.poll(() => again.news().map(({ id }) => id)).toContain('secret');
  await house.owner.query(`delete from person_compartments where person_id = $1 and compartment = 'legal'`, [bob.id]);
  await expect.poll(() => again.ended()).toBe(true);
});

test('listening is no sign of life: a session that nobody uses grows old all the same', async () => {
  const eve = house.as({ name: 'eve', can: ['issue.read'] });
  const cookie = await cookieOf(house, eve);
  await house.owner.query(`update sessions set seen_at = $2 where secret_hash = $1`, [hashOf(cookie), house.now()]);
  const heard = await hear(eve, '', cookie);
  house.clock.advance(11.9 * 3_600_000);
  await sleep(2 * BEAT_MS);
  expect(heard.ended()).toBe(false);
  house.clock.advance(0.2 * 3_600_000);
  await expect.poll(() => heard.ended()).toBe(true);
});

test('of one person no more streams than agreed; one that ends makes room', async () => {
  const max = house.as({ name: 'max', can: ['issue.read'] });
  const cookie = await cookieOf(house, max);
  const five = await Promise.all(Array.from({ length: 5 }, () => hear(max, '', cookie)));
  const sixth = await listen(`${address}/api/live`, { cookie });
  expect([sixth.status, sixth.headers['retry-after']]).toEqual([429, '60']);
  five[0]!.hangUp();
  const status = async () => {
    const next = await listen(`${address}/api/live`, { cookie });
    open.push(next);
    return next.status;
  };
  await expect.poll(status).toBe(200);
});

test('inside a sample its own events are told, by the word in the address', async () => {
  const admin = house.as('admin');
  const { number } = (await admin.post('/api/worlds', { kind: 'sample' })).body;
  const cookie = await cookieOf(house, admin);
  const inHouse = await hear(admin, '', cookie);
  const inWorld = await hear(admin, `?world=${number}`, cookie);
  await happen(house.owner, 'invented', { compartment: `sample_${number}` });
  await expect.poll(() => inWorld.news().map(({ id }) => id)).toContain('invented');
  await happen(house.owner, 'real');
  await expect.poll(() => inHouse.news().map(({ id }) => id)).toContain('real');
  expect(inWorld.text()).not.toContain('real');
  expect(inHouse.text()).not.toContain('invented');
  expect((await listen(`${address}/api/live?world=999`, { cookie })).status).toBe(404);
  expect((await listen(`${address}/api/live?world=1%27`, { cookie })).status).toBe(400);
});

test('a session that nobody could ask for keeps no stream beyond its patience', async () => {
  const others = slicesFor(SITE).filter(({ name }) => name !== 'live');
  const brief = await openHouse({ slices: [...others, liveSlice(SITE, { beatMs: 100, unaskedMs: 400 })] });
  const heard = await settled(
    await listen(`${await addressOf(brief)}/api/live`, { cookie: await cookieOf(brief, brief.as('viewer')) }),
  );
  await brief.owner.query('alter function app.find_session rename to hidden');
  await sleep(250);
  expect(heard.ended()).toBe(false);
  await expect.poll(() => heard.ended()).toBe(true);
  expect(heard.frames().at(-1)!.data).toEqual({ why: 'trouble' });
  await brief.close();
});
