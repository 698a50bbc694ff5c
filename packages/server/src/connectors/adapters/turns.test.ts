/** Every adapter as a person sets it up: by the form, through turns and calls of the core, into the table of signals. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../../test/house.ts';
import { intercomConversation, zendeskTicket } from '../../../test/replay/helpdesks.ts';
import { type ImapReplay, imapReplay } from '../../../test/replay/imap-replay.ts';
import { CLOCK, momentOf, openWorlds, type World } from '../../../test/replay/worlds.ts';
import { takeTurn } from '../connector-turn.actions.ts';

let house: TestHouse;
let worlds: World[];
let mails: ImapReplay;
beforeAll(async () => {
  worlds = await openWorlds();
  mails = await imapReplay();
  const internal = [...worlds.map(({ server }) => server.host), `${mails.host}:${mails.port}`];
  house = await openHouse({ egressInternal: internal });
});
afterAll(async () => {
  await house.close();
  await Promise.all([...worlds.map(({ server }) => server.close()), mails.close()]);
});

let sources = 0;
async function connect(kind: string, settings: object, secrets: object): Promise<{ id: string; source: string }> {
  const admin = house.as('admin');
  const made = await admin.post('/api/sources', { name: `system ${++sources}`, kind: 'ticket' });
  const body = { sourceId: made.body.id, kind, settings, secrets, everyMinutes: 5 };
  const reply = await admin.post('/api/connectors', body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  await house.owner.query('delete from graphile_worker._private_jobs'); // turns are taken by hand
  return { id: reply.body.connector.id, source: made.body.id };
}

async function kept(source: string): Promise<{ rows: number; things: number }> {
  const { rows } = await house.owner.query(
    'select count(*)::int as rows, count(distinct external_id)::int as things from signals where source_id = $1',
    [source],
  );
  return rows[0];
}

async function turns(id: string, many: number): Promise<void> {
  for (let i = 0; i < many; i++) {
    await takeTurn(house.tools, id);
    house.clock.advance(5 * 60_000);
    for (const { server } of worlds) server.clock = house.now();
  }
}

const seen = async (id: string) =>
  (await house.as('admin').get('/api/connectors')).body.connectors.find((one: { id: string }) => one.id === id);

describe.each(['Zendesk', 'Freshdesk', 'Intercom', 'App Store', 'Google Play'])('%s', (name) => {
  test('all that it has is kept once, whatever stands in its way', async () => {
    const { adapter, server, settings, secrets, ids, more } = worlds.find((one) => one.name === name)!;
    const { id, source } = await connect(adapter.kind, settings, secrets);
    const back = await house.as('admin').post(`/api/connectors/${id}/backfill`, { from: '2026-02-24T00:00:00Z' });
    expect(back.status).toBe(200);
    await house.owner.query('delete from graphile_worker._private_jobs');
    server.first.push({ status: 500, raw: 'oops' });
    await turns(id, 1);
    expect(await seen(id)).toMatchObject({ state: 'failing', added: 0, problem: { tries: 1 } });
    server.first.push(...(name === 'Google Play' ? [] : ['cut' as const]));
    await turns(id, 1);
    await turns(id, 8);
    expect(await kept(source)).toEqual({ rows: ids.length, things: ids.length });
    expect(await seen(id)).toMatchObject({ state: 'waiting', problem: null, refused: 0, added: ids.length });

    server.things.push(more('2001', house.now().getTime() - 3 * 60_000));
    await turns(id, 2);
    expect(await kept(source)).toEqual({ rows: ids.length + 1, things: ids.length + 1 });
    server.things.pop();
  });
});

test('a mailbox', async () => {
  for (let uid = 1; uid <= 40; uid++) {
    const at = new Date(momentOf(uid));
    const source = Buffer.from(
      `From: ana${uid}@example.com\r\nSubject: Export ${uid}\r\nDate: ${at.toUTCString()}\r\nMessage-ID: <m${uid}@x>\r\n\r\nIt is broken ${uid}\r\n`,
    );
    mails.mails.push({ uid, at, source });
  }
  const { host, port, user, password, folder } = mails;
  const { id, source } = await connect('mailbox', { host, port, user, folder }, { password });
  const back = await house.as('admin').post(`/api/connectors/${id}/backfill`, { from: '2026-02-24T00:00:00Z' });
  expect(back.status).toBe(200);
  mails.faults.set('UID FETCH', { cutAfter: 15 });
  await turns(id, 8);
  expect(await kept(source)).toEqual({ rows: 40, things: 40 });
  expect(await seen(id)).toMatchObject({ state: 'waiting', problem: null, refused: 0 });
});

test('an event of Zendesk and a topic of Intercom', async () => {
  const at = CLOCK.getTime() - 3_600_000;
  const secret = 'a secret of the sender';
  const zendesk = await connect('zendesk_webhook', {}, { secret });
  const body = JSON.stringify({ type: 'zen:event-type:ticket.created', id: 'e1', detail: zendeskTicket(5, at) });
  const time = house.now().toISOString();
  const signature = createHmac('sha256', secret).update(time).update(body).digest('base64');
  const call = (id: string, payload: string, headers: object) =>
    house.http.inject({
      method: 'POST',
      url: `/api/webhooks/${id}`,
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    });
  const signed = { 'x-zendesk-webhook-signature-timestamp': time, 'x-zendesk-webhook-signature': signature };
  expect((await call(zendesk.id, body, signed)).json()).toMatchObject({ added: 1, refused: 0 });
  expect((await call(zendesk.id, `${body} `, signed)).statusCode).toBe(401);
  expect(await kept(zendesk.source)).toEqual({ rows: 1, things: 1 });

  const intercom = await connect('intercom_webhook', {}, { secret });
  const item = intercomConversation('5', at);
  const topic = JSON.stringify({ topic: 'conversation.user.created', id: 'n1', data: { item } });
  const mark = `sha1=${createHmac('sha1', secret).update(topic).digest('hex')}`;
  expect((await call(intercom.id, topic, { 'x-hub-signature': mark })).json()).toMatchObject({ added: 1, refused: 0 });
  expect(await kept(intercom.source)).toEqual({ rows: 1, things: 1 });
});
