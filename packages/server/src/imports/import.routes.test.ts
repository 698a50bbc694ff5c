import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { runImport, takeOver } from './import.jobs.ts';

vi.setConfig({ testTimeout: 60_000 }); // thousands of rows, on a machine that may have other things to do

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(house.now().getTime() - hours * HOUR).toISOString();
const lead = () => house.as('lead');
let sources = 0;

async function aSource(name = `source ${++sources}`): Promise<string> {
  return (await lead().post('/api/sources', { name, kind: 'app_review' })).body.id;
}

const rows = (n: number, key: string) =>
  Array.from({ length: n }, (_, i) => ({
    id: `${key}-${i}`,
    ts: ago(i % 40),
    text: `The app is slow today ${i}`,
    rating: (i % 5) + 1,
    app_version: '1.2',
  }));
const jsonl = (list: readonly object[]) => list.map((one) => `${JSON.stringify(one)}\n`).join('');

async function upload(content: string | Buffer, fileName = 'reviews.jsonl') {
  return lead().post(`/api/imports?fileName=${encodeURIComponent(fileName)}`, Buffer.from(content as string));
}
async function started(content: string | Buffer, sourceId: string, fileName?: string): Promise<string> {
  const { body } = await upload(content, fileName);
  const reply = await lead().post(`/api/imports/${body.id}/start`, { sourceId, mapping: body.suggested });
  expect(reply).toMatchObject({ status: 200, body: { state: 'running' } });
  return body.id;
}
async function imported(content: string | Buffer, sourceId: string, fileName?: string) {
  const id = await started(content, sourceId, fileName);
  await house.drainJobs();
  return read(id);
}
const read = async (id: string) => (await lead().get(`/api/imports/${id}`)).body;
const refused = async (id: string) => (await lead().get(`/api/imports/${id}/refused`)).body.rows;

/** Everything that was kept for a source, in an order of its own: what two ways of importing are compared by. */
async function table(sourceId: string): Promise<string> {
  const { rows: kept } = await house.owner.query(
    `select external_id, revision, at, text, rating, dimensions, latest from signals where source_id = $1 order by 1, 2`,
    [sourceId],
  );
  return createHash('sha256').update(JSON.stringify(kept)).digest('hex');
}
async function counted(sourceId: string): Promise<number> {
  const { rows: found } = await house.owner.query('select count(*)::int as n from signals where source_id = $1', [
    sourceId,
  ]);
  return found[0].n;
}

test('a JSONL file: preview, mapping, all rows, one event; a second drop adds nothing and says so', async () => {
  const source = await aSource();
  const file = jsonl(rows(25, 'a'));
  const { body: seen } = await upload(file);
  expect(seen).toMatchObject({
    state: 'uploaded',
    format: 'jsonl',
    columns: ['id', 'ts', 'text', 'rating', 'app_version'],
    can: ['start', 'cancel'],
    suggested: { id: 'id', ts: 'ts', text: 'text', rating: 'rating', app_version: 'dimension' },
    history: null,
  });
  expect(seen.sample).toHaveLength(20);

  const first = await imported(file, source);
  expect(first).toMatchObject({
    state: 'done',
    can: [],
    sourceId: source,
    progress: {
      rowsRead: 25,
      added: 25,
      revised: 0,
      unchanged: 0,
      refused: 0,
      bytesRead: file.length,
      bytesTotal: file.length,
    },
  });
  const event = (await house.events()).findLast(({ name }) => name === 'import.finished');
  expect(event).toMatchObject({
    actor: 'system.intake',
    compartment: 'open',
    subject: { kind: 'import', id: first.id },
    payload: { importId: first.id, added: 25, revised: 0, unchanged: 0, refused: 0, oldRows: 0 },
  });

  const second = await imported(file, source);
  expect(second.progress).toMatchObject({ rowsRead: 25, added: 0, unchanged: 25 });
  expect(await counted(source)).toBe(25);
});

test('a CSV of Google Play in UTF-16, without ids: old rows are counted, and a second drop adds nothing', async () => {
  const header = 'Package Name,Reviewer Language,Review Submit Millis Since Epoch,Star Rating,Review Text';
  const lines = Array.from(
    { length: 9 },
    (_, i) => `org.app,de,${1_600_000_000_000 + i * 1000},${(i % 5) + 1},"Schön, ""ja"" ${i}"`,
  );
  const file = Buffer.from(`\uFEFF${[header, ...lines].join('\r\n')}\r\n`, 'utf16le');
  const source = await aSource();

  const first = await imported(file, source, 'reviews.csv');
  expect(first).toMatchObject({ state: 'done', format: 'csv', progress: { added: 9, refused: 0 } });
  expect((await house.events()).findLast(({ name }) => name === 'import.finished')?.payload).toMatchObject({
    oldRows: 9,
  });
  expect((await imported(file, source, 'reviews.csv')).progress).toMatchObject({ added: 0, unchanged: 9 });
});

test('refused rows are listed with their numbers and reasons, and cost only themselves', async () => {
  const good = rows(3, 'r');
  const lines = [
    good[0],
    { ...good[1], ts: 'never' },
    'half',
    { ...good[1], text: '' },
    good[2],
    { ...good[1], rating: 11 },
    { ...good[1], ts: ago(-72) },
  ];
  const file = lines.map((line) => (line === 'half' ? '{"id":"x","ts":\n' : jsonl([line as object]))).join('');
  const { id, progress } = await imported(file, await aSource());

  expect(progress).toMatchObject({ rowsRead: 7, added: 2, refused: 5 });
  const list = await refused(id);
  expect(list.map(({ row }: { row: number }) => row)).toEqual([2, 3, 4, 6, 7]);
  expect(list[0]).toMatchObject({ id: 'r-1', reason: expect.stringContaining('not a time') });
  expect(list[1].reason).toContain('cut off');
  expect(list[4].reason).toContain('future');
  expect((await lead().get(`/api/imports/${id}/refused?limit=2&after=3`)).body).toMatchObject({
    rows: [{ row: 4 }, { row: 6 }],
    next: 6,
  });
});

test('hostile files are refused in words, or each bad row is counted', async () => {
  const no = async (content: string | Buffer, words: string) => {
    const { status, body } = await upload(content, 'x.csv');
    expect({ status, code: body.code, message: body.message }).toEqual({
      status: 422,
      code: 'import.not_readable',
      message: expect.stringContaining(words),
    });
  };
  await no('', 'empty');
  await no('id,ts,text\n', 'nothing below it');
  await no('PK\u0003\u0004xxxx', 'zip archive');
  await no(Buffer.alloc(200_000, 7), 'not a text');
  await no('<html><body>', 'XML or HTML');

  const ts = ago(1);
  const file = `id,ts,text\n1,${ts},fine\n2,${ts},"open\n3,${ts},nul \u0000 here\n4,${ts},"wrong" quote\n5,${ts},${'x'.repeat(5_000_000)}\n6,${ts}\n7,${ts},end\n8,${ts},ha`;
  const { id, progress } = await imported(file, await aSource(), 'hostile.csv');
  expect(progress).toMatchObject({ added: 4, refused: 4 });
  expect((await refused(id)).map(({ row }: { row: number }) => row)).toEqual([3, 5, 6, 7]);
});

test('names that no database keeps are cleaned, of files and of columns', async () => {
  const ts = ago(1);
  const { status, body } = await upload(`{"id":"1","ts":"${ts}","text":"x","k\\u0000":"v"}\n`, 'a\u0000\u202eb.jsonl');
  expect([status, body.fileName, body.columns]).toEqual([200, 'ab.jsonl', ['id', 'ts', 'text', 'k']]);
  const start = { sourceId: await aSource(), mapping: { ts: 'ts', text: 'text', 'k\u0000': 'dimension' } };
  expect(await lead().post(`/api/imports/${body.id}/start`, start)).toMatchObject({ status: 400 });
});

test('a mapping without time or text is refused, and an unknown source', async () => {
  const { body } = await upload(jsonl(rows(2, 'm')));
  const start = (sourceId: string, mapping: object) =>
    lead().post(`/api/imports/${body.id}/start`, { sourceId, mapping });
  const source = await aSource();
  expect((await start(source, { text: 'text' })).body).toMatchObject({
    code: 'import.mapping_incomplete',
    message: expect.stringContaining('time'),
  });
  expect((await start(house.unusedId, body.suggested)).status).toBe(404);
  expect((await start(source, body.suggested)).status).toBe(200);
  expect((await start(source, body.suggested)).body.code).toBe('import.wrong_state');
  await house.drainJobs();
});

test('a cancelled import keeps what it took, and resuming takes the rest', async () => {
  const source = await aSource();
  const id = await started(jsonl(rows(5_000, 'c')), source);
  await stopAfterChunks(1, id, async () => {
    expect((await lead().post(`/api/imports/${id}/cancel`)).body.state).toBe('cancelled');
  });

  const stopped = await read(id);
  expect(stopped).toMatchObject({ state: 'cancelled', can: ['resume'], progress: { rowsRead: 2_000, added: 2_000 } });
  expect(await counted(source)).toBe(2_000);

  const { mapping } = stopped;
  await lead().post(`/api/imports/${id}/start`, { sourceId: source, mapping });
  await house.drainJobs();
  expect(await read(id)).toMatchObject({ state: 'done', progress: { rowsRead: 5_000, added: 5_000, unchanged: 0 } });
});

test('a dead run is taken over after a minute, and the table is that of an uninterrupted one', async () => {
  const file = jsonl([...rows(4_500, 'd'), { id: 'bad' }, ...rows(10, 'e')]);
  const [whole, broken] = [await aSource(), await aSource()];
  const id = await started(file, broken);
  await stopAfterChunks(1, id, () => {
    throw new Died();
  });
  await house.owner.query('delete from graphile_worker._private_jobs'); // the queue believes that the job still runs
  expect(await counted(broken)).toBe(2_000);

  await takeOver.run(house.tools, {});
  await house.drainJobs();
  expect(await read(id)).toMatchObject({ state: 'running', progress: { rowsRead: 2_000 } }); // not dead for sure yet

  house.clock.advance(61_000);
  await takeOver.run(house.tools, {});
  await house.drainJobs();
  expect(await read(id)).toMatchObject({
    state: 'done',
    progress: { rowsRead: 4_511, added: 4_510, unchanged: 0, refused: 1 },
  });
  await imported(file, whole);
  expect(await table(broken)).toBe(await table(whole));
});

test('a runner that was only slow is replaced, and what it still brings is dropped', async () => {
  const source = await aSource();
  const id = await started(jsonl(rows(5_000, 's')), source);
  await stopAfterChunks(1, id, async () => {
    house.clock.advance(61_000);
    await takeOver.run(house.tools, {});
    await house.drainJobs();
  });
  const progress = { rowsRead: 5_000, added: 5_000, unchanged: 0, refused: 0 };
  expect(await read(id)).toMatchObject({ state: 'done', progress });
  expect(await counted(source)).toBe(5_000);
});

test('of workers that take up one import at the same moment exactly one goes on', async () => {
  const source = await aSource();
  const id = await started(jsonl(rows(6_000, 'w')), source);
  const { db } = house.tools;
  let waiting = 3;
  const all = Promise.withResolvers<void>();
  const change: typeof db.change = (actor, fn) =>
    db.change(actor, async (trx) => {
      if (--waiting === 0) all.resolve(); // each has its transaction; now they race
      await all.promise;
      return fn(trx);
    });
  const worker = () => runImport.run({ ...house.tools, db: { ...db, change } }, { importId: id });
  await Promise.all([worker(), worker(), worker()]);
  const progress = { rowsRead: 6_000, added: 6_000, unchanged: 0 };
  expect(await read(id)).toMatchObject({ state: 'done', progress });
  const ends = (await house.events()).filter(({ name, subject }) => name === 'import.finished' && subject.id === id);
  expect(ends).toHaveLength(1);
  const { rows: kept } = await house.owner.query('select version from imports where id = $1', [id]);
  expect(kept[0].version).toBe(1 + 6); // started, taken up once, three chunks, finished
});

test('an import longer than a turn goes on by itself', async () => {
  const { progress, state } = await imported(
    `${'no\n'.repeat(20_500)}${jsonl(rows(1, 'long'))}`.replace('no\n', '{"ts":"2026-01-01","text":"first"}\n'),
    await aSource(),
  );
  expect({ state, ...progress }).toMatchObject({ state: 'done', rowsRead: 20_501, added: 2, refused: 20_499 });
});

test('a lost file fails in words that say what was kept', async () => {
  const id = await started(jsonl(rows(3, 'lost')), await aSource());
  const { rows: found } = await house.owner.query('select file_sha256 from imports where id = $1', [id]);
  await house.tools.files.remove(found[0].file_sha256);
  await expect(runImport.run(house.tools, { importId: id })).rejects.toThrow('ENOENT');
  expect(await read(id)).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('Nothing was taken yet'),
    can: ['resume'],
  });
});

test('a token imports into its own source and sees its own imports only', async () => {
  const [own, other] = [await aSource(), await aSource()];
  const { token } = (await house.as('admin').post('/api/tokens', { name: 't', sourceId: own })).body;
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const answer = await house.http.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}` },
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const theirs = await started(jsonl(rows(1, 'x')), own);
  expect((await ask('GET', `/api/imports/${theirs}`)).status).toBe(404);
  expect((await ask('GET', `/api/imports/${theirs}/refused`)).status).toBe(404);

  const { body } = await ask('POST', '/api/imports?fileName=a.jsonl', Buffer.from(jsonl(rows(2, 't'))));
  expect(
    (await ask('POST', `/api/imports/${body.id}/start`, { sourceId: other, mapping: body.suggested })).status,
  ).toBe(403);
  expect((await ask('POST', `/api/imports/${body.id}/start`, { sourceId: own, mapping: body.suggested })).status).toBe(
    200,
  );
  await house.drainJobs();
  expect((await ask('GET', `/api/imports/${body.id}`)).body).toMatchObject({ state: 'done', progress: { added: 2 } });
});

test('an upload is nobody else’s until it is started, and never of those outside its compartment', async () => {
  await house.givenCompartment('legal');
  const counsel = house.as({ compartments: ['open', 'legal'], can: ['import.run', 'source.read'] });
  const uploaded = (await counsel.post('/api/imports?fileName=a.jsonl', Buffer.from(jsonl(rows(2, 'legal'))))).body;
  expect((await lead().get(`/api/imports/${uploaded.id}`)).status).toBe(404);
  const source = (await counsel.post('/api/sources', { name: 'legal', kind: 'ticket', compartment: 'legal' })).body.id;
  await counsel.post(`/api/imports/${uploaded.id}/start`, { sourceId: source, mapping: uploaded.suggested });
  await house.drainJobs();
  expect((await counsel.get(`/api/imports/${uploaded.id}`)).body.state).toBe('done');
  expect((await lead().get(`/api/imports/${uploaded.id}`)).status).toBe(404);
  const { body } = await lead().get('/api/imports');
  expect(body.imports.map(({ id }: { id: string }) => id)).not.toContain(uploaded.id);
});

const REAL = new URL('../../../../../shared/data/app-reviews-real/chrome-ios.jsonl', import.meta.url);
test('real reviews: 12,677 in, and nothing at the second drop', { timeout: 120_000 }, async ({ skip }) => {
  const file = await readFile(REAL).catch(() => null);
  if (!file) {
    console.warn('SKIPPED: ../shared/data/app-reviews-real is not here, so the import of real reviews was not tested.');
    return skip();
  }
  const source = await aSource();
  const first = await imported(file, source, 'chrome-ios.jsonl');
  const { added, refused: no } = first.progress;
  expect({ state: first.state, rows: first.progress.rowsRead, sum: added + no }).toEqual({
    state: 'done',
    rows: 12_677,
    sum: 12_677,
  });
  expect((await imported(file, source)).progress).toMatchObject({ added: 0, unchanged: added });
  expect(await counted(source)).toBe(added);
});

class Died extends Error {}

/** Runs an import until it is about to begin the transaction after chunk `n`; `then` happens there, and may be death. */
async function stopAfterChunks(n: number, importId: string, then: () => Promise<void> | void): Promise<void> {
  const { db } = house.tools;
  let changes = 0; // the first takes the import up, each of the next is a chunk
  const change: typeof db.change = async (actor, fn) => {
    if (++changes >= n + 2) await then();
    return db.change(actor, fn);
  };
  await runImport.run({ ...house.tools, db: { ...db, change } }, { importId }).catch((error: unknown) => {
    if (!(error instanceof Died)) throw error;
  });
}
