import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';
import { slicesFor } from '../app/slices.ts';
import { signalSlice } from './index.ts';

const TOPIC = randomUUID();
const VIEW = { id: TOPIC, label: 'payout · missing', issueKey: null };
let member = ''; // the one signal that is in the topic: here the test is the slice above

const others = slicesFor({ publicUrl: undefined }).filter(({ name }) => name !== 'signals');

let house: TestHouse;
let admin: Caller;
let inside: Caller;
beforeAll(async () => {
  const above = {
    topicsOf: async () => new Map([[member, VIEW]]),
    inTopic: (id: string) => sql`(signals.signal_id = ${member}::uuid and ${id}::uuid = ${TOPIC}::uuid)`,
    membersOf: (ids: readonly string[]) =>
      sql`select signal_id, at from signals where signal_id = ${member}::uuid and ${TOPIC}::uuid = any(${ids}::uuid[])`,
  };
  house = await openHouse({ slices: [...others, signalSlice(above)] });
  admin = house.as('admin');
  inside = house.as({ name: 'inside', compartments: ['open', 'legal'], can: [...admin.can] });
});
afterAll(() => house.close());

const aRow = (over: object = {}) => ({ id: 'r1', ts: '2026-03-01T10:00:00Z', text: 'it crashes', ...over });

async function aSource(who = admin, over: object = {}): Promise<string> {
  const { body } = await who.post('/api/sources', { name: randomUUID(), kind: 'ticket', ...over });
  return body.id;
}

const send = (source: string, body: unknown, who = admin) => who.post(`/api/signals?source=${source}`, body);
const search = async (query: string, who: Caller = admin) => (await who.get(`/api/signals?${query}`)).body;
const found = async (query: string, who: Caller = admin) =>
  (await search(query, who)).signals.map((one: { externalId: string }) => one.externalId).sort();

describe('sources', () => {
  test('are made, listed with what may be done, and recorded', async () => {
    const { body } = await house.as('specialist').post('/api/sources', { name: 'Reviews', kind: 'app_review' });
    expect(body).toMatchObject({
      name: 'Reviews',
      compartment: 'open',
      signals: 0,
      hasAuthors: false,
      lastEventAt: null,
    });
    const listed = (await house.as('viewer').get('/api/sources')).body;
    expect(listed.sources).toContainEqual(body);
    expect(listed.can).toEqual([]);
    expect((await admin.get('/api/sources')).body.can).toEqual(['create', 'import', 'manage_tokens']);
    expect((await house.events()).at(-1)).toMatchObject({
      name: 'source.created',
      subject: { kind: 'source', id: body.id },
    });
  });

  test('have names that are their own within a compartment', async () => {
    await aSource(admin, { name: 'Once' });
    const again = await admin.post('/api/sources', { name: 'Once', kind: 'ticket' });
    expect([again.status, again.body.code]).toEqual([409, 'source.name_taken']);
    expect(await aSource(inside, { name: 'Once', compartment: 'legal' })).toBeTruthy();
  });

  test.each(['a\u0000b', 'a\u202eb', '\u200b'])('are not called %j', async (name) => {
    const refused = await admin.post('/api/sources', { name, kind: 'ticket' });
    expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid']);
  });

  test('are made only where one is', async () => {
    const refused = await admin.post('/api/sources', { name: 'x', kind: 'ticket', compartment: 'legal' });
    expect([refused.status, refused.body.code]).toEqual([403, 'access.not_allowed']);
  });
});

describe('sending', () => {
  test('a name that other programs take for their own costs its row and no other', async () => {
    const source = await aSource();
    const post = (payload: string) =>
      admin.send({
        method: 'POST',
        url: `/api/signals?source=${source}`,
        headers: { 'content-type': 'application/json' },
        payload,
      });
    const good = JSON.stringify(aRow());
    const [field, dimension, third] = [
      '{"id":"a","ts":"2026-03-01","text":"t","__proto__":{"x":1}}',
      '{"id":"b","ts":"2026-03-01","text":"t","dimensions":{"__proto__":"x"}}',
      '{"id":"c","ts":"2026-03-01","text":"t","constructor":{"prototype":1}}',
    ];
    const { status, body } = await post(`[${[field, dimension, good, third].join()}]`);
    expect([status, body.added]).toEqual([200, 1]);
    expect(body.refused.map((one: { row: number; reason: string }) => [one.row, one.reason.slice(0, 25)])).toEqual([
      [1, '"__proto__" is not a fiel'],
      [2, '"dimensions" has the name'],
      [4, '"constructor" is not a fi'],
    ]);
    expect((await post(field!)).body).toMatchObject({ added: 0, refused: [{ row: 1 }] });
    expect((await post('[{"id":')).status).toBe(400);
  });

  test('one signal or many; each row is judged by itself', async () => {
    const source = await aSource();
    expect((await send(source, aRow())).body).toEqual({ added: 1, revised: 0, unchanged: 0, refused: [] });
    const { status, body } = await send(source, [aRow(), aRow({ id: 'r2', ts: 'soon' }), 'what', aRow({ id: 'r3' })]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ added: 1, revised: 0, unchanged: 1 });
    expect(body.refused.map(({ row, id }: { row: number; id: string }) => [row, id])).toEqual([
      [2, 'r2'],
      [3, null],
    ]);
  });

  test('at most 1,000 at once, and says so', async () => {
    const source = await aSource();
    const rows = Array.from({ length: 1_001 }, (_, i) => aRow({ id: `r${i}` }));
    const refused = await send(source, rows);
    expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid']);
    expect(refused.body.message).toContain('1 to 1,000');
    expect((await send(source, rows.slice(1))).body.added).toBe(1_000);
    expect((await send(source, [])).status).toBe(400);
  });

  test('a person says from where', async () => {
    const refused = await admin.post('/api/signals', aRow());
    expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid']);
    expect(refused.body.message).toContain('?source=');
    expect((await house.as('viewer').post('/api/signals', aRow())).status).toBe(403);
  });

  test('a token has its own source and no other', async () => {
    const [own, other] = [await aSource(), await aSource()];
    const { token } = (await admin.post('/api/tokens', { name: 'feed', sourceId: own })).body;
    const headers = { authorization: `Bearer ${token}` };
    const post = (url: string) => house.http.inject({ method: 'POST', url, headers, payload: aRow() });

    expect((await post('/api/signals')).json()).toMatchObject({ added: 1 });
    expect((await post(`/api/signals?source=${own}`)).json()).toMatchObject({ unchanged: 1 });
    expect((await post(`/api/signals?source=${other}`)).statusCode).toBe(403);
    expect((await house.http.inject({ method: 'GET', url: '/api/signals', headers })).statusCode).toBe(403);
  });
});

test('a source of a closed compartment does not exist for those outside it, nor do its signals', async () => {
  const [closed, open] = [await aSource(inside, { compartment: 'legal' }), await aSource()];
  expect((await send(closed, aRow({ text: 'subpoena walrus' }), inside)).body.added).toBe(1);
  await send(open, aRow({ text: 'walrus in the open' }));
  const [secret] = (await search('q=subpoena', inside)).signals;

  const replies = [await send(closed, aRow()), await send(house.unusedId, aRow())];
  expect(replies.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([404, 'source.not_found']));
  expect((await admin.get(`/api/signals/${secret.id}`)).status).toBe(404);
  expect(await found('q=walrus')).toEqual(['r1']);
  expect(await found(`source=${closed}`)).toEqual([]);
  const summary = (await admin.get('/api/signals/summary?q=walrus')).body;
  expect(summary.total).toBe(1);
  expect(JSON.stringify(summary)).not.toContain(closed);
  expect((await inside.get('/api/signals/summary?q=walrus')).body.total).toBe(2);
});

describe('search', () => {
  test('finds what was acknowledged a moment ago', async () => {
    const source = await aSource();
    const began = performance.now();
    await send(source, aRow({ text: 'quokka quokka' }));
    expect(await found('q=quokka')).toEqual(['r1']);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('understands words, phrases, or, not, beginnings, and scripts without spaces', async () => {
    const source = await aSource();
    const texts = {
      a: 'the payout is late again',
      b: 'late payout since Monday',
      c: 'Größere Schrift bitte',
      d: 'アプリが突然落ちるので困る',
      e: '付款一直失败',
    };
    await send(
      source,
      Object.entries(texts).map(([id, text]) => aRow({ id, text, title: id === 'c' ? 'Wunsch' : undefined })),
    );
    const ask = (q: string) => found(`source=${source}&q=${encodeURIComponent(q)}`);
    expect(await ask('payout late')).toEqual(['a', 'b']);
    expect(await ask('"late payout"')).toEqual(['b']);
    expect(await ask('payout -monday')).toEqual(['a']);
    expect(await ask('monday or again')).toEqual(['a', 'b']);
    expect(await ask('late pay')).toEqual(['a', 'b']);
    expect(await ask('GRÖSSERE or größ')).toEqual(['c']);
    expect(await ask('wunsch')).toEqual(['c']);
    expect(await ask('落ちる')).toEqual(['d']);
    expect(await ask('落困')).toEqual([]);
    expect(await ask('失败')).toEqual(['e']);
    expect(await ask(' ')).toHaveLength(5);
    expect(await ask('!!! ???')).toEqual([]);
    expect(await ask("'; drop table signals; --")).toEqual([]);
    expect(await ask('z\\:* & | !(')).toEqual([]);
  });

  test('narrows by time, source, language, rating, topic and dimensions', async () => {
    const source = await aSource();
    await send(source, [
      aRow({ id: 'a', language: 'de', rating: 1, dimensions: { app_version: '7.3.0', country: 'DE' } }),
      aRow({ id: 'b', language: 'fr', rating: 2, dimensions: { app_version: '7.3.1', country: 'DE' } }),
      aRow({
        id: 'c',
        ts: '2026-03-01T12:00:00Z',
        language: 'fr',
        rating: 1,
        dimensions: { app_version: '7.4.0', country: 'FR' },
      }),
    ]);
    const ask = (query: string) => found(`source=${source}&${query}`);
    member = (await search(`source=${source}&rating=2`)).signals[0].id;
    expect(await ask('from=2026-03-01T11:00:00Z')).toEqual(['c']);
    expect(await ask('to=2026-03-01T12:00:00Z')).toEqual(['a', 'b']);
    expect(await ask('language=fr')).toEqual(['b', 'c']);
    expect(await ask('rating=1')).toEqual(['a', 'c']);
    expect(await ask(`topic=${TOPIC}`)).toEqual(['b']);
    expect(await ask(`topic=${house.unusedId}`)).toEqual([]);
    expect(await ask('dimension=country:Germany')).toEqual(['a', 'b']);
    expect(await ask('dimension=App%20Version:v7.3.0&dimension=app_version:7.4.0')).toEqual(['a', 'c']);
    expect(await ask('dimension=app_version:7.3.0&dimension=country:FR')).toEqual([]);
    expect((await admin.get('/api/signals?dimension=country')).status).toBe(400);
    expect((await search(`topic=${TOPIC}`)).signals[0].topic).toEqual(VIEW);
  });

  test.each(['newest', 'oldest', 'relevance'])('pages through without a gap or a repeat, %s first', async (sort) => {
    const source = await aSource();
    const rows = Array.from({ length: 23 }, (_, i) =>
      aRow({
        id: `r${i}`,
        ts: `2026-02-0${1 + (i % 3)}T00:00:00Z`,
        text: `${'sloth '.repeat(1 + (i % 4))}${'x '.repeat(i % 5)}`,
      }),
    );
    await send(source, rows);
    const seen: { at: string; externalId: string }[] = [];
    let after = '';
    do {
      const body = await search(`source=${source}&q=sloth&sort=${sort}&limit=4${after}`);
      seen.push(...body.signals);
      after = body.next ? `&after=${body.next}` : '';
    } while (after);
    expect(new Set(seen.map((one) => one.externalId)).size).toBe(23);
    expect(seen).toHaveLength(23);
    const times = seen.map(({ at }) => at);
    if (sort !== 'relevance') expect(times).toEqual(sort === 'newest' ? times.toSorted().reverse() : times.toSorted());
  });

  test.each(['language=%00', 'q=%00', 'from=0000-01-01T00:00:00Z', 'to=0000-01-01T00:00:00Z'])(
    '%s is refused in words, by the list and by its head',
    async (query) => {
      for (const path of ['/api/signals', '/api/signals/summary']) {
        expect(await admin.get(`${path}?${query}`)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
      }
    },
  );

  test('a position with a rank that is no rank is refused in words', async () => {
    const after = Buffer.from(JSON.stringify(['2026-01-01T00:00:00Z', crypto.randomUUID(), 1e300])).toString(
      'base64url',
    );
    expect((await admin.get(`/api/signals?q=x&sort=relevance&after=${after}`)).status).toBe(400);
  });

  test('a position that was not given out is refused in words', async () => {
    const refused = await admin.get('/api/signals?after=nonsense');
    expect([refused.status, refused.body.code]).toEqual([400, 'request.invalid']);
  });

  test('shows the latest revision only; the earlier is read by its id', async () => {
    const source = await aSource();
    await send(source, aRow({ updated_at: '2026-03-01T10:00:00Z', text: 'earlier wording' }));
    const [earlier] = (await search(`source=${source}`)).signals;
    await send(source, aRow({ updated_at: '2026-03-01T11:00:00Z', text: 'later wording' }));
    expect((await search(`source=${source}`)).signals.map(({ text }: { text: string }) => text)).toEqual([
      'later wording',
    ]);
    expect((await admin.get(`/api/signals/${earlier.id}`)).body).toMatchObject({
      text: 'earlier wording',
      latest: false,
    });
  });
});

test('from X2 up the words stay covered until they are asked for', async () => {
  const source = await aSource();
  await send(
    source,
    [1, 2, 4].map((exposure) => aRow({ id: `x${exposure}`, exposure, title: 'title', text: 'platypus' })),
  );
  const { signals } = await search(`source=${source}&q=platypus`);
  for (const one of signals) {
    const shown = one.exposure < 2;
    expect([one.title, one.text, one.length]).toEqual(shown ? ['title', 'platypus', 8] : [null, null, 8]);
    expect((await admin.get(`/api/signals/${one.id}`)).body.text).toBe(shown ? 'platypus' : null);
    expect((await admin.get(`/api/signals/${one.id}?reveal=true`)).body.text).toBe('platypus');
  }
  expect(signals).toHaveLength(3);
});
