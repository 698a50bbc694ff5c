/** What people do with connectors: forms, rights, the wall, tests that keep nothing, and secrets that never come back. */
import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { CONNECTOR_FORMS, CONNECTOR_KINDS, type ConnectorKind } from '@groundswell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { takeTurn } from './connector-turn.actions.ts';
import { adapterOf, readerOf } from './known-kinds.ts';

const SECRET = 'hush-hush-0815-never-shown';
const MAPPING = { id: 'id', at: 'ts', words: 'text' };
let status = 200;
let answer: unknown = [];
const tokens: (string | undefined)[] = [];
const server = createServer(({ headers }, reply) => {
  tokens.push(headers.authorization);
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
let house: TestHouse;
let address: string;
let source: string;
let admin: Caller;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  address = `http://127.0.0.1:${port}/feed`;
  house = await openHouse({ egressInternal: [`127.0.0.1:${port}`, '127.0.0.1:1'] });
  admin = house.as('admin');
  source = (await admin.post('/api/sources', { name: 'tools', kind: 'ticket' })).body.id;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await house.close();
});

const form = (over: object = {}) => ({
  ...{ sourceId: source, kind: 'json_poll', everyMinutes: 5, secrets: { token: SECRET } },
  ...{ settings: { address, mapping: MAPPING } },
  ...over,
});
const connect = async (over: object = {}) => (await admin.post('/api/connectors', form(over))).body.connector;
const said = (n: number) => ({
  id: `r${n}`,
  at: new Date(house.now().getTime() - n * 1000).toISOString(),
  words: 'it broke',
});

test('every kind has somebody who asks or reads', () => {
  for (const kind of CONNECTOR_KINDS) {
    const known = kind.endsWith('_webhook') ? readerOf(kind) : adapterOf(kind);
    expect(known.kind).toBe(kind);
    if ('pagesPerMinute' in known) expect(known.pagesPerMinute).toBeGreaterThan(0);
  }
});

test.each(CONNECTOR_KINDS)('a form of %s that says nothing is refused by the names of its fields', async (kind) => {
  const reply = await admin.post('/api/connectors', form({ kind, settings: {}, secrets: {} }));
  const missing = CONNECTOR_FORMS[kind as ConnectorKind].filter((one) => one.required && one.standard === undefined);
  expect(reply).toMatchObject({ status: 400, body: { code: 'connector.settings_invalid' } });
  const named = reply.body.details.fields.map(({ name }: { name: string }) => name);
  expect(named.sort()).toEqual(missing.map(({ name }) => name).sort());
});

test.each([
  ['address', { address: 'ftp://example.com' }],
  ['address', { address: 'https://ana:word@example.com' }],
  ['address', { address: 'https://example.com/?api_key=abc' }],
  ['address', { address: 'example.com' }],
  ['address', { address: 7 }],
  ['rows', { address: 'https://example.com', rows: 'a\nb' }],
  ['mapping', { mapping: { at: 'ts' } }],
  ['mapping', { mapping: { at: 'ts', a: 'text', b: 'text' } }],
  ['mapping', { mapping: { at: 'ts', a: 'words' } }],
  ['gadget', { gadget: 'x' }],
])('a wrong %s is named, and nothing is made', async (name, wrong) => {
  const before = (await admin.get('/api/connectors')).body.connectors.length;
  const settings = { address: 'https://example.com', mapping: MAPPING, ...wrong };
  const reply = await admin.post('/api/connectors', form({ settings }));
  expect(reply).toMatchObject({ status: 400, body: { details: { fields: [{ name }] } } });
  expect((await admin.get('/api/connectors')).body.connectors).toHaveLength(before);
});

test('a test says what was found, tries unsaved settings, and keeps nothing', async () => {
  answer = [said(1), { ...said(2), at: 'never' }, { id: 'deep', by: { name: 'Ana' } }];
  const { sourceId: _s, everyMinutes: _e, ...unsaved } = form();
  const events = (await house.events()).length;
  const reply = await admin.post('/api/connectors/test', unsaved);
  expect(reply).toMatchObject({
    status: 200,
    body: { ok: true, rows: 3, readable: 1, fields: ['id', 'at', 'words', 'by.name'] },
  });
  expect(reply.body.words).toMatch(/^It works\. .* 3 rows; 1 can be read/);
  answer = [];
  expect((await admin.post('/api/connectors/test', unsaved)).body).toMatchObject({
    ok: true,
    words: expect.stringContaining('nothing new'),
  });
  answer = [{ a: 1 }];
  expect((await admin.post('/api/connectors/test', unsaved)).body).toMatchObject({
    ok: false,
    readable: 0,
    fields: ['a'],
  });
  status = 401;
  const refused = (await admin.post('/api/connectors/test', unsaved)).body;
  status = 200;
  expect(refused).toMatchObject({ ok: false, rows: 0, words: expect.stringContaining('refused the credentials') });
  const inside = { ...unsaved, settings: { address: 'https://169.254.169.254/latest', mapping: MAPPING } };
  expect((await admin.post('/api/connectors/test', inside)).body).toMatchObject({
    ok: false,
    words: expect.stringContaining('not an address on the public'),
  });
  expect(await house.events()).toHaveLength(events);
  const { rows } = await house.owner.query(
    'select (select count(*) from connectors)::int + (select count(*) from signals)::int as n',
  );
  expect(rows[0].n).toBe(0);
});

test('a saved one is tested with its secret, which goes to its own host and to no other', async () => {
  answer = [said(1)];
  const { id } = await connect();
  const unsaved = { id, kind: 'json_poll', settings: { address, mapping: MAPPING } };
  tokens.length = 0;
  expect((await admin.post('/api/connectors/test', unsaved)).body).toMatchObject({ ok: true, rows: 1 });
  expect(tokens).toEqual([`Bearer ${SECRET}`]);
  const elsewhere = { address: 'http://127.0.0.1:1/', mapping: MAPPING };
  const needed = {
    status: 400,
    body: { details: { fields: [{ name: 'token', problem: expect.stringContaining('again') }] } },
  };
  expect(await admin.post('/api/connectors/test', { ...unsaved, settings: elsewhere })).toMatchObject(needed);
  const moved = await admin.put(`/api/connectors/${id}`, { settings: elsewhere, everyMinutes: 5 });
  expect(moved).toMatchObject(needed);
  const erased = await admin.put(`/api/connectors/${id}`, {
    settings: elsewhere,
    secrets: { token: '' },
    everyMinutes: 5,
  });
  expect(erased).toMatchObject({ status: 200, body: { secrets: [] } });
});

test('who may not manage sources sees connectors and can do nothing with them', async () => {
  const { id } = await connect();
  const viewer = house.as('lead');
  const list = (await viewer.get('/api/connectors')).body;
  expect(list.can).toEqual([]);
  expect(list.connectors.find((one: { id: string }) => one.id === id).can).toEqual([]);
  for (const what of ['pause', 'resume', 'run', 'backfill']) {
    expect((await viewer.post(`/api/connectors/${id}/${what}`, { from: '2026-01-01T00:00:00Z' })).status).toBe(403);
  }
});

test('a connector of a closed compartment does not exist outside, nor can one be made for a source there', async () => {
  await house.givenCompartment('legal');
  const can = ['source.read', 'source.manage', 'import.run'];
  const counsel = house.as({ name: 'counsel', compartments: ['open', 'legal'], can });
  const made = await counsel.post('/api/sources', { name: 'closed', kind: 'ticket', compartment: 'legal' });
  const hidden = await admin.post('/api/connectors', form({ sourceId: made.body.id }));
  const absent = await admin.post('/api/connectors', form({ sourceId: house.unusedId }));
  expect([hidden.status, hidden.body.code]).toEqual([404, 'source.not_found']);
  expect([absent.status, absent.body.code]).toEqual([404, 'source.not_found']);
  const { id } = (await counsel.post('/api/connectors', form({ sourceId: made.body.id }))).body.connector;
  const word = (body: object, own: string) => JSON.stringify({ ...body, requestId: 0 }).replaceAll(own, 'it');
  const [there, nowhere] = [
    await admin.post(`/api/connectors/${id}/pause`),
    await admin.post(`/api/connectors/${house.unusedId}/pause`),
  ];
  expect([there.status, word(there.body, id)]).toEqual([404, word(nowhere.body, house.unusedId)]);
  expect(JSON.stringify((await admin.get('/api/connectors')).body)).not.toContain(id);
  answer = [said(41), said(42)];
  await takeTurn(house.tools, id);
  const { rows } = await house.owner.query('select distinct compartment from signals where source_id = $1', [
    made.body.id,
  ]);
  expect(rows).toEqual([{ compartment: 'legal' }]);
});

test('the life of a connector is recorded, and what makes no sense is refused in words', async () => {
  answer = [said(1)];
  const sourceId = (await admin.post('/api/sources', { name: 'lived', kind: 'ticket' })).body.id;
  const { id, can } = await connect({ sourceId });
  expect(can).toEqual(['change', 'pause', 'backfill', 'test', 'run_now', 'remove']);
  const act = (what: string, body?: object) => admin.post(`/api/connectors/${id}/${what}`, body);
  expect(await act('resume')).toMatchObject({ status: 409, body: { code: 'connector.wrong_state' } });
  expect(await act('pause')).toMatchObject({
    body: { state: 'paused', can: expect.not.arrayContaining(['run_now', 'pause']) },
  });
  expect(await act('run')).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('Resume it first') },
  });
  expect(await act('resume')).toMatchObject({ body: { state: 'waiting' } });
  expect(await act('backfill', { from: '2027-01-01T00:00:00Z' })).toMatchObject({ status: 400 });
  await act('backfill', { from: '2026-01-01T00:00:00Z' });
  await act('run');
  await house.drainJobs();
  const removed = await admin.delete(`/api/connectors/${id}`);
  expect(removed.body).toMatchObject({ state: 'removed', secrets: [], can: [], nextTurnAt: null, added: 1 });
  expect(await act('resume')).toMatchObject({ status: 409 });
  expect(await admin.delete(`/api/connectors/${id}`)).toMatchObject({ status: 409 });
  const events = (await house.events()).filter(({ subject }) => subject.id === id);
  expect(events.map(({ name }) => name.slice(10))).toEqual([
    'made',
    'paused',
    'resumed',
    'backfill_asked',
    'run_asked',
    'removed',
  ]);
  const { rows } = await house.owner.query(
    'select secrets, (select count(*)::int from signals s where s.source_id = $2) as kept from connectors where id = $1',
    [id, sourceId],
  );
  expect(rows[0]).toEqual({ secrets: null, kept: 1 }); // the signals stay
});

test('one whose secrets were sealed with another key says so, and works again when they are entered anew', async () => {
  answer = [];
  const { id } = await connect();
  await house.owner.query(
    `update connectors set secrets = '\\x0102', due_at = now() - interval '1 year' where id = $1`,
    [id],
  );
  await takeTurn(house.tools, id);
  const find = async () =>
    (await admin.get('/api/connectors')).body.connectors.find((one: { id: string }) => one.id === id);
  expect(await find()).toMatchObject({ state: 'failing', problem: { words: expect.stringContaining('SECRET_KEY') } });
  await admin.put(`/api/connectors/${id}`, {
    settings: { address, mapping: MAPPING },
    secrets: { token: SECRET },
    everyMinutes: 5,
  });
  await takeTurn(house.tools, id);
  expect(await find()).toMatchObject({ state: 'waiting', problem: null });
});

test('a page that is larger than one transaction is taken whole and counted once', async () => {
  const many = Array.from({ length: 5_200 }, (_, i) => ({ ...said(0), id: `m${i}` }));
  answer = [{ id: 'm-first' }, ...many, { id: 'm-last', at: 'never', words: 'x' }];
  const { id } = await connect();
  await takeTurn(house.tools, id);
  const one = (await admin.get('/api/connectors')).body.connectors.find((each: { id: string }) => each.id === id);
  expect(one).toMatchObject({
    added: 5_200,
    refused: 2,
    problem: null,
    state: 'waiting',
    lastRefused: { id: 'm-last' },
  });
  const { rows } = await house.owner.query(`select count(*)::int as n from signals where external_id like 'm%'`);
  expect(rows[0].n).toBe(5_200);
});

test('a fault of our own is said in words, goes to the log without secrets, and is tried again', async () => {
  answer = [said(71)];
  const { id } = await connect();
  await house.owner.query('revoke insert on signals from gs_app');
  const fault = await takeTurn(house.tools, id).catch((error: Error) => error);
  await house.owner.query('grant insert on signals to gs_app');
  expect(fault).toBeInstanceOf(Error);
  expect(inspect(fault, { depth: 8 })).not.toContain(SECRET);
  const find = async () =>
    (await admin.get('/api/connectors')).body.connectors.find((one: { id: string }) => one.id === id);
  expect(await find()).toMatchObject({
    state: 'failing',
    added: 0,
    problem: { words: expect.stringContaining('fault on our side') },
  });
  house.clock.advance(60_000);
  await takeTurn(house.tools, id);
  expect(await find()).toMatchObject({ state: 'waiting', added: 1 });
});

test('no secret is in any answer, event, job or table', async () => {
  answer = { [SECRET]: SECRET };
  const { id } = await connect({ settings: { address, rows: 'data', mapping: MAPPING } });
  await takeTurn(house.tools, id);
  const tested = await admin.post('/api/connectors/test', {
    id,
    kind: 'json_poll',
    settings: { address, rows: 'x', mapping: MAPPING },
  });
  const changed = await admin.put(`/api/connectors/${id}`, {
    settings: { address: 'nowhere', mapping: MAPPING },
    secrets: { token: `${SECRET}\n${SECRET}` },
    everyMinutes: 5,
  });
  expect(changed.status).toBe(400);
  const { rows: tables } = await house.owner.query(`
    select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('public', 'graphile_worker', 'app') and table_type = 'BASE TABLE'`);
  const dump = await Promise.all(
    tables.map(({ name }) =>
      house.owner.query(`select to_jsonb(t)::text as row from ${name} t`).then(({ rows }) => rows),
    ),
  );
  const everything = JSON.stringify([await admin.get('/api/connectors'), tested, changed, await house.events(), dump]);
  expect(everything).toContain(id);
  expect(everything).not.toContain(SECRET);
  expect(everything).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 20));
  expect(everything).not.toContain(Buffer.from(SECRET).toString('hex'));
});
