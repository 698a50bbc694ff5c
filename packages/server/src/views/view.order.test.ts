/** A view is removed and brought back, stands where its reader puts it, begins their list, and counts what is new. */
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

interface View {
  id: string;
  name: string;
  starts: boolean;
  watch: { fresh: number | null } | null;
}
const save = async (name: string, over: object = {}, who = ana): Promise<View> =>
  (
    await who.post('/api/views', {
      kind: 'signals',
      name,
      search: { q: 'crash' },
      share: { with: 'everyone' },
      ...over,
    })
  ).body;
const viewsOf = async (who: Caller, kind = 'signals'): Promise<View[]> =>
  (await who.get(`/api/views?kind=${kind}`)).body.views;
const names = async (who: Caller, kind?: string) => (await viewsOf(who, kind)).map(({ name }) => name);
let given = 0;
async function give(count: number): Promise<void> {
  const said = Array.from({ length: count }, (_, i): Said => {
    const at = new Date(house.now().getTime() - 1_000 + i);
    return { at, text: `it will crash ${++given}`, author: `p${given}`, dimensions: {} };
  });
  await giveSignals(house, said, { source: `crashes ${given}` });
}

test('a removed view is brought back with its watches, by whoever removed it and for a day', async () => {
  const view = await save('kept');
  await viewer.put(`/api/views/${view.id}/watch`, { above: 0 });
  await ana.delete(`/api/views/${view.id}`);
  expect([await names(ana), await names(viewer)]).toEqual([[], []]);
  await give(3);
  expect(await lookAtWatches(house.tools, countSignals({})), 'nobody is told of what is gone').toBe(0);
  expect((await viewer.post(`/api/views/${view.id}/restore`)).body.code).toBe('view.not_found');
  expect((await ana.post(`/api/views/${view.id}/restore`)).body).toMatchObject({ name: 'kept' });
  expect((await ana.post(`/api/views/${view.id}/restore`)).body.code).toBe('view.not_found');
  expect((await viewsOf(viewer))[0]).toMatchObject({ name: 'kept', watch: { above: 0 } });

  await ana.delete(`/api/views/${view.id}`);
  house.clock.advance(25 * 3_600_000);
  const other = await save('other');
  await ana.delete(`/api/views/${other.id}`);
  expect((await ana.post(`/api/views/${view.id}/restore`)).body.code, 'a day later').toBe('view.not_found');
  const { rows } = await house.owner.query('select from view_watches where view_id = $1', [view.id]);
  expect(rows).toEqual([]);
  const told = (await house.events()).filter(({ name }) => name === 'view.restored');
  expect(told).toMatchObject([{ actor: ana.id, payload: { viewId: view.id } }]);
});

test('the order is one’s own; what is not named comes after', async () => {
  const [a, b, c] = [await save('a'), await save('b'), await save('c')];
  const hidden = await save('hidden', { share: { with: 'private' } }, viewer);
  const order = { kind: 'signals', views: [c.id, hidden.id, a.id, house.unusedId] };
  expect((await ana.put('/api/views/order', order)).body.views.map(({ name }: View) => name)).toEqual(['c', 'a', 'b']);
  expect(await names(ana)).toEqual(['c', 'a', 'b']);
  expect(await names(viewer)).toEqual(['hidden', 'a', 'b', 'c']);
  await ana.put('/api/views/order', { kind: 'signals', views: [a.id, b.id, c.id] });
  expect(await names(ana)).toEqual(['a', 'b', 'c']);
  const { rows } = await house.owner.query('select from view_marks where view_id = $1', [hidden.id]);
  expect(rows, 'what one cannot see is not placed').toEqual([]);
});

test('a list begins with one view at most, for whoever said so', async () => {
  const [x, y] = [await save('x', { kind: 'issues' }), await save('y', { kind: 'issues' })];
  const start = (who: Caller, id: string, starts: boolean) => who.put(`/api/views/${id}/start`, { starts });
  const beginning = async (who: Caller) => (await viewsOf(who, 'issues')).filter(({ starts }) => starts);
  expect((await start(ana, x.id, true)).body).toMatchObject({ name: 'x', starts: true });
  await start(ana, y.id, true);
  await start(viewer, x.id, true);
  expect((await beginning(ana)).map(({ name }) => name)).toEqual(['y']);
  expect((await beginning(viewer)).map(({ name }) => name)).toEqual(['x']);
  await start(ana, y.id, false);
  expect(await beginning(ana)).toEqual([]);
  const hidden = await save('z', { kind: 'issues', share: { with: 'private' } });
  expect((await start(viewer, hidden.id, true)).body.code).toBe('view.not_found');
});

test('a watched view says how much is new since it was last opened', async () => {
  const view = await save('fresh');
  const fresh = async (who: Caller) => (await viewsOf(who)).find(({ id }) => id === view.id)?.watch?.fresh;
  await give(2);
  house.clock.advance(60_000);
  expect(await fresh(ana)).toBeUndefined();
  await ana.put(`/api/views/${view.id}/watch`, { above: 1_000 });
  expect(await fresh(ana)).toBe(0);
  house.clock.advance(60_000);
  await give(3);
  expect(await fresh(ana)).toBe(3);
  expect(await fresh(viewer)).toBeUndefined();
  house.clock.advance(60_000);
  expect((await ana.post(`/api/views/${view.id}/seen`)).status).toBe(200);
  expect(await fresh(ana)).toBe(0);
});
