import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { fixedId } from '../topics/grammar.fixture.ts';

let house: TestHouse;
const STATES = ['suspected', 'confirmed', 'dismissed', 'suspected', 'regressed'];
const COUNT = 23;

/** Issues as the engine and people leave them, with ties in everything that a list can be sorted by. */
beforeAll(async () => {
  house = await openHouse();
  const run = fixedId('run');
  await house.owner.query(
    `insert into engine_runs (id, compartment, state, created_at) values ($1, 'open', 'running', $2)`,
    [run, house.now()],
  );
  for (let i = 0; i < COUNT; i++) {
    const [topic, alert, id] = ['topic', 'alert', 'issue'].map((word) => fixedId(`${word} ${i}`));
    const at = new Date(house.now().getTime() - (i % 5) * 3_600_000);
    await house.owner.query(
      `insert into topics values ($1::uuid, 'open', $2, $1::text, $3, '{}', $1::uuid, $4, $4, null, 1, 100, 0.1, $4)`,
      [topic, run, `label ${i}`, at],
    );
    await house.owner.query(
      `insert into alerts values ($1, 'open', $2, $5, $3, $4, $4, $4, 'new', 9, 1, 0, 3, 12, 10, null, '{}', 1, 100, 0.1, 9, $4)`,
      [alert, topic, i % 4 === 0, at, run],
    );
    await house.owner.query(
      `insert into issues (id, compartment, number, topic_id, alert_id, state, historical, label, onset_at, noticed_at,
                           observed, expected, signals, people, ratio, counted_at, created_at, changed_at)
       values ($1, 'open', $2, $3, $4, $5, $6, $7, $8, $8, 9, 1, $9, $10, $11, $8, $8, $8)`,
      [
        id,
        i + 1,
        topic,
        alert,
        STATES[i % 5],
        i % 4 === 0,
        `label ${i}`,
        at,
        i % 3,
        i % 7 ? i % 6 : null,
        i % 2 ? 9 : null,
      ],
    );
  }
});
afterAll(() => house.close());

const list = async (query: string) => (await house.as('viewer').get(`/api/issues?${query}`)).body;

test.each(['noticed', 'onset', 'signals', 'people', 'ratio', 'changed'])(
  'pages by %s go through everything once, in order, both ways',
  async (sort) => {
    for (const order of ['desc', 'asc']) {
      const seen: { id: string }[] = [];
      let after = '';
      do {
        const page = await list(`group=all&sort=${sort}&order=${order}&limit=4${after}`);
        seen.push(...page.issues);
        after = page.next ? `&after=${page.next}` : '';
      } while (after);
      const whole = await list(`group=all&sort=${sort}&order=${order}&limit=200`);
      expect(seen.map(({ id }) => id)).toEqual(whole.issues.map(({ id }: { id: string }) => id));
      expect(new Set(seen.map(({ id }) => id)).size).toBe(COUNT);
    }
  },
);

test('groups, states and history filter; the counts say what the others hold', async () => {
  const states = async (query: string) =>
    new Set((await list(query)).issues.map(({ state }: { state: string }) => state));

  expect(await states('')).toEqual(new Set(['suspected', 'confirmed', 'regressed']));
  expect(await states('group=emerging')).toEqual(new Set(['suspected']));
  expect(await states('group=working')).toEqual(new Set(['confirmed', 'regressed']));
  expect(await states('group=closed')).toEqual(new Set(['dismissed']));
  expect(await states('state=dismissed&state=confirmed')).toEqual(new Set(['dismissed', 'confirmed']));
  const past = await list('group=all&historical=true');
  expect(past.issues).toHaveLength(6);
  expect(past.issues.every(({ historical }: { historical: boolean }) => historical)).toBe(true);
  expect(past.counts).toEqual({ emerging: 9, working: 9, closed: 5, historical: 5 });
  expect((await list('q=label+7')).counts).toEqual({ emerging: 0, working: 0, closed: 2, historical: 0 });
});

test('a page costs the same number of queries, however long it is', async () => {
  const { pool, count } = counting(house);
  await list('group=all&limit=1');
  const one = count();
  await list('group=all&limit=200');
  expect(count() - one).toBe(one);
  pool.removeAllListeners('acquire');
});

/** Counts what is sent over the connections of the app. */
function counting({ app }: TestHouse) {
  let queries = 0;
  const seen = new WeakSet<object>();
  app.on('acquire', (client) => {
    if (seen.has(client)) return;
    seen.add(client);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query: (...args: unknown[]) => {
        queries++;
        return query(...args);
      },
    });
  });
  return { pool: app, count: () => queries };
}

test('a page that was not given out is refused', async () => {
  const { next } = await list('group=all&limit=4');
  for (const query of [
    `sort=ratio&after=${next}`,
    'after=abc',
    `after=${Buffer.from('["noticed","desc","x","y"]').toString('base64url')}`,
  ]) {
    const { status, body } = await house.as('viewer').get(`/api/issues?group=all&${query}`);
    expect([status, body.code], query).toEqual([400, 'request.invalid']);
  }
});
