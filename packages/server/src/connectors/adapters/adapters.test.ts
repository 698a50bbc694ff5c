import type { NewSignal } from '@groundswell/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../../test/house.ts';
import { CLOCK, FROM, momentOf, openWorlds, type World } from '../../../test/replay/worlds.ts';
import { SYSTEM } from '../../access/index.ts';
import type { Net } from '../../platform/net.ts';
import { takeSignals } from '../../signals/index.ts';
import { type Page, Problem } from '../adapter.ts';

const KINDS = ['Zendesk', 'Freshdesk', 'Intercom', 'App Store', 'Google Play'];
const HOUR = 3_600_000;

let house: TestHouse;
let worlds: World[];
beforeAll(async () => {
  const hosts = (await openWorlds().then((made) => (worlds = made))).map(({ server }) => server.host);
  house = await openHouse({ egressInternal: hosts });
});
afterAll(async () => {
  await house.close();
  await Promise.all(worlds.map(({ server }) => server.close()));
});

const worldOf = (name: string): World => worlds.find((one) => one.name === name)!;

/** As the core calls it: nothing but its own hosts can be reached, and the cursor has been through the database. */
function poll({ adapter, settings, secrets }: World, cursor: unknown, from = FROM, now = CLOCK): Promise<Page> {
  const own = new URL(String(settings.address)).host;
  const net: Net = house.tools.net.only([own, ...(adapter.hosts?.(settings, secrets) ?? [])]);
  return adapter.poll({ settings, secrets, net, now, cursor: JSON.parse(JSON.stringify(cursor)), from });
}

async function walk(world: World, cursor: unknown = null, from = FROM, now = CLOCK): Promise<Page[]> {
  const pages: Page[] = [];
  for (let at = cursor, more = true; more; ) {
    const page = await poll(world, at, from, now);
    pages.push(page);
    ({ cursor: at, more } = page);
    if (pages.length > 100) throw new Error('It never ends.');
  }
  return pages;
}

const idsOf = (pages: readonly Page[]): string[] =>
  pages.flatMap(({ rows }) => (rows as NewSignal[]).map(({ id }) => id));
const sorted = (ids: Iterable<string>): string[] => [...new Set(ids)].sort((a, b) => Number(a) - Number(b));

let made = 0;
async function aSource(): Promise<string> {
  const { rows } = await house.owner.query(
    `insert into sources (compartment, name, kind, created_at) values ('open', $1, 'ticket', now()) returning id`,
    [`desk ${++made}`],
  );
  return rows[0].id;
}

async function take(source: string, pages: readonly Page[]) {
  const values = pages.flatMap(({ rows }) => rows);
  const rows = values.map((value, i) => ({ row: i + 1, value }));
  return takeSignals(house.tools, SYSTEM.intake('open'), source, rows);
}

const problemOf = (asked: Promise<unknown>): Promise<Problem> =>
  asked.then(
    () => expect.unreachable('it was answered'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Problem);
      return error as Problem;
    },
  );

describe.each(KINDS)('%s', (name) => {
  test('a walk brings everything, once; a second one nothing new', async () => {
    const world = worldOf(name);
    const source = await aSource();

    const pages = await walk(world);
    expect(pages.length).toBeGreaterThan(3);
    expect(sorted(idsOf(pages))).toEqual(world.ids);
    expect(pages.flatMap(({ refused = [] }) => refused)).toEqual([]);

    const first = await take(source, pages);
    expect(first).toMatchObject({ added: world.ids.length, revised: 0, refused: [] });
    const again = await take(source, await walk(world, pages.at(-1)!.cursor));
    expect(again).toMatchObject({ added: 0, revised: 0, refused: [] });
    expect(again.unchanged).toBeLessThan(world.ids.length);
    expect(pages.at(-1)).toMatchObject({ more: false, reached: expect.any(Date) });
  });

  test('what stops after any page goes on from there and loses nothing', async () => {
    const world = worldOf(name);
    const pages = await walk(world);
    for (const i of pages.keys()) {
      if (!pages[i]!.more) continue;
      const rest = await walk(world, pages[i]!.cursor);
      expect(sorted([...idsOf(pages.slice(0, i + 1)), ...idsOf(rest)])).toEqual(world.ids);
    }
  });

  test('what is said while it walks, and after, comes by the next walk at the latest', async () => {
    const world = worldOf(name);
    const { server } = world;
    const kept = [...server.things];
    const pages = [await poll(world, null)];
    server.things.push(world.more('1001', CLOCK.getTime() - 30 * 60_000));
    pages.push(...(await walk(world, pages[0]!.cursor)));
    server.things.push(world.more('1002', CLOCK.getTime() - 20 * 60_000));
    pages.push(...(await walk(world, pages.at(-1)!.cursor)));

    expect(sorted(idsOf(pages))).toEqual([...world.ids, '1001', '1002']);
    server.things.splice(0, server.things.length, ...kept);
  });

  test.each([-1.5, 1.5])('a clock of the other side that is %d hours ahead loses nothing', async (ahead) => {
    const world = worldOf(name);
    const { server } = world;
    const kept = [...server.things];
    // Its tokens are judged by its clock: those that we make must count there, so ours is only off by half a minute.
    const isStrict = name === 'App Store' || name === 'Google Play';
    const off = isStrict ? Math.sign(ahead) * 30_000 : ahead * HOUR;
    server.clock = new Date(CLOCK.getTime() + off);
    const pages = await walk(world);
    const said = server.clock.getTime() - 2 * 60_000;
    server.things.push(world.more('1003', said));
    server.clock = new Date(server.clock.getTime() + 10 * 60_000);
    const later = isStrict ? new Date(CLOCK.getTime() + 10 * 60_000) : CLOCK;
    pages.push(...(await walk(world, pages.at(-1)!.cursor, FROM, later)));

    expect(sorted(idsOf(pages))).toEqual([...world.ids, '1003']);
    server.clock = CLOCK;
    server.things.splice(0, server.things.length, ...kept);
  });

  test('nothing to tell is an answer, and what comes then is found', async () => {
    const world = worldOf(name);
    const { server } = world;
    const kept = server.things.splice(0);
    const pages = await walk(world);
    expect(pages).toHaveLength(1);
    expect(idsOf(pages)).toEqual([]);
    expect(pages[0]!.cursor).not.toBeNull();
    server.things.push(world.more('7', momentOf(7)));
    expect(idsOf(await walk(world, pages[0]!.cursor))).toEqual(['7']);
    server.things.splice(0, 1, ...kept);
  });

  test('every bad answer is a problem in words, and the next question is answered', async () => {
    const world = worldOf(name);
    const { server, before } = world;
    const asked = async (...told: typeof server.first) => {
      if (before > 0) server.first.push({ json: { access_token: 'ya29.play' } });
      server.first.push(...told);
      return problemOf(poll(world, null));
    };
    expect(await asked({ status: 401, json: {} })).toMatchObject({ lasting: true, status: 401 });
    expect(await asked({ status: 403, json: {} })).toMatchObject({ lasting: true, status: 403 });
    expect(await asked({ status: 404, raw: '' })).toMatchObject({ lasting: true, status: 404 });
    const patient = { status: 429, headers: { 'retry-after': '7' }, json: { error: 'slow down' } };
    expect(await asked(patient)).toMatchObject({ lasting: false, retryAfterMs: 7000 });
    expect(await asked({ status: 500, raw: 'oops' })).toMatchObject({ lasting: false, status: 500 });
    expect((await asked('cut')).lasting).toBe(false);
    await asked({ raw: '<html>Please sign in</html>', headers: { 'content-type': 'text/html' } });
    await asked({ raw: '{"tickets":[{' });
    const shapes = ['7', '"text"', 'null', 'true', `${'['.repeat(5000)}${']'.repeat(5000)}`];
    for (const raw of shapes.slice(0, 4)) if (!(name === 'Google Play')) await asked({ raw });
    for (const raw of ['{"tickets":{},"conversations":7,"data":"x","reviews":{}}']) await asked({ raw });
    expect(sorted(idsOf(await walk(world)))).toEqual(world.ids);
  });

  test('no secret stands in the words of a problem or in an address', async () => {
    const world = worldOf(name);
    world.server.first.push({ status: 403, json: { said: world.secrets } });
    const { words } = await problemOf(poll(world, null));
    for (const secret of Object.values(world.secrets)) expect(words).not.toContain(secret);
    for (const { path, query } of world.server.asked) expect(`${path}?${query}`).not.toMatch(/secret|ya29|eyJ/);
  });

  test('rows that are none are counted or left out, and cost no other row', async () => {
    const world = worldOf(name);
    const { server } = world;
    const kept = [...server.things];
    const page = await poll(world, null);
    const odd = [null, 7, 'x', [], {}, { id: {} }, { id: 5, attributes: 5, source: 'x', comments: [null, 5, {}] }];
    const list = [...odd, world.more('41', momentOf(4)), nested(400)];
    if (world.before > 0) server.first.push({ json: { access_token: 'ya29.play' } });
    server.first.push({
      json:
        name === 'Freshdesk'
          ? list
          : { tickets: list, conversations: list, data: list, reviews: list, end_of_stream: true },
    });
    const read = await poll(world, null);
    expect(idsOf([read])).toEqual(['41']);
    expect(read.refused!.length).toBeGreaterThan(0);
    expect(read.refused!.length).toBeLessThanOrEqual(list.length - 1);
    expect(page.refused ?? []).toEqual([]);
    server.things.splice(0, server.things.length, ...kept);
  });
});

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let i = 0; i < depth; i++) value = { attributes: [value] };
  return { id: '99', tags: [[[]]], attributes: value, source: value, custom_fields: { a: 1 } };
}
