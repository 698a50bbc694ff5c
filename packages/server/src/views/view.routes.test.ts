import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { countSignals } from '../signals/index.ts';
import { giveSignals, type Said } from '../topics/grammar.fixture.ts';
import { lookAtWatches } from './watch.actions.ts';

let house: TestHouse;
let ana: Caller;
let viewer: Caller;
beforeAll(async () => {
  house = await openHouse();
  ana = house.as('specialist');
  viewer = house.as('viewer');
  await ana.get('/api/session');
  await viewer.get('/api/session');
});
afterAll(() => house.close());

const SIGNALS = { kind: 'signals', name: 'Crashes', search: { q: 'crash' }, share: { with: 'private' } };
const save = async (over: object, who = ana) => (await who.post('/api/views', { ...SIGNALS, ...over })).body;
const names = async (who: Caller) =>
  (await who.get('/api/views')).body.views.map(({ name }: { name: string }) => name).sort();
const look = () => lookAtWatches(house.tools, countSignals({}));
let given = 0;
async function give(count: number, hoursAgo: number, compartment = 'open'): Promise<void> {
  const said = Array.from({ length: count }, (_, i): Said => {
    const at = new Date(house.now().getTime() - hoursAgo * 3_600_000 + i);
    return { at, text: `it will crash ${++given}`, author: `p${given}`, dimensions: {} };
  });
  await giveSignals(house, said, { source: `crashes ${given}`, compartment });
}

test('a view is one’s own until it is shared: with a team, or with everybody', async () => {
  const { rows } = await house.owner.query(`insert into teams (name, created_at) values ('Night', now()) returning id`);
  const team = rows[0].id;
  const toTeam = { share: { with: 'team', team } };
  expect((await ana.post('/api/views', { ...SIGNALS, ...toTeam })).body.code).toBe('team.not_found');
  await house.owner.query('insert into team_members values ($1, $2), ($1, $3)', [team, ana.id, viewer.id]);

  await save({ name: 'mine' });
  await save({ name: 'night', ...toTeam });
  await save({ name: 'all', share: { with: 'everyone' } });

  expect(await names(ana)).toEqual(['all', 'mine', 'night']);
  expect(await names(viewer)).toEqual(['all', 'night']);
  await house.owner.query('delete from team_members where person_id = $1', [viewer.id]);
  expect(await names(viewer)).toEqual(['all']);
});

test('whoever made it changes and removes it, against the version they saw; others cannot', async () => {
  const view = await save({ name: 'to change', share: { with: 'everyone' } });
  const change = (who: Caller, version: number, name: string) =>
    who.put(`/api/views/${view.id}`, { name, search: { q: 'x' }, share: { with: 'everyone' }, version });
  expect((await change(viewer, 1, 'theirs')).status).toBe(403);
  expect((await change(ana, 1, 'changed')).body).toMatchObject({ name: 'changed', version: 2, search: { q: 'x' } });
  expect((await change(ana, 1, 'late')).body.code).toBe('view.changed_meanwhile');
  expect((await viewer.delete(`/api/views/${view.id}`)).status).toBe(403);
  expect((await ana.delete(`/api/views/${view.id}`)).status).toBe(200);
  expect(await names(viewer)).not.toContain('changed');
  const hidden = await save({ name: 'hidden' });
  expect((await viewer.delete(`/api/views/${hidden.id}`)).body.code).toBe('view.not_found');
});

test('a watch speaks when more than so many were said within a day, once a day, and home says so', async () => {
  const view = await save({ name: 'watched' });
  const watch = (above: number | null) => ana.put(`/api/views/${view.id}/watch`, { above });
  expect((await watch(2)).body.watch).toEqual({ above: 2, toldAt: null, toldSignals: null, fresh: null });
  await give(5, 30);
  await give(2, 2);
  expect(await look()).toBe(0);
  await give(1, 1);
  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  const told = (await house.events()).filter(({ name }) => name === 'watch.exceeded');
  expect(told).toMatchObject([{ payload: { viewId: view.id, personId: ana.id, signals: 3, above: 2 } }]);
  expect((await ana.get('/api/home')).body.forMe.watches).toMatchObject([{ name: 'watched', signals: 3, above: 2 }]);
  expect((await viewer.get('/api/home')).body.forMe.watches).toEqual([]);

  house.clock.advance(25 * 3_600_000);
  await give(4, 1);
  expect(await look()).toBe(1);
  expect((await watch(null)).body.watch).toBeNull();
  house.clock.advance(25 * 3_600_000);
  await give(4, 1);
  expect(await look()).toBe(0);
});

test('a watch counts what its owner may see, and is silent for whoever has gone', async () => {
  await house.givenCompartment('legal');
  const everyone = { share: { with: 'everyone' }, search: { q: 'crash' }, name: 'shared' };
  const view = await save(everyone);
  const legal = house.as({ compartments: ['open', 'legal'], can: ['signal.read'] });
  await ana.put(`/api/views/${view.id}/watch`, { above: 3 });
  await legal.put(`/api/views/${view.id}/watch`, { above: 3 });
  house.clock.advance(25 * 3_600_000);
  await give(2, 1);
  await give(2, 1, 'legal');
  expect(await look()).toBe(1); // four in all, two of them where ana is not
  await house.owner.query('update people set deactivated_at = now() where id = $1', [legal.id]);
  house.clock.advance(25 * 3_600_000);
  await give(9, 1, 'legal');
  expect(await look()).toBe(0);
});
