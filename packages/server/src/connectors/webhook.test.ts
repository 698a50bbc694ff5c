/** Calls from other systems: who is believed, what is kept, and what a stranger learns. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type Reply, type TestHouse } from '../../test/house.ts';
import { forgetCalls } from './webhook.actions.ts';

let house: TestHouse;
let source: string;
beforeAll(async () => {
  house = await openHouse();
  source = (await house.as('admin').post('/api/sources', { name: 'calls', kind: 'ticket' })).body.id;
});
afterAll(() => house.close());

const MAPPING = { id: 'id', at: 'ts', words: 'text' };
const GIVEN = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OTHER = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

async function connect(
  kind = 'standard_webhook',
  secret?: string,
  settings: object = { rows: 'data', mapping: MAPPING },
) {
  const secrets = secret === undefined ? {} : { secret };
  const body = { sourceId: source, kind, settings, secrets, everyMinutes: 5 };
  const reply = await house.as('admin').post('/api/connectors', body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return {
    id: reply.body.connector.id as string,
    secret: reply.body.secret as string | null,
    view: reply.body.connector,
  };
}
const rows = (...ids: string[]) => ({
  data: ids.map((id) => ({ id, at: house.now().toISOString(), words: `words of ${id}` })),
});

function signed(secret: string, body: string, { id = 'msg_1', at = house.now(), before = '' } = {}) {
  const time = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice(6), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `${before}v1,${signature}` };
}
let lastIp = 1;
async function call(
  id: string,
  body: string | Buffer,
  headers: object,
  ip = `10.0.0.${lastIp++ % 250}`,
): Promise<Reply> {
  const answer = await house.http.inject({
    method: 'POST',
    url: `/api/webhooks/${id}`,
    payload: body,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip, ...headers },
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
}
const NOT_SIGNED = { status: 401, body: { code: 'webhook.not_signed' } };
const kept = async (like: string): Promise<number> =>
  (await house.owner.query('select count(*)::int as n from signals where external_id like $1', [like])).rows[0].n;

test('what was signed is on disk when it is answered; the same call again changes nothing', async () => {
  const { id, secret, view } = await connect();
  expect(view).toMatchObject({
    webhookPath: `/api/webhooks/${id}`,
    state: 'waiting',
    nextTurnAt: null,
    secrets: ['secret'],
  });
  const body = JSON.stringify({ ...rows('a1', 'a2'), more: 1 }).replace(']', ',{"id":"a3","at":"x","words":"w"}]');
  const first = await call(id, body, signed(secret!, body));
  expect(first).toMatchObject({ status: 200, body: { added: 2, revised: 0, unchanged: 0, refused: 1 } });
  expect(await kept('a%')).toBe(2);
  const again = await call(id, body, signed(secret!, body));
  expect(again).toMatchObject({ status: 200, body: { added: 0, unchanged: 0, refused: 0 } });
  const other = await call(id, body, signed(secret!, body, { id: 'msg_2' }));
  expect(other).toMatchObject({ status: 200, body: { added: 0, unchanged: 2, refused: 1 } });
  const { body: list } = await house.as('admin').get('/api/connectors');
  const seen = list.connectors.find((one: { id: string }) => one.id === id);
  expect(seen).toMatchObject({
    added: 2,
    refused: 2,
    lagMs: 0,
    lastRefused: { id: 'a3' },
    can: ['change', 'pause', 'remove'],
  });
});

test('calls that come side by side are each counted, and one that comes twice at once is taken once', async () => {
  const { id } = await connect('standard_webhook', GIVEN);
  const bodies = Array.from({ length: 8 }, (_, i) => JSON.stringify(rows(`b${i}`)));
  const all = bodies.flatMap((body, i) => [1, 2].map(() => call(id, body, signed(GIVEN, body, { id: `b${i}` }))));
  const replies = await Promise.all(all);
  expect(replies.every(({ status }) => status === 200)).toBe(true);
  expect(replies.reduce((sum, { body }) => sum + body.added + body.unchanged, 0)).toBe(8);
  expect(await kept('b%')).toBe(8);
  const { rows: counted } = await house.owner.query('select added::int, unchanged::int from connectors where id = $1', [
    id,
  ]);
  expect(counted[0]).toEqual({ added: 8, unchanged: 0 });
});

test('a stranger, a wrong secret, an old call and a paused connector are answered alike', async () => {
  const { id } = await connect('standard_webhook', GIVEN);
  const body = JSON.stringify(rows('c1'));
  const minutes = (n: number) => new Date(house.now().getTime() + n * 60_000);
  const polled = await house.as('admin').post('/api/connectors', {
    ...{ sourceId: source, kind: 'json_poll', everyMinutes: 5, secrets: {} },
    settings: { address: 'https://example.com/x', mapping: MAPPING },
  });
  const no = [
    await call(id, body, {}),
    await call(id, body, signed(OTHER, body)),
    await call(id, `${body} `, signed(GIVEN, body)),
    await call(id, body, { ...signed(GIVEN, body), 'webhook-id': 'msg_2' }),
    await call(id, body, { ...signed(GIVEN, body), 'webhook-id': '' }),
    await call(id, body, signed(GIVEN, body, { at: minutes(-5.1) })),
    await call(id, body, signed(GIVEN, body, { at: minutes(5.1) })),
    await call(id, body, {
      ...signed(GIVEN, body),
      'webhook-signature': signed(GIVEN, body)['webhook-signature'].replace('v1', 'v2'),
    }),
    await call(house.unusedId, body, signed(GIVEN, body)),
    await call(polled.body.connector.id, body, signed(GIVEN, body)),
  ];
  await house.as('admin').post(`/api/connectors/${id}/pause`);
  no.push(await call(id, body, signed(GIVEN, body)));
  await house.as('admin').post(`/api/connectors/${id}/resume`);
  expect((await call(id, body, signed(GIVEN, body, { at: minutes(4.9), before: 'v1,AAAA ' }))).status).toBe(200);
  await house.as('admin').delete(`/api/connectors/${id}`);
  no.push(await call(id, JSON.stringify(rows('c2')), signed(GIVEN, JSON.stringify(rows('c2')), { id: 'msg_9' })));
  for (const reply of no) expect(reply).toMatchObject(NOT_SIGNED);
  const said = new Set(no.map(({ body: { requestId, ...rest } }) => `${typeof requestId} ${JSON.stringify(rest)}`));
  expect(said.size).toBe(1);
  expect(await kept('c%')).toBe(1);
});

test('a changed secret leaves the old one valid for a day', async () => {
  const { id } = await connect('standard_webhook', GIVEN);
  const settings = { rows: 'data', mapping: MAPPING };
  const bad = await house
    .as('admin')
    .put(`/api/connectors/${id}`, { settings, secrets: { secret: 'word' }, everyMinutes: 5 });
  expect(bad.body).toMatchObject({ code: 'connector.settings_invalid', details: { fields: [{ name: 'secret' }] } });
  await house.as('admin').put(`/api/connectors/${id}`, { settings, secrets: { secret: OTHER }, everyMinutes: 5 });
  const send = async (secret: string, name: string) => {
    const body = JSON.stringify(rows(name));
    return (await call(id, body, signed(secret, body, { id: name }))).status;
  };
  expect([await send(GIVEN, 'd1'), await send(OTHER, 'd2')]).toEqual([200, 200]);
  house.clock.advance(24 * 3_600_000 + 1);
  expect([await send(GIVEN, 'd3'), await send(OTHER, 'd4')]).toEqual([401, 200]);
});

test('Zendesk and Intercom sign in their own ways', async () => {
  const zendesk = await connect('zendesk_webhook', 'zendesk signing secret', {});
  const intercom = await connect('intercom_webhook', 'client secret', {});
  const body = JSON.stringify({ type: 'zen:event-type:user.created', id: 'x', detail: {}, event: {} });
  const at = (ms: number) => new Date(house.now().getTime() + ms).toISOString();
  const byZendesk = (secret: string, time: string) => ({
    'x-zendesk-webhook-signature-timestamp': time,
    'x-zendesk-webhook-signature': createHmac('sha256', secret)
      .update(time + body)
      .digest('base64'),
  });
  const byIntercom = (secret: string) => ({
    'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
  });
  expect((await call(zendesk.id, body, byZendesk('zendesk signing secret', at(0)))).status).toBe(200);
  expect((await call(intercom.id, body, byIntercom('client secret'))).status).toBe(200);
  for (const no of [
    byZendesk('no', at(0)),
    byZendesk('zendesk signing secret', at(-301_000)),
    byZendesk('zendesk signing secret', 'now'),
  ]) {
    expect(await call(zendesk.id, body, no)).toMatchObject(NOT_SIGNED);
  }
  expect(await call(intercom.id, body, byIntercom('no'))).toMatchObject(NOT_SIGNED);
  expect(await call(intercom.id, body, byZendesk('client secret', at(0)))).toMatchObject(NOT_SIGNED);
});

test('bodies that are none are refused in words, and keep nothing', async () => {
  const { id } = await connect('standard_webhook', GIVEN);
  const send = (body: string, name: string) => call(id, body, signed(GIVEN, body, { id: name }));
  expect(await send('{"data":[', 'e1')).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  expect(await send('', 'e2')).toMatchObject({ status: 400 });
  expect(await send('{"items":[]}', 'e3')).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('"data"') },
  });
  expect(await send(`{"data":[${'['.repeat(5_000)}${']'.repeat(5_000)}]}`, 'e4')).toMatchObject({
    status: 200,
    body: { refused: 1 },
  });
  expect(await send('x'.repeat(1024 * 1024 + 1), 'e5')).toMatchObject({ status: 413 });
  expect(await send(JSON.stringify({ data: Array(5_001).fill(0) }), 'e6')).toMatchObject({ status: 413 });
  expect(await send(JSON.stringify({ data: Array(5_000).fill(0) }), 'e7')).toMatchObject({
    status: 200,
    body: { refused: 5_000 },
  });
  expect(await send('{"__proto__":{"data":[]},"constructor":1}', 'e8')).toMatchObject({ status: 400 });
});

test('a call that could not be kept is not answered as if it were, and is taken when it comes again', async () => {
  const { id } = await connect('standard_webhook', GIVEN);
  const body = JSON.stringify(rows('h1', 'h2'));
  await house.owner.query(`
    create function full_disk() returns trigger language plpgsql as $$ begin
      raise exception 'could not extend file' using errcode = '53100'; end $$;
    create trigger full_disk before insert on signals for each row execute function full_disk()`);
  const full = await call(id, body, signed(GIVEN, body));
  await house.owner.query('drop trigger full_disk on signals; drop function full_disk');
  expect(full).toMatchObject({ status: 507, body: { code: 'house.disk_full' } });
  expect(await kept('h%')).toBe(0);
  expect(await call(id, body, signed(GIVEN, body))).toMatchObject({ status: 200, body: { added: 2 } });
  expect(await kept('h%')).toBe(2);
});

test('whoever keeps calling without a signature is not listened to for a minute; others are', async () => {
  const { id } = await connect('standard_webhook', GIVEN);
  const body = JSON.stringify(rows('f1'));
  const ip = '192.0.2.77';
  for (let i = 0; i < 30; i++) expect((await call(id, body, {}, ip)).status).toBe(401);
  const limited = await call(id, body, {}, ip);
  expect(limited).toMatchObject({ status: 429, body: { code: 'access.too_many_attempts' } });
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  for (let i = 0; i < 30; i++) await call(house.unusedId, body, {}, ip);
  expect((await call(house.unusedId, body, {}, ip)).status).toBe(429); // of somebody who is not there it tells the same
  expect((await call(id, body, signed(GIVEN, body), '192.0.2.78')).status).toBe(200);
  house.clock.advance(60_000);
  expect((await call(id, body, {}, ip)).status).toBe(401);
});

test('calls are forgotten when no signature of theirs can be valid any more', async () => {
  const { id } = await connect('standard_webhook', GIVEN);
  const count = async () =>
    (await house.owner.query('select count(*)::int as n from webhook_calls where connector_id = $1', [id])).rows[0].n;
  const body = JSON.stringify(rows('g1'));
  await call(id, body, signed(GIVEN, body));
  await forgetCalls(house.tools);
  expect(await count()).toBe(1);
  house.clock.advance(25 * 3_600_000);
  await forgetCalls(house.tools);
  expect(await count()).toBe(0);
});
