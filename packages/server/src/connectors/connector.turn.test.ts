/** Turns against another side that pages, repeats itself, breaks off, says "later" and lies; counts before and after. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { withClient } from '../platform/embedded-postgres.ts';
import { startTurns, takeTurn } from './connector-turn.actions.ts';

const TOKEN = 'token-that-nobody-may-see-4711';
const MAPPING = { id: 'id', at: 'ts', words: 'text' };
type Answer = (request: IncomingMessage, answer: ServerResponse, url: URL) => void;

/** The other side: what it does is set by each test. */
let behave: Answer;
const asked: { url: string; token: string | undefined }[] = [];
const server = createServer((request, answer) => {
  const url = new URL(request.url!, 'http://other');
  asked.push({ url: url.search, token: request.headers.authorization });
  behave(request, answer, url);
});
let house: TestHouse;
let address: string;
let source: string;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  address = `http://127.0.0.1:${port}/feed`;
  house = await openHouse({ egressInternal: [`127.0.0.1:${port}`] });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await house.close();
});
let sources = 0;
beforeEach(async () => {
  asked.length = 0;
  const made = await house.as('admin').post('/api/sources', { name: `source ${sources++}`, kind: 'ticket' });
  source = made.body.id;
});

const row = (n: number, at = new Date(house.now().getTime() - 3_600_000 + n)) => ({
  id: `r${n}`,
  at: at.toISOString(),
  words: `the upload is stuck at ${n} %`,
});
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));
const json = (answer: ServerResponse, body: unknown) =>
  void answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
/** Twelve rows in pages of five, told by a cursor, from the beginning each time. */
const paged: Answer = (_, answer, { searchParams }) => {
  const from = Number(searchParams.get('cursor') ?? 0);
  const next = from + 5 < 12 ? String(from + 5) : null;
  json(answer, { data: rows(from, Math.min(12, from + 5)), meta: { next } });
};
const PAGED = { rows: 'data', cursorParameter: 'cursor', nextCursor: 'meta.next', mapping: MAPPING };

/** Made while the clock asks for nothing: the turn is the test's to take. */
async function connect(settings: object = PAGED, everyMinutes = 5): Promise<string> {
  const body = { sourceId: source, kind: 'json_poll', everyMinutes, secrets: { token: TOKEN } };
  const reply = await house.as('admin').post('/api/connectors', { ...body, settings: { address, ...settings } });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  await house.owner.query('delete from graphile_worker._private_jobs'); // what was enqueued is done by hand below
  return reply.body.connector.id;
}
const turn = (id: string) => takeTurn(house.tools, id);
async function seen(id: string) {
  const { body } = await house.as('admin').get('/api/connectors');
  return body.connectors.find((one: { id: string }) => one.id === id);
}
async function kept(): Promise<{ rows: number; things: number }> {
  const { rows } = await house.owner.query(
    'select count(*)::int as rows, count(distinct external_id)::int as things from signals where source_id = $1',
    [source],
  );
  return rows[0];
}
const eventsOf = async (id: string) =>
  (await house.events()).filter(({ subject }) => subject.id === id).map(({ name }) => name);
const later = (ms: number) => house.clock.advance(ms);
const MINUTE = 60_000;

test('pages are taken to their end, and again without a trace', async () => {
  behave = paged;
  const id = await connect();
  await turn(id);
  expect(await kept()).toEqual({ rows: 12, things: 12 });
  expect(asked.map(({ url }) => url)).toEqual(['', '?cursor=5', '?cursor=10']);
  expect(asked.every(({ token }) => token === `Bearer ${TOKEN}`)).toBe(true);
  const view = await seen(id);
  expect(view).toMatchObject({ state: 'waiting', added: 12, refused: 0, problem: null, lagMs: 0, secrets: ['token'] });
  expect(new Date(view.nextTurnAt).getTime()).toBeGreaterThan(house.now().getTime());

  await turn(id); // not due
  expect(asked).toHaveLength(3);
  later(5 * MINUTE);
  await turn(id);
  expect(asked).toHaveLength(6);
  expect(await kept()).toEqual({ rows: 12, things: 12 });
  expect(await seen(id)).toMatchObject({ added: 12, lagMs: 0 });
});

test('two workers at once take a turn once', async () => {
  behave = paged;
  const id = await connect();
  await Promise.all([turn(id), turn(id), turn(id)]);
  expect(asked).toHaveLength(3);
  expect(await seen(id)).toMatchObject({ added: 12, state: 'waiting' });
});

const TROUBLE: readonly [string, Answer, RegExp, number][] = [
  ['429 with seconds', (_, a) => void a.writeHead(429, { 'retry-after': '900' }).end(), /fewer questions/, 15],
  [
    '429 with a date',
    (_, a) => void a.writeHead(429, { 'retry-after': 'Mon, 02 Mar 2099 09:00:00 GMT' }).end(),
    /fewer/,
    1440,
  ],
  ['429 that says too soon', (_, a) => void a.writeHead(429, { 'retry-after': '0' }).end(), /fewer questions/, 1],
  ['500', (_, a) => void a.writeHead(500).end('oops'), /fault of its own \(500\)/, 1],
  ['401', (_, a) => void a.writeHead(401).end(), /refused the credentials \(401\).*Enter a token/, 60],
  ['403', (_, a) => void a.writeHead(403).end(), /refused the credentials/, 60],
  ['404', (_, a) => void a.writeHead(404).end(), /nothing at this address/, 60],
  [
    'a redirect inside',
    (_, a) => void a.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    /not followed/,
    60,
  ],
  [
    'a page to sign in',
    (_, a) => void a.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    /text\/html/,
    1,
  ],
  [
    'wrong JSON',
    (_, a) => void a.writeHead(200, { 'content-type': 'application/json' }).end('{"data":['),
    /not JSON/,
    1,
  ],
  ['JSON without the list', (_, a) => json(a, { items: [] }), /no list at "data".*It has: items/, 60],
  ['too much', (_, a) => void a.writeHead(200).end(Buffer.alloc(21 * 1024 * 1024)), /more than 20480 KB/, 1],
  [
    'half an answer',
    (_, a) => {
      a.writeHead(200, { 'content-length': '1000' }).write('{"data":[');
      setTimeout(() => a.destroy(), 20);
    },
    /broke off/,
    1,
  ],
  ['the token said back', (_, a) => json(a, { [TOKEN]: 1 }), /It has: •••/, 60],
];

test.each(TROUBLE)(
  '%s: what came before stays, words say it, and the pause is kept',
  async (_name, answer, words, pause) => {
    let broken = true;
    behave = (request, reply, url) => {
      const isSecond = url.searchParams.get('cursor') === '5';
      (broken && isSecond ? answer : paged)(request, reply, url);
    };
    const id = await connect();
    await turn(id);
    expect(await kept()).toEqual({ rows: 5, things: 5 });
    const view = await seen(id);
    expect(view).toMatchObject({
      state: 'failing',
      added: 5,
      problem: { tries: 1, words: expect.stringMatching(words) },
    });
    expect(JSON.stringify(view)).not.toContain(TOKEN);
    expect(view.problem.retryAt).toBe(new Date(house.now().getTime() + pause * MINUTE).toISOString());

    later(pause * MINUTE - 1);
    await turn(id);
    expect(asked).toHaveLength(2); // never sooner than allowed
    later(1);
    await turn(id);
    expect((await seen(id)).problem.tries).toBe(2);
    broken = false;
    later(24 * 60 * MINUTE);
    await turn(id);
    expect(await kept()).toEqual({ rows: 12, things: 12 });
    expect(await seen(id)).toMatchObject({ state: 'waiting', problem: null, added: 12 });
    expect(await eventsOf(id)).toEqual(['connector.made', 'connector.failing', 'connector.recovered']);
  },
);

test('pauses grow, and a person who asks is not kept waiting', async () => {
  behave = (_, answer) => void answer.writeHead(500).end();
  const id = await connect();
  const pauses: number[] = [];
  for (let i = 0; i < 8; i++) {
    await turn(id);
    const { retryAt } = (await seen(id)).problem;
    pauses.push((new Date(retryAt).getTime() - house.now().getTime()) / MINUTE);
    house.clock.set(new Date(retryAt));
  }
  expect(pauses).toEqual([1, 2, 5, 10, 20, 40, 60, 60]);
  await turn(id);
  behave = paged;
  await house.as('admin').post(`/api/connectors/${id}/run`);
  await house.drainJobs();
  expect(await seen(id)).toMatchObject({ state: 'waiting', problem: null, added: 12 });
});

test.each(['pause', 'remove', 'change'])(
  '%s during a turn: the page in hand is dropped whole, not kept half',
  async (what) => {
    let release: (() => void) | undefined;
    behave = (request, answer, url) => {
      if (url.searchParams.get('cursor') !== '5') return paged(request, answer, url);
      release = () => paged(request, answer, url);
    };
    const id = await connect();
    const under = turn(id);
    await expect.poll(() => release).toBeDefined();
    expect((await seen(id)).state).toBe('working');
    const admin = house.as('admin');
    const settings = { address, ...PAGED };
    const acted =
      what === 'remove'
        ? await admin.delete(`/api/connectors/${id}`)
        : what === 'pause'
          ? await admin.post(`/api/connectors/${id}/pause`)
          : await admin.put(`/api/connectors/${id}`, { settings, everyMinutes: 9 });
    expect(acted.status).toBe(200);
    release!();
    await under;
    expect(await kept()).toEqual({ rows: 5, things: 5 });
    if (what === 'remove') return expect(await seen(id)).toBeUndefined();
    behave = paged;
    if (what === 'pause') {
      later(60 * MINUTE);
      await startTurns(house.tools);
      await house.drainJobs();
      expect(await seen(id)).toMatchObject({ state: 'paused', added: 5, nextTurnAt: null });
      await admin.post(`/api/connectors/${id}/resume`);
    }
    await house.drainJobs();
    expect(await kept()).toEqual({ rows: 12, things: 12 });
  },
);

test('a worker that dies in a turn is followed by another, which repeats at most a page', async () => {
  let dead = true;
  behave = (request, answer, url) => {
    if (dead && url.searchParams.get('cursor') === '5') return; // the worker waits here when it is killed
    paged(request, answer, url);
  };
  const id = await connect();
  const under = turn(id);
  await expect.poll(() => asked.length).toBe(2);
  dead = false;
  later(4 * MINUTE);
  await startTurns(house.tools);
  await house.drainJobs();
  expect(await kept()).toEqual({ rows: 5, things: 5 }); // it may still be alive
  later(2 * MINUTE);
  await startTurns(house.tools);
  await house.drainJobs();
  expect(await kept()).toEqual({ rows: 12, things: 12 });
  server.closeAllConnections();
  await under; // it was alive after all: what it had is dropped, and it may not say that anything failed
  expect(await seen(id)).toMatchObject({ state: 'waiting', added: 12, problem: null });
});

/** Stops the one transaction that waits for the source, as a database does that is restarted. */
async function cutOff(under: () => Promise<unknown>): Promise<unknown> {
  const holder = await house.owner.connect();
  await holder.query('begin');
  await holder.query('select 1 from sources where id = $1 for update', [source]);
  const done = under().catch((error: unknown) => error);
  const cut = () => withClient(house.urlFor('superuser'), async (client) => (await client.query(CUT)).rows.length);
  await expect.poll(cut, { timeout: 10_000 }).toBeGreaterThan(0);
  await holder.query('rollback');
  holder.release();
  return done;
}
const CUT = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'groundswell app' and wait_event_type = 'Lock'`;

test('a database that goes away in the middle loses nothing and counts nothing twice', async () => {
  behave = paged;
  const id = await connect();
  expect(await cutOff(() => turn(id))).toBeInstanceOf(Error);
  expect(await kept()).toEqual({ rows: 0, things: 0 });
  expect(await seen(id)).toMatchObject({
    state: 'failing',
    added: 0,
    problem: { words: expect.stringMatching(/database was away/) },
  });
  later(MINUTE);
  await turn(id);
  expect(await kept()).toEqual({ rows: 12, things: 12 });
  expect(await seen(id)).toMatchObject({ state: 'waiting', added: 12, problem: null });
});

test('a full disk is said by name, and the page is taken when there is room', async () => {
  behave = paged;
  const id = await connect();
  await house.owner.query(`
    create function full_disk() returns trigger language plpgsql as $$ begin
      raise exception 'could not extend file' using errcode = '53100'; end $$;
    create trigger full_disk before insert on signals for each row execute function full_disk()`);
  await expect(turn(id)).rejects.toThrow('could not extend file');
  await house.owner.query('drop trigger full_disk on signals; drop function full_disk');
  expect(await seen(id)).toMatchObject({
    added: 0,
    problem: { words: expect.stringMatching(/disk of the database is full/) },
  });
  later(MINUTE);
  await turn(id);
  expect(await kept()).toEqual({ rows: 12, things: 12 });
  expect((await seen(id)).added).toBe(12);
});

test('rows that come twice, rows that are none, and rows of a clock that is ahead', async () => {
  const ahead = new Date(house.now().getTime() + 3 * 3_600_000);
  const far = new Date(house.now().getTime() + 40 * 3_600_000);
  const said = [row(1), row(1), { id: 'no', at: 'yesterday', words: 'x' }, 'words', row(2, ahead), row(3, far)];
  behave = (_, answer) => json(answer, said);
  const id = await connect({ sinceParameter: 'since', mapping: MAPPING });
  await turn(id);
  expect(await kept()).toEqual({ rows: 2, things: 2 });
  const view = await seen(id);
  expect(view).toMatchObject({
    added: 2,
    refused: 3,
    lastRefused: { id: 'r3', reason: expect.stringContaining('future') },
  });
  const before = house.now().getTime();
  later(5 * MINUTE);
  await turn(id);
  const since = asked.map(({ url }) => new Date(new URLSearchParams(url).get('since')!).getTime() - before);
  // first two days back; then by our clock, a little earlier, although theirs is hours ahead
  expect(since).toEqual([-48 * 3_600_000, -10 * MINUTE]);
});

test('a back-fill runs beside what is new, with a place of its own', async () => {
  const feed = (_: IncomingMessage, answer: ServerResponse, { searchParams }: URL) => {
    const since = searchParams.get('since')!;
    const old = since < '2026-02-01';
    const from = Number(searchParams.get('cursor') ?? 0);
    json(
      answer,
      old
        ? { data: rows(100 + from, 105 + from), meta: { next: from < 10 ? String(from + 5) : null } }
        : { data: [row(1)], meta: {} },
    );
  };
  behave = feed;
  const id = await connect({ ...PAGED, sinceParameter: 'since' });
  await turn(id);
  const asking = await house.as('admin').post(`/api/connectors/${id}/backfill`, { from: '2026-01-05T00:00:00Z' });
  expect(asking.body).toMatchObject({ backfill: { from: '2026-01-05T00:00:00.000Z', finishedAt: null } });
  await house.drainJobs();
  expect(await kept()).toEqual({ rows: 16, things: 16 });
  expect((await seen(id)).backfill.finishedAt).toBe(house.now().toISOString());
  const sinces = asked.map(({ url }) => new URLSearchParams(url).get('since')!.slice(0, 10));
  expect(sinces.filter((since) => since === '2026-01-05')).toHaveLength(3);
  later(5 * MINUTE);
  await turn(id);
  expect(asked).toHaveLength(sinces.length + 1); // the back-fill is over
});

test('more pages than the other side bears in a minute wait for the next', async () => {
  behave = (_, answer, { searchParams }) => {
    const page = Number(searchParams.get('cursor') ?? 0);
    json(answer, { data: [row(page)], meta: { next: page < 99 ? String(page + 1) : null } });
  };
  const id = await connect();
  await turn(id);
  expect(asked).toHaveLength(60);
  expect((await seen(id)).lagMs).toBeGreaterThan(0);
  await house.as('admin').post(`/api/connectors/${id}/run`); // nor does it bear more because a person asks
  await turn(id);
  expect(asked).toHaveLength(60);
  later(MINUTE - 1_000); // the clock calls at full minutes, a little before it would be due
  await turn(id);
  expect(asked).toHaveLength(100);
  expect(await kept()).toEqual({ rows: 100, things: 100 });
});
