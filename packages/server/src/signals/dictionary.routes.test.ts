/** The dictionary as people use it: reading it, merging values and taking that back, raising a cap. */
import { OTHER_VALUE, VALUES_CAP } from '@groundswell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { takeSignals } from './index.ts';

let house: TestHouse;
let admin: Caller;
let viewer: Caller;
let both: Caller;
/** Each test has a name of its own: merges of one are none of another's business. */
let name: string;
let source: string;
let tests = 0;

beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  admin = house.as('admin');
  viewer = house.as('viewer');
  both = house.as({
    name: 'both',
    compartments: ['open', 'legal'],
    can: ['signal.read', 'source.read', 'source.manage', 'signal.send'],
  });
});
afterAll(() => house.close());
beforeEach(async () => {
  name = `device_${++tests}`;
  source = await aSource('open');
});

let made = 0;
async function aSource(compartment: string): Promise<string> {
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ($1, $2, 'ticket', now()) returning id`,
    [compartment, `source ${++made}`],
  );
  return rows[0].id;
}

let rows = 0;
/** One signal for each value, an hour after the one before. */
const said = (values: readonly string[], { into = source, compartment = 'open' } = {}) =>
  takeSignals(
    house.tools,
    SYSTEM.intake(compartment),
    into,
    values.map((value, i) => ({
      row: i + 1,
      value: {
        id: `r${++rows}`,
        ts: new Date(Date.UTC(2026, 1, 1, i)).toISOString(),
        text: `about ${name}`,
        language: 'en',
        dimensions: { [name]: value },
      },
    })),
  );

const read = async (query = '', who = viewer) => (await who.get(`/api/dimensions/${name}?${query}`)).body;
const counts = async (query = '', who = viewer) =>
  Object.fromEntries(
    (await read(query, who)).values.map((one: { value: string; rows: number }) => [one.value, one.rows]),
  );
const merge = (from: string[], to: string, compartment = 'open', who = admin) =>
  who.post(`/api/dimensions/${name}/merges`, { compartment, from, to });
const found = async (value: string, who = viewer) =>
  (await who.get(`/api/signals?limit=100&dimension=${encodeURIComponent(`${name}:${value}`)}`)).body.signals as {
    id: string;
    dimensions: Record<string, string>;
  }[];
const facet = async (who = viewer, query = '') => {
  const { facets } = (await who.get(`/api/signals/summary?q=${name}${query}`)).body;
  const own = facets.find((one: { name: string }) => one.name === name);
  return Object.fromEntries(own.values.map((one: { value: string; count: number }) => [one.value, one.count]));
};

describe('reading', () => {
  test('each dimension with its values, rows and sources, and where a cap was reached', async () => {
    await said(['a', 'b', 'a']);
    const second = await aSource('open');
    await said(['b', 'c'], { into: second });
    await house.owner.query('update dimension_names set values_cap = 2 where source_id = $1 and name = $2', [
      second,
      name,
    ]);
    await said(['x', 'y', 'c'], { into: second });

    const { dimensions, can } = (await viewer.get('/api/dimensions')).body;
    expect(can).toEqual([]);
    const sourceName = expect.any(String);
    expect(dimensions.find((one: { name: string }) => one.name === name)).toEqual({
      name,
      values: 4, // a, b, c and other
      rows: 8,
      firstAt: '2026-02-01T00:00:00.000Z',
      lastAt: '2026-02-01T02:00:00.000Z',
      sources: [
        { sourceId: second, sourceName, values: 2, cap: 2, cappedRows: 2 },
        { sourceId: source, sourceName, values: 2, cap: VALUES_CAP, cappedRows: 0 },
      ],
    });
    expect(await counts()).toEqual({ a: 2, b: 2, c: 2, [OTHER_VALUE]: 2 });
    expect(await counts(`source=${source}`)).toEqual({ a: 2, b: 1 });
    const { sources } = (await viewer.get('/api/sources')).body;
    expect(sources.find(({ id }: { id: string }) => id === second).capped).toEqual([name]);
    expect(sources.find(({ id }: { id: string }) => id === source).capped).toEqual([]);
  });

  test('values are found by a part, sorted, and paged without a gap', async () => {
    await said(['zeta', 'Alpha', 'beta', 'Beta max', 'beta']);
    const list = async (query: string) => (await read(query)).values.map(({ value }: { value: string }) => value);
    expect(await list('sort=value')).toEqual(['Alpha', 'beta', 'Beta max', 'zeta']);
    expect(await list('sort=rows')).toEqual(['beta', 'Alpha', 'Beta max', 'zeta']);
    expect(await list('sort=newest')).toEqual(['Beta max', 'beta', 'Alpha', 'zeta']);
    expect(await list('q=BETA')).toEqual(['beta', 'Beta max']);
    expect(await list('q=%25')).toEqual([]);
    const pages = [await read('sort=value&limit=3'), await read('sort=value&limit=3&offset=3')];
    expect(pages.map(({ total, values }) => [total, values.length])).toEqual([
      [4, 3],
      [4, 1],
    ]);
    expect((await read('sort=value&offset=50')).total).toBe(4);
  });

  test('what nobody brought is not found, and neither is what stands behind the wall', async () => {
    const legal = await aSource('legal');
    await said(['secret'], { into: legal, compartment: 'legal' });
    expect((await viewer.get(`/api/dimensions/${name}?compartment=legal`)).status).toBe(404);
    expect((await viewer.get('/api/dimensions?compartment=legal')).body.dimensions).toEqual([]);
    expect(await counts('compartment=legal', both)).toEqual({ secret: 1 });
    expect((await viewer.get('/api/dimensions/never_brought')).body.code).toBe('dimension.not_found');
    expect((await merge(['secret'], 'x', 'legal')).body.code).toBe('access.not_allowed');
  });

  test('values that differ only in how they are written are proposed', async () => {
    await said(['iPhone 14', 'iphone14', 'iPhone 14', 'Pixel']);
    expect((await read()).alike).toEqual([{ to: 'iPhone 14', from: ['iphone14'], rows: 1 }]);
    await merge(['iphone14'], 'iPhone 14');
    expect((await read()).alike).toEqual([]);
  });
});

describe('merging', () => {
  test('holds for what is there and for what comes: list, search, facets and the signal itself', async () => {
    await said(['ios', 'I-OS', 'IOS', 'web']);
    const { status, body } = await merge(['I-OS', 'IOS'], 'ios');
    expect(status).toBe(200);
    expect(body.merges).toHaveLength(2);
    await said(['IOS']);

    expect(await counts()).toEqual({ ios: 4, web: 1 });
    for (const asked of ['ios', 'I-OS']) {
      const signals = await found(asked);
      expect(signals).toHaveLength(4);
      expect(new Set(signals.map(({ dimensions }) => dimensions[name]))).toEqual(new Set(['ios']));
    }
    expect(await found('web')).toHaveLength(1);
    expect(await facet()).toEqual({ ios: 4, web: 1 });
    expect(await facet(viewer, `&dimension=${name}:ios`)).toEqual({ ios: 4 });
    const [one] = await found('ios');
    expect((await viewer.get(`/api/signals/${one!.id}`)).body.dimensions).toEqual({ [name]: 'ios' });
    const { values } = await read();
    expect(
      values[0].merged.map(({ from, to, by }: { from: string; to: string; by: string }) => [from, to, by]),
    ).toEqual([
      ['I-OS', 'ios', 'admin'],
      ['IOS', 'ios', 'admin'],
    ]);
    expect((await read('q=I-OS')).values.map(({ value }: { value: string }) => value)).toEqual(['ios']);
    // rows are never rewritten
    const kept = await house.owner.query('select dimensions from signals where source_id = $1 order by external_id', [
      source,
    ]);
    expect(kept.rows.map(({ dimensions }) => dimensions[name])).toEqual(['ios', 'I-OS', 'IOS', 'web', 'ios']);
  });

  test('taken back, old rows have their value again; what came meanwhile keeps the merged one', async () => {
    await said(['a', 'b']);
    const [{ id }] = (await merge(['a'], 'b')).body.merges;
    await said(['a']);
    expect(await counts()).toEqual({ b: 3 });
    expect((await admin.delete(`/api/dimensions/${name}/merges/${id}`)).body).toEqual({ merges: [] });
    await said(['a']);
    expect(await counts()).toEqual({ a: 2, b: 2 });
    expect([(await found('a')).length, (await found('b')).length]).toEqual([2, 2]);
    expect(await facet()).toEqual({ a: 2, b: 2 });
    const again = await admin.delete(`/api/dimensions/${name}/merges/${id}`);
    expect([again.status, again.body.code]).toEqual([404, 'dimension.not_found']);
  });

  test('a merge into a merged value goes on; taking back the second leaves the first', async () => {
    await said(['a', 'b', 'c']);
    await merge(['a'], 'b');
    const { merges } = (await merge(['b'], 'c')).body;
    expect(await counts()).toEqual({ c: 3 });
    expect(await found('a')).toHaveLength(3);
    const second = merges.find(({ from }: { from: string }) => from === 'b');
    await admin.delete(`/api/dimensions/${name}/merges/${second.id}`);
    expect(await counts()).toEqual({ b: 2, c: 1 });
  });

  test('a value may be renamed into one that nobody brought', async () => {
    await said(['adnroid', 'web']);
    await merge(['adnroid'], 'Android');
    await said(['Android', 'adnroid']);
    expect(await counts()).toEqual({ Android: 3, web: 1 });
    expect(await found('Android')).toHaveLength(3);
  });

  test('a circle is refused and changes nothing, also when two people close it at once', async () => {
    await said(['a', 'b']);
    expect((await merge(['a'], 'a')).body.code).toBe('dimension.merge_in_circle');
    const answers = await Promise.all([merge(['a'], 'b'), merge(['b'], 'a')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [one] = Object.entries(await counts());
    expect(one![1]).toBe(2);
  });

  test('the same merge again changes nothing; another target takes its place', async () => {
    await said(['a', 'b', 'c']);
    const before = (await merge(['a'], 'b')).body.merges;
    expect((await merge(['a'], 'b')).body.merges).toEqual(before);
    await merge(['a'], 'c');
    expect(await counts()).toEqual({ b: 1, c: 2 });
  });

  test('each compartment has its own words: a merge in one means nothing in another', async () => {
    const legal = await aSource('legal');
    await said(['a', 'b']);
    await said(['a', 'b'], { into: legal, compartment: 'legal' });
    await merge(['a'], 'b', 'open', both);
    expect(await counts('compartment=legal', both)).toEqual({ a: 1, b: 1 });
    expect(await facet(both)).toEqual({ a: 1, b: 3 });
    // asked by one who sees both: in open everything that counts as b, in legal b alone
    expect((await found('b', both)).map(({ dimensions }) => dimensions[name])).toEqual(['b', 'b', 'b']);
    await said(['a'], { into: legal, compartment: 'legal' });
    expect(await counts('compartment=legal', both)).toEqual({ a: 2, b: 1 });
  });

  test('what merging brings together makes room under the cap', async () => {
    await said(['a', 'b']);
    await house.owner.query('update dimension_names set values_cap = 2 where source_id = $1 and name = $2', [
      source,
      name,
    ]);
    const [{ id }] = (await merge(['a', 'b'], 'ab')).body.merges;
    await said(['c', 'd', 'a']);
    expect(await counts()).toEqual({ ab: 3, c: 1, [OTHER_VALUE]: 1 });
    await admin.delete(`/api/dimensions/${name}/merges/${id}`);
    const { sources } = (await read()).dimension;
    expect(sources[0].values).toBe(3); // one more than the cap: nothing that was told apart is lost
    await said(['e', 'a', 'b']);
    expect((await read()).dimension.sources[0]).toMatchObject({ values: 3, cappedRows: 2 });
  });

  test('values are taken as intake would write them, and what says nothing is refused', async () => {
    name = 'country';
    await said(['DE', 'Alemania']);
    await merge(['Alemania'], 'Germany');
    expect(await counts()).toEqual({ DE: 2 });
    expect((await merge(['DE'], '   ')).status).toBe(400);
  });

  test('waits for rows that are on their way in', async () => {
    await said(['a']);
    const intake = await house.owner.connect();
    await intake.query('begin');
    await intake.query('select from sources where id = $1 for no key update', [source]);
    let done = false;
    const merging = merge(['a'], 'b').finally(() => {
      done = true;
    });
    await new Promise((soon) => setTimeout(soon, 300));
    expect(done).toBe(false);
    await intake.query('commit');
    intake.release();
    expect((await merging).status).toBe(200);
  });

  test('while rows arrive, every row is kept either before or after it', async () => {
    await said(['b']);
    const sending = Array.from({ length: 10 }, () => said(Array.from({ length: 20 }, (_, i) => (i % 2 ? 'a' : 'b'))));
    await Promise.all([...sending, merge(['a'], 'b')]);
    expect(await counts()).toEqual({ b: 201 });
    expect((await read()).dimension.sources[0].values).toBe(1);
  });
});

test('a cap is raised for one source, up to a limit', async () => {
  await said(['a']);
  const put = (cap: number, who = admin) => who.put(`/api/dimensions/${name}/cap`, { sourceId: source, cap });
  const { status, body } = await put(5_000);
  expect(status).toBe(200);
  expect(body.sources).toEqual([expect.objectContaining({ sourceId: source, cap: 5_000 })]);
  expect([(await put(9)).status, (await put(100_001)).status, (await put(100, viewer)).status]).toEqual([
    400, 400, 403,
  ]);
  expect((await admin.put('/api/dimensions/never/cap', { sourceId: source, cap: 10 })).status).toBe(404);
});

test('only who manages sources changes the dictionary, and each change is on record without a word of it', async () => {
  await said(['a', 'b']);
  expect((await merge(['a'], 'b', 'open', viewer)).status).toBe(403);
  const before = (await house.events()).length;
  const [{ id }] = (await merge(['a'], 'b')).body.merges;
  expect((await viewer.delete(`/api/dimensions/${name}/merges/${id}`)).status).toBe(403);
  await admin.delete(`/api/dimensions/${name}/merges/${id}`);
  await admin.put(`/api/dimensions/${name}/cap`, { sourceId: source, cap: 500 });
  const events = (await house.events()).slice(before);
  expect(events.map(({ name: what, actor, compartment }) => [what, actor, compartment])).toEqual([
    ['dimension.merged', admin.id, 'open'],
    ['dimension.unmerged', admin.id, 'open'],
    ['dimension.capped', admin.id, 'open'],
  ]);
  expect(events.map(({ payload }) => payload)).toEqual([
    { mergeId: id },
    { mergeId: id },
    { sourceId: source, cap: 500 },
  ]);
  expect(JSON.stringify(events)).not.toContain(name);
});
