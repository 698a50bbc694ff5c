/** What a file would become, what its source's last file was read as, and what an import does when the house is unwell. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { importsIn, jsonl } from './import.fixture.ts';
import { runImport, takeOver } from './import.jobs.ts';
import { meaningOf } from './import-faults.ts';
import { startingFrom } from './import-mapping.ts';
import { importSlice } from './index.ts';

vi.setConfig({ testTimeout: 60_000 });

let house: TestHouse;
let it: ReturnType<typeof importsIn>;
beforeAll(async () => {
  house = await openHouse();
  it = importsIn(house);
});
afterAll(() => house.close());

/** Everything that intake could have touched. */
async function written(): Promise<unknown> {
  const tables = [
    'signals',
    'intake_batches',
    'signal_counts',
    'import_refusals',
    'events',
    'redaction_counts',
    'dimension_values',
  ];
  const counts = tables.map((name) => `(select count(*)::int from ${name}) as ${name}`);
  const { rows } = await house.owner.query(
    `select ${counts.join(', ')}, (select last_value from intake_batches_id_seq) as batch,
            (select string_agg(s::text, ' ' order by id) from sources s) as sources`,
  );
  return rows[0];
}

test('a dry run says what the import then does, and keeps nothing', async () => {
  const source = await it.aSource();
  await it.imported(jsonl(it.rows(3, 'd')), source);
  const [a, b, ...rest] = it.rows(8, 'd');
  const rows = [
    a,
    { ...b, text: 'Es ist jetzt viel schlimmer geworden, und niemand hört uns zu.' },
    ...rest,
    { ...a, id: 'new', text: 'Write to ada@example.org or ada@example.org' },
    { ...a, id: 'bad', ts: 'never' },
    { ...a, id: 'late', ts: it.ago(-72) },
    { ...a, id: 'new', text: 'changed in the same file' },
  ];
  const { body } = await it.upload(`${jsonl(rows as object[])}{"half\n`);
  const ask = { sourceId: source, mapping: body.suggested };
  const before = await written();
  const tried = await it.lead().post(`/api/imports/${body.id}/try`, ask);
  expect(await written()).toEqual(before);

  expect(tried).toMatchObject({
    status: 200,
    body: { rows: 13, whole: true, added: 6, revised: 2, unchanged: 2, refused: 3, redacted: { email: 2 } },
  });
  expect(tried.body.refusedRows.map(({ row }: { row: number }) => row)).toEqual([10, 11, 13]);
  expect(tried.body.languages).toContainEqual({ language: 'de', rows: 1 });
  expect(tried.body.from).toBe(it.ago(7));
  expect(JSON.stringify(tried.body.sample)).not.toContain('ada@');
  expect(tried.body.sample[0]).toMatchObject({ row: 1, text: 'The app is slow today 0' });

  await it.lead().post(`/api/imports/${body.id}/start`, ask);
  await house.drainJobs();
  const { added, revised, unchanged, refused } = (await it.read(body.id)).progress;
  expect({ added, revised, unchanged, refused }).toEqual({ added: 6, revised: 2, unchanged: 2, refused: 3 });
});

test('of a long file the first rows are tried, and it says so', async () => {
  const { body } = await it.upload(jsonl(it.rows(6_000, 'long')));
  const ask = { sourceId: await it.aSource(), mapping: body.suggested };
  const tried = (await it.lead().post(`/api/imports/${body.id}/try`, ask)).body;
  expect(tried.whole).toBe(false);
  expect(tried.rows).toBeGreaterThan(0);
  expect(tried.rows).toBeLessThanOrEqual(5_000);
  expect(tried.added).toBe(tried.rows);
  expect((await it.lead().post(`/api/imports/${body.id}/try`, { ...ask, mapping: {} })).body.code).toBe(
    'import.mapping_incomplete',
  );
  const { status } = await house.as('viewer').post(`/api/imports/${body.id}/try`, ask);
  expect(status).toBe(403);
});

test('how the columns were read is kept with the source, and a token’s next file starts from it', async () => {
  const source = await it.aSource('saved');
  const file = (extra: string) => `nr,wann,kommentar,${extra}\n7,${it.ago(1)},alles gut,x\n`;
  const mapping = { nr: 'ignore', wann: 'ts', kommentar: 'text', a: 'author' } as const;
  await it.imported(file('a'), source, 'a.csv', mapping);
  const { sources } = (await it.lead().get('/api/sources')).body;
  expect(sources.find(({ id }: { id: string }) => id === source).savedMapping).toEqual(mapping);

  const { token } = (await house.as('admin').post('/api/tokens', { name: 's', sourceId: source })).body;
  const send = async (extra: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const url = '/api/imports?fileName=b.csv';
    return (await house.http.inject({ method: 'POST', url, headers, payload: file(extra) })).json().suggested;
  };
  expect(await send('a')).toEqual(mapping);
  expect(await send('b')).not.toEqual(expect.objectContaining({ nr: 'ignore' })); // its author is missing: judged anew
});

test('a saved mapping fits when every column is there that it gives a place; new columns are dimensions at most', () => {
  const saved = { when: 'ts', what: 'text', app: 'dimension' } as const;
  const suggested = { when: 'ts', what: 'dimension', body: 'text', lang: 'language' } as const;
  expect(startingFrom(['when', 'what', 'body', 'lang'], suggested, saved)).toEqual({
    when: 'ts',
    what: 'text',
    body: 'dimension',
    lang: 'language',
  });
  expect(startingFrom(['when', 'body'], suggested, saved)).toBe(suggested);
  expect(startingFrom(['when'], suggested, null)).toBe(suggested);
});

test('dates that could be either are read as the rest of their column', async () => {
  const source = await it.aSource();
  const file = 'id,date,text\n1,03/02/2026,early\n2,25/02/2026,settles it\n';
  expect(await it.imported(file, source, 'dates.csv')).toMatchObject({ progress: { added: 2, refused: 0 } });
  const { rows } = await house.owner.query(`select at from signals where source_id = $1 and external_id = '1'`, [
    source,
  ]);
  expect(rows[0].at).toEqual(new Date('2026-02-03T00:00:00Z'));
});

/** A house whose database fails in this way at the `n`th change from now on, and whose later changes go through. */
function failing(n: number, error: Error): TestHouse['tools'] {
  const { db } = house.tools;
  let changes = 0;
  const change: typeof db.change = (actor, fn) => (++changes === n ? Promise.reject(error) : db.change(actor, fn));
  return { ...house.tools, db: { ...db, change } };
}

test('a fault that passes is waited for with growing pauses, and a start does not wait', async () => {
  const source = await it.aSource();
  const id = await it.started(jsonl(it.rows(4_500, 'wait')), source);
  const full = Object.assign(new Error('could not extend file'), { code: '53100' });
  await expect(runImport.run(failing(3, full), { importId: id })).rejects.toThrow('could not extend');
  const waiting = await it.read(id);
  expect(waiting).toMatchObject({
    state: 'running',
    can: ['cancel'],
    progress: { rowsRead: 2_000, secondsLeft: null },
  });
  expect(waiting.error).toBe(
    'A disk is full. Make room there. The first 2000 rows are taken and kept. It goes on by itself as soon as that has passed.',
  );
  await runImport.run(house.tools, { importId: id }); // not before its time
  expect((await it.read(id)).progress.rowsRead).toBe(2_000);

  for (let tries = 0; tries < 3; tries++) {
    house.clock.advance(3_600_000);
    await expect(runImport.run(failing(2, full), { importId: id })).rejects.toThrow('could not extend');
  }
  const { rows } = await house.owner.query('select tries, retry_at from imports where id = $1', [id]);
  expect(rows[0].tries).toBe(4);
  expect(rows[0].retry_at.getTime() - house.now().getTime()).toBe(60_000);

  await house.owner.query('delete from graphile_worker._private_jobs');
  await takeOver.run(house.tools, {});
  await house.drainJobs();
  expect((await it.read(id)).progress.rowsRead).toBe(2_000); // its pause is not over
  await importSlice().resume!(house.tools, false); // the start of a server
  await house.drainJobs();
  expect(await it.read(id)).toMatchObject({
    state: 'done',
    error: null,
    progress: { rowsRead: 4_500, added: 4_500, unchanged: 0 },
  });
});

test('the clock picks up what has waited long enough, and after a day of waiting it fails in words', async () => {
  const source = await it.aSource();
  const id = await it.started(jsonl(it.rows(10, 'day')), source);
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  await expect(runImport.run(failing(2, away), { importId: id })).rejects.toThrow('connect');
  await house.owner.query('delete from graphile_worker._private_jobs');
  house.clock.advance(2_000);
  await takeOver.run(house.tools, {});
  await house.owner.query(`update imports set tries = 55 where id = $1`, [id]);
  await expect(runImport.run(failing(2, away), { importId: id })).rejects.toThrow('connect');
  const failed = await it.read(id);
  expect(failed).toMatchObject({ state: 'failed', can: ['resume'] });
  expect(failed.error).toBe('The database cannot be reached. Nothing was taken yet. Resume to go on from there.');
  await it.lead().post(`/api/imports/${id}/start`, { sourceId: source, mapping: failed.mapping });
  await house.drainJobs();
  expect(await it.read(id)).toMatchObject({ state: 'done', error: null, progress: { added: 10 } });
});

test('a lost connection is known by its code or by its words; a fault of ours is none that passes', () => {
  const kindOf = (error: unknown) => meaningOf(error).kind;
  for (const code of ['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'ENOSPC', '53100', '40P01', 'EMFILE']) {
    expect([code, kindOf(Object.assign(new Error('x'), { code }))]).toEqual([code, 'passing']);
  }
  expect(kindOf(new Error('Connection terminated unexpectedly'))).toBe('passing');
  expect(kindOf(new TypeError('undefined is not a function'))).toBe('lasting');
  expect(kindOf(Object.assign(new Error('x'), { code: '23505' }))).toBe('lasting');
});
