import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, openHouse, type TestHouse } from '../../test/house.ts';

let house: TestHouse;
let lead: Caller;
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
  lead = house.as('lead');
});
afterAll(() => house.close());

const upload = (path: string, text: string, who = lead) =>
  who.send({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from(text),
  });

describe('active users', () => {
  test('are kept once, replaced by a newer number, and each bad row costs only itself', async () => {
    const rows = [
      { day: '2026-02-01', users: 1_000 },
      { day: '2026-02-01', users: 600, dimensions: { platform: 'ios' } },
      { day: '2026-02-01', users: 400, dimensions: { platform: 'android' } },
      { day: 'yesterday', users: 3 },
      { day: '2026-02-01', users: 7, dimensions: { platform: 'ios' } },
    ];
    const first = (await lead.post('/api/active-users', rows)).body;
    expect(first).toMatchObject({ added: 3, replaced: 0, unchanged: 0, refusedRows: 2 });
    expect(first.refused).toEqual([
      { row: 4, id: null, reason: '"day" cannot be used. Give a date such as 2026-03-01.' },
      { row: 5, id: null, reason: 'Row 2 says something else of the same. Keep one.' },
    ]);
    const again = (await lead.post('/api/active-users', [rows[0], { ...rows[1], users: 650 }])).body;
    expect(again).toMatchObject({ added: 0, replaced: 1, unchanged: 1, refusedRows: 0 });
    expect((await house.events()).at(-1)).toMatchObject({
      name: 'active_users.received',
      payload: { rows: 1, from: '2026-02-01', to: '2026-02-01' },
    });

    const total = (await house.as('viewer').get('/api/active-users?to=2026-02-01')).body;
    expect(total).toMatchObject({
      cut: { names: [], summed: false },
      series: [{ value: null, days: [{ day: '2026-02-01', users: 1_000 }] }],
      can: [],
    });
    const split = (await lead.get('/api/active-users?by=platform&to=2026-02-01')).body;
    expect(split.series).toEqual([
      { value: 'ios', days: [{ day: '2026-02-01', users: 650 }] },
      { value: 'android', days: [{ day: '2026-02-01', users: 400 }] },
    ]);
    expect(split.can).toEqual(['send']);
  });

  test('come as a file in any spelling, and twice the file adds nothing', async () => {
    const file =
      'Date;Active_Users;Country;App Version\n2026-01-05;120;Germany;v7.1.0\n2026-01-06;x;DE;7.1.0\n2026-01-06;130;DE;7.1.0\n';
    const sent = (await upload('/api/active-users/file?fileName=dau.csv', file)).body;
    expect(sent).toMatchObject({ added: 2, replaced: 0, refusedRows: 1 });
    expect(sent.refused[0]).toMatchObject({ row: 3 });
    expect((await upload('/api/active-users/file?fileName=dau.csv', file)).body).toMatchObject({
      added: 0,
      unchanged: 2,
    });
    const { series, cut } = (await lead.get('/api/active-users?by=country&to=2026-01-31')).body;
    expect(cut).toEqual({ names: ['app_version', 'country'], summed: true });
    expect(series).toEqual([
      {
        value: 'DE',
        days: [
          { day: '2026-01-05', users: 120 },
          { day: '2026-01-06', users: 130 },
        ],
      },
    ]);
  });

  test('what is no CSV is refused in words and nothing is kept', async () => {
    const reply = await upload('/api/active-users/file?fileName=a.csv', '{"day":"2026-01-01","users":1}\n');
    expect(reply).toMatchObject({ status: 422, body: { code: 'import.not_readable' } });
    const zip = await upload('/api/active-users/file?fileName=a.zip', 'PK\u0003\u0004rest');
    expect(zip.status).toBe(422);
  });

  test('two who send the same days at once wait for each other and neither fails', async () => {
    const days = Array.from({ length: 200 }, (_, i) => ({ day: '2025-06-01', users: i, dimensions: { n: String(i) } }));
    const sent = await Promise.all([days, days.toReversed(), days].map((rows) => lead.post('/api/active-users', rows)));
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(sent.reduce((sum, { body }) => sum + body.added, 0)).toBe(200);
    expect(sent.reduce((sum, { body }) => sum + body.unchanged, 0)).toBe(400);
  });

  test('need the right to send them, in a compartment of one’s own', async () => {
    const row = [{ day: '2026-02-01', users: 1 }];
    expect((await house.as('specialist').post('/api/active-users', row)).status).toBe(403);
    expect((await lead.post('/api/active-users?compartment=legal', row)).status).toBe(403);
    const counsel = house.as({ name: 'counsel', compartments: ['legal'], can: ['background.send', 'signal.read'] });
    expect((await counsel.post('/api/active-users?compartment=legal', row)).status).toBe(200);
    expect((await lead.get('/api/active-users?compartment=legal')).body).toMatchObject({ cuts: [], series: [] });
  });
});

describe('changes', () => {
  const release = {
    id: 'ios-7.3.0',
    at: '2026-02-10T08:00:00Z',
    kind: 'release',
    title: 'iOS 7.3.0',
    url: 'https://example.com/7.3.0',
    dimensions: { platform: 'ios', app_version: 'v7.3.0' },
    share: 0.1,
  };

  test('are written down one by one, replaced by their id, found again and withdrawn', async () => {
    expect((await lead.post('/api/changes', release)).body).toMatchObject({ added: 1, refused: [] });
    expect((await house.events()).at(-1)).toMatchObject({ name: 'change.recorded', payload: { kind: 'release' } });
    expect((await lead.post('/api/changes', release)).body).toMatchObject({ added: 0, unchanged: 1 });
    expect((await lead.post('/api/changes', { ...release, share: 1 })).body).toMatchObject({ replaced: 1 });

    const { changes, can } = (await lead.get('/api/changes?q=7.3')).body;
    expect(can).toEqual(['send', 'withdraw']);
    expect(changes).toEqual([
      expect.objectContaining({
        externalId: 'ios-7.3.0',
        at: '2026-02-10T08:00:00.000Z',
        until: null,
        dimensions: { app_version: '7.3.0', platform: 'ios' },
        share: 1,
        withdrawnAt: null,
      }),
    ]);
    const gone = (await lead.delete(`/api/changes/${changes[0].id}`)).body;
    expect(gone.withdrawnAt).toBe(house.now().toISOString());
    expect((await lead.post('/api/changes', release)).body).toMatchObject({ replaced: 1 });
    expect((await lead.get('/api/changes?q=7.3')).body.changes[0].withdrawnAt).not.toBeNull();
    expect((await lead.delete(`/api/changes/${house.unusedId}`)).status).toBe(404);
    expect((await house.as('viewer').delete(`/api/changes/${changes[0].id}`)).status).toBe(403);
  });

  test('come as a file; what lasts belongs to all its days', async () => {
    const file =
      'at,kind,title,until,country\n2026-01-02T03:00:00Z,Outage,Payments down,2026-01-04T00:00:00Z,BR\n2026-01-03,party,x,,\n';
    const sent = (await upload('/api/changes/file?fileName=log.csv', file)).body;
    expect(sent).toMatchObject({ added: 1, refusedRows: 1 });
    expect(sent.refused[0].reason).toContain('release, flag, policy');
    const on = async (query: string) => (await lead.get(`/api/changes?kind=outage&${query}`)).body.changes.length;
    expect(await on('from=2026-01-03T00:00:00Z&to=2026-01-04T00:00:00Z')).toBe(1);
    expect(await on('from=2026-01-05T00:00:00Z')).toBe(0);
    expect(await on('to=2026-01-02T00:00:00Z')).toBe(0);
  });

  test('are paged without a hole, also where many bear the same moment', async () => {
    const many = Array.from({ length: 25 }, (_, i) => ({ at: '2025-01-01', kind: 'flag', title: `flag ${i}` }));
    expect((await lead.post('/api/changes', many)).body).toMatchObject({ added: 25 });
    expect((await house.events()).at(-1)).toMatchObject({ name: 'changes.received', payload: { added: 25 } });
    const titles: string[] = [];
    for (let after = ''; ; ) {
      const { changes, next } = (await lead.get(`/api/changes?kind=flag&limit=10${after}`)).body;
      titles.push(...changes.map((one: { title: string }) => one.title));
      if (!next) break;
      after = `&after=${next}`;
    }
    expect(new Set(titles).size).toBe(25);
    expect(titles).toHaveLength(25);
    expect((await lead.get('/api/changes?after=nonsense')).status).toBe(400);
  });

  test('come packed with gzip too; one that is cut off, or unpacks without an end, is refused in words', async () => {
    const file = 'at,kind,title\n2026-01-09,release,packed one\n';
    const send = (bytes: Buffer) =>
      lead.send({
        method: 'POST',
        url: '/api/changes/file?fileName=log.csv.gz',
        headers: { 'content-type': 'application/octet-stream' },
        payload: bytes,
      });
    expect((await send(gzipSync(file))).body).toMatchObject({ added: 1, refusedRows: 0 });
    expect((await lead.get('/api/changes?q=packed')).body.changes).toHaveLength(1);
    const cut = await send(gzipSync(file.repeat(2_000)).subarray(0, 60));
    expect([cut.status, cut.body.code]).toEqual([422, 'import.not_readable']);
    const bomb = gzipSync(Buffer.concat([Buffer.from(file), Buffer.alloc(210 * 1024 * 1024, 32)]));
    const refused = await send(bomb);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
  }, 120_000);

  test('what no database keeps costs its own row and no other', async () => {
    const good = { at: '2026-02-11', kind: 'flag', title: 'a flag among bad ones' };
    const bad = [
      { id: 'a\0b' },
      { id: 'two\nlines' },
      { id: '\ud800' },
      { title: 'half \ud800' },
      { url: 'https://example.com/\0' },
      { url: 'https://example.com/\ud800' },
      { at: '9999-12-31T23:59:59-14:00' },
      { until: '9999-12-31T23:59:59-14:00' },
    ].map((part) => ({ ...good, ...part }));
    const { status, body } = await lead.post('/api/changes', [...bad, good]);
    expect([status, body.added, body.refusedRows]).toEqual([200, 1, bad.length]);
    const tiny = { ...good, title: 'a share too small for most', share: 1e-320 };
    expect((await lead.post('/api/changes', tiny)).body).toMatchObject({ added: 1 });
    expect((await lead.get('/api/changes?q=too+small')).body.changes[0].share).toBe(1e-320);
  });

  test('an address that a browser would run is refused', async () => {
    const bad = await lead.post('/api/changes', { ...release, id: 'x', url: 'javascript:alert(1)' });
    expect(bad.body).toMatchObject({ added: 0, refusedRows: 1 });
  });
});

test('a token of the background sends both and nothing else; a token of signals sends neither', async () => {
  const made = await house.as('admin').post('/api/tokens', { name: 'nightly', purpose: 'background' });
  expect(made.body.view).toMatchObject({ purpose: 'background', sourceId: null, sourceName: null });
  const ask = (method: 'GET' | 'POST', url: string, token: string, payload?: object) =>
    house.http.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) });
  const { token } = made.body;
  const rows = [{ day: '2026-02-20', users: 5 }];
  expect((await ask('POST', '/api/active-users', token, rows)).statusCode).toBe(200);
  expect((await ask('POST', '/api/changes', token, { at: '2026-02-20', kind: 'flag', title: 'on' })).statusCode).toBe(
    200,
  );
  expect((await ask('POST', '/api/signals', token, [{}])).statusCode).toBe(403);
  expect((await ask('GET', '/api/changes', token)).statusCode).toBe(403);

  const { id } = (await house.as('admin').post('/api/sources', { name: 'Mail', kind: 'ticket' })).body;
  const other = (await house.as('admin').post('/api/tokens', { name: 'mail', sourceId: id })).body.token;
  expect((await ask('POST', '/api/active-users', other, rows)).statusCode).toBe(403);
});
