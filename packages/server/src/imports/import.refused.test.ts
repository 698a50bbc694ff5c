/** Rows that were refused go back to whoever brought them, are mended, and come again. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { importsIn, jsonl } from './import.fixture.ts';
import { OWN_COLUMNS } from './import-mapping.ts';
import { Recall } from './recall.ts';

vi.setConfig({ testTimeout: 60_000 });

let house: TestHouse;
let it: ReturnType<typeof importsIn>;
beforeAll(async () => {
  house = await openHouse();
  it = importsIn(house);
});
afterAll(() => house.close());

const download = async (id: string) => it.lead().get(`/api/imports/${id}/refused.csv`);
const parsed = (csv: string): Record<string, string>[] => parse(csv, { bom: true, columns: true });

test('a thousand refused rows are downloaded, mended and taken; the good ones are not taken twice', async () => {
  const source = await it.aSource();
  const when = it.ago(3);
  const lines = Array.from({ length: 3_000 }, (_, i) =>
    i % 3 === 1
      ? `r${i},never,"=HYPERLINK(""x"") ${i}, it said",${(i % 5) + 1}`
      : `r${i},${when},fine ${i},${(i % 5) + 1}`,
  );
  const mapping = { id: 'id', when: 'ts', what: 'text', stars: 'rating' } as const;
  const file = ['id,when,what,stars', ...lines].join('\n');
  const first = await it.imported(file, source, 'Bewertungen "März".csv', mapping);
  expect(first).toMatchObject({ progress: { added: 2_000, refused: 1_000 }, can: ['download_refused'] });

  const reply = await download(first.id);
  expect(reply.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-disposition': `attachment; filename="Bewertungen _M_rz_ - refused.csv"; filename*=UTF-8''Bewertungen%20%22M%C3%A4rz%22%20-%20refused.csv`,
  });
  expect(reply.body.startsWith('\uFEFFid,when,what,stars,row in the file,line as it stood,reason\r\n')).toBe(true);
  const rows = parsed(reply.body);
  expect(rows).toHaveLength(1_000);
  expect(rows[0]).toEqual({
    id: 'r1',
    when: 'never',
    what: `'=HYPERLINK("x") 1, it said`, // harmless in a spreadsheet
    stars: '2',
    'row in the file': '3',
    'line as it stood': '',
    reason: expect.stringContaining('not a time'),
  });
  expect((await house.events()).at(-1)).toMatchObject({
    name: 'import.refused_downloaded',
    actor: it.lead().id,
    subject: { kind: 'import', id: first.id },
  });

  const mended = reply.body.replaceAll(',never,', `,${when},`);
  const { body: seen } = await it.upload(mended, 'mended.csv');
  for (const own of OWN_COLUMNS) expect(seen.suggested[own]).toBe('ignore');
  const second = await it.imported(mended, source, 'mended.csv', mapping);
  expect(second).toMatchObject({ state: 'done', progress: { rowsRead: 1_000, added: 1_000, refused: 0 } });
  const { rows: kept } = await house.owner.query(
    `select text from signals where source_id = $1 and external_id = 'r1'`,
    [source],
  );
  expect(kept).toEqual([{ text: '=HYPERLINK("x") 1, it said' }]); // the mark that we added is not part of it
  expect((await it.imported(mended, source, 'mended.csv', mapping)).progress).toMatchObject({
    added: 0,
    unchanged: 1_000,
  });
});

test('what could not be taken apart is shown as the line that stood there, in any encoding', async () => {
  const when = it.ago(1);
  const text = `\uFEFFid,ts,text\r\n1,${when},gut\r\n2,${when},zu,viel: Größe\r\n3,${when},"nie zu\r\n4,${when},gut\r\n5,nie,halb\r\n`;
  const source = await it.aSource();
  for (const [name, file] of [
    ['a.csv', Buffer.from(text)],
    ['b.csv', Buffer.from(text, 'utf16le')],
  ] as const) {
    const { id } = await it.imported(file, source, name);
    const rows = parsed((await download(id)).body);
    expect(rows.map((row) => [row['row in the file'], row['line as it stood'], row.id])).toEqual([
      ['3', `2,${when},zu,viel: Größe`, ''],
      ['4', `3,${when},"nie zu`, ''],
      ['6', '', '5'],
    ]);
  }
});

test('JSON rows that name other columns than the first ones keep them', async () => {
  const rows = [...it.rows(600, 'j'), { id: 'odd', ts: 'never', text: 'x', device: { model: 'P9' } }];
  const { id } = await it.imported(`${jsonl(rows)}{"half":\n`, await it.aSource(), 'j.jsonl');
  const [odd, half] = parsed((await download(id)).body);
  expect(odd).toMatchObject({ id: 'odd', 'device.model': 'P9', 'row in the file': '601' });
  expect(half).toMatchObject({ id: '', 'line as it stood': '{"half":', 'row in the file': '602' });
});

test('names nobody in the list of refusals: an address as an id, a phone number as a time', async () => {
  const file = `mail;when;text\nada@example.org;+49 170 123 45 67;x\n`;
  const mapping = { mail: 'id', when: 'ts', text: 'text' } as const;
  const body = await it.imported(file, await it.aSource(), 'p.csv', mapping);
  const { rows } = await house.owner.query('select external_id, reason from import_refusals where import_id = $1', [
    body.id,
  ]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/ada@|123 45 67/);
  expect(
    JSON.stringify((await house.owner.query('select preview from imports where id = $1', [body.id])).rows),
  ).not.toContain('ada@');
});

test('sixty thousand refused rows come back, each once and in order', async () => {
  const n = 60_000;
  const file = `id,ts,text\n${Array.from({ length: n }, (_, i) => `${i},never,${'x'.repeat(60)}\n`).join('')}`;
  const { id, progress } = await it.imported(file, await it.aSource(), 'many.csv', {
    id: 'id',
    ts: 'ts',
    text: 'text',
  });
  expect(progress.refused).toBe(n);
  const { body } = await download(id);
  expect(parsed(body).map((row) => row.id)).toEqual(Array.from({ length: n }, (_, i) => String(i)));
});

test('an import without refused rows, or that is not theirs, gives nothing', async () => {
  const source = await it.aSource();
  const one = await it.imported(jsonl(it.rows(2, 'none')), source);
  expect((await download(one.id)).body.code).toBe('import.wrong_state');
  expect((await house.as('viewer').get(`/api/imports/${one.id}/refused.csv`)).status).toBe(403);
  const { token } = (await house.as('admin').post('/api/tokens', { name: 't', sourceId: source })).body;
  const headers = { authorization: `Bearer ${token}` };
  const theirs = await house.http.inject({ method: 'GET', url: `/api/imports/${one.id}/refused.csv`, headers });
  expect(theirs.statusCode).toBe(404);
});

test('what passes by is remembered from the last row on, and of an endless line its beginning', () => {
  const recall = new Recall();
  recall.watch(Buffer.from('good\nba'));
  recall.watch(Buffer.from('d\nnext'));
  recall.letGo(5);
  expect(Buffer.from(recall.until(9, 100)).toString()).toBe('bad\n');
  expect(Buffer.from(recall.until(9, 2)).toString()).toBe('ba');
  recall.letGo(9);
  for (let i = 0; i < 100; i++) recall.watch(Buffer.alloc(1024 * 1024, 'z')); // 100 MB
  expect(Buffer.from(recall.until(9 + 90 * 1024 ** 2, 10)).toString()).toBe('nextzzzzzz');
});
