/** kill -9 of the whole process in the middle of turns and calls: what was acknowledged is there, and nothing twice. */
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { realHouse } from '../../test/real-house.ts';

const PAGES = 12;
const PER_PAGE = 400;
const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const MAPPING = { id: 'id', at: 'ts', words: 'text' };

let house: TestHouse; // prepares and looks, over the database that the real process works in
let port: number;
let pages = 0;
const began = Date.now() - 3_600_000;
const server = createServer(({ url }, answer) => {
  pages++;
  const page = Number(new URL(url!, 'http://other').searchParams.get('cursor') ?? 0);
  const data = Array.from({ length: PER_PAGE }, (_, i) => ({
    ...{ id: `p${page}-${i}`, at: new Date(began + page * 1000 + i).toISOString() },
    words: `the payout of order ${page} ${i} is late`,
  }));
  const body = JSON.stringify({ data, next: page + 1 < PAGES ? String(page + 1) : null });
  setTimeout(() => answer.writeHead(200, { 'content-type': 'application/json' }).end(body), 100);
});
const real = realHouse(() => ({
  DATABASE_URL: house.urlFor('owner'),
  DATABASE_APP_URL: house.urlFor('app'),
  EGRESS_INTERNAL: `127.0.0.1:${port}`,
}));
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as { port: number }).port;
  house = await openHouse();
});
afterAll(async () => {
  await real.close();
  server.closeAllConnections();
  server.close();
  await house.close();
});

async function kept(like: string): Promise<{ rows: number; things: number }> {
  const { rows } = await house.owner.query(
    'select count(*)::int as rows, count(distinct external_id)::int as things from signals where external_id like $1',
    [like],
  );
  return rows[0];
}

async function call(url: string, id: string, n: number): Promise<boolean> {
  const body = JSON.stringify([{ id: `w${n}`, at: new Date().toISOString(), words: `words ${n}` }]);
  const time = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(SECRET.slice(6), 'base64');
  const signature = createHmac('sha256', key).update(`m${n}.${time}.${body}`).digest('base64');
  const headers = { 'webhook-id': `m${n}`, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` };
  const reply = await fetch(`${url}/api/webhooks/${id}`, { method: 'POST', body, headers }).catch(() => null);
  return reply?.status === 200;
}

test('every row is there and none twice, and every call that was answered is there', { timeout: 240_000 }, async () => {
  const first = await real.start();
  const admin = house.as('admin');
  const source = (await admin.post('/api/sources', { name: 'killed', kind: 'ticket' })).body.id;
  // Made by the running process, since its key seals the secrets. The first question has the person kept.
  expect((await admin.get('/api/connectors')).status).toBe(200);
  const form = { sourceId: source, everyMinutes: 5 };
  const cookie = await signInOf(admin.id);
  const make = async (body: object) => {
    const reply = await fetch(`${first.url}/api/connectors`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...cookie },
      body: JSON.stringify({ ...form, ...body }),
    });
    expect(reply.status, await reply.clone().text()).toBe(200);
    return ((await reply.json()) as { connector: { id: string } }).connector.id;
  };
  const hook = await make({ kind: 'standard_webhook', settings: { mapping: MAPPING }, secrets: { secret: SECRET } });
  const settings = {
    address: `http://127.0.0.1:${port}/`,
    rows: 'data',
    cursorParameter: 'cursor',
    nextCursor: 'next',
  };
  const polled = await make({ kind: 'json_poll', settings: { ...settings, mapping: MAPPING }, secrets: {} });

  const answered: number[] = [];
  let calling = true;
  const caller = (async () => {
    for (let n = 0; calling; n++) if (await call(first.url, hook, n)) answered.push(n);
  })();
  await expect.poll(async () => (await kept('p%')).rows, { timeout: 60_000, interval: 20 }).toBeGreaterThan(PER_PAGE);
  const gone = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await gone;
  calling = false;
  await caller;

  const left = await kept('p%');
  expect(left.rows).toBeLessThan(PAGES * PER_PAGE);
  expect(left.things).toBe(left.rows);
  expect(answered.length).toBeGreaterThan(0);
  for (const n of answered) expect(await kept(`w${n}`)).toEqual({ rows: 1, things: 1 });
  const before = await house.owner.query('select added::int, runner, tries from connectors where id = $1', [polled]);
  expect(before.rows[0]).toMatchObject({ added: left.rows, runner: expect.any(String), tries: 0 });

  await house.owner.query(`update connectors set beat_at = beat_at - interval '6 minutes' where id = $1`, [polled]); // later
  await real.start();
  const all = PAGES * PER_PAGE;
  await expect.poll(() => kept('p%'), { timeout: 150_000, interval: 200 }).toEqual({ rows: all, things: all });
  await expect
    .poll(
      async () =>
        (await house.owner.query('select added::int, runner, problem from connectors where id = $1', [polled])).rows[0],
    )
    .toEqual({ added: all, runner: null, problem: null });
  expect(pages).toBeLessThanOrEqual(PAGES + 1); // one page was asked for again
});

/** The headers of somebody who is signed in, for a process of which `house` knows the database only. */
async function signInOf(personId: string): Promise<Record<string, string>> {
  const secret = 'kill-test-session';
  const hash = createHash('sha256').update(secret).digest();
  await house.owner.query(
    `insert into sessions (secret_hash, person_id, created_at, seen_at, expires_at) values ($1, $2, now(), now(), '9999-12-31')`,
    [hash, personId],
  );
  const csrf = createHash('sha256').update(`csrf ${secret}`).digest('base64url');
  return { cookie: `groundswell=${secret}`, 'x-groundswell-csrf': csrf };
}
