/** Files that are not plain text: packed, wide, old, and workbooks. */
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { madeWorkbook } from '@groundswell/formats/made-zip';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { importsIn, jsonl } from './import.fixture.ts';
import { runImport } from './import.jobs.ts';

vi.setConfig({ testTimeout: 60_000 });

let house: TestHouse;
let it: ReturnType<typeof importsIn>;
beforeAll(async () => {
  house = await openHouse();
  it = importsIn(house);
});
afterAll(() => house.close());

const PLAY = 'Package Name,Reviewer Language,Review Submit Millis Since Epoch,Star Rating,Review Text';
const playRow = (i: number) => `org.app,de,${1_600_000_000_000 + i * 1000},${(i % 5) + 1},"Schön, ""ja"" ${i}"`;

test('a Google Play export in UTF-16, packed with gzip, is what its plain twin is', async () => {
  const text = `\uFEFF${[PLAY, ...Array.from({ length: 30 }, (_, i) => playRow(i))].join('\r\n')}\r\n`;
  const wide = Buffer.from(text, 'utf16le');
  const packed = gzipSync(wide);
  const [a, b] = [await it.aSource(), await it.aSource()];

  const first = await it.imported(packed, a, 'reviews.csv.gz');
  expect(first).toMatchObject({
    state: 'done',
    format: 'csv',
    packed: true,
    progress: { rowsRead: 30, added: 30, refused: 0, bytesRead: packed.length, bytesTotal: packed.length },
  });
  await it.imported(wide, b, 'reviews.csv');
  expect(await it.table(a)).toBe(await it.table(b));
});

test('a CSV in Windows-1252 keeps its letters', async () => {
  const source = await it.aSource();
  const file = Buffer.concat([
    Buffer.from(`id;when;text\n1;${it.ago(2)};`),
    Buffer.from([0xdc, 0x62, 0x65, 0x72, 0x20, 0x80, 0x20, 0xe9, 0x74, 0xe9]), // "Über € été"
    Buffer.from('\n'),
  ]);
  expect(await it.imported(file, source, 'old.csv')).toMatchObject({ state: 'done', progress: { added: 1 } });
  const { rows } = await house.owner.query('select text from signals where source_id = $1', [source]);
  expect(rows).toEqual([{ text: 'Über € été' }]);
});

test('half a gzip: the rows before its end are kept, and the words say what to do', async () => {
  const noise = it
    .rows(3_000, 'half')
    .map((row) => ({ ...row, text: `${row.text} ${randomBytes(40).toString('hex')}` }));
  const file = gzipSync(jsonl(noise));
  const source = await it.aSource();
  const id = await it.started(file.subarray(0, file.length / 2), source, 'half.jsonl.gz');
  await house.drainJobs();

  const ended = await it.read(id);
  expect(ended).toMatchObject({ state: 'failed', can: [] }); // going on would end at the same place
  expect(ended.error).toMatch(/ends in the middle.*again.*The first \d+ rows are taken and kept\.$/);
  const { rowsRead } = ended.progress;
  expect(rowsRead).toBeGreaterThan(1_200);
  expect(ended.progress).toMatchObject({ added: rowsRead, refused: 0 });
  expect(await it.counted(source)).toBe(rowsRead);
  const again = await it.lead().post(`/api/imports/${id}/start`, { sourceId: source, mapping: ended.mapping });
  expect(again.body).toMatchObject({ code: 'import.wrong_state', message: expect.stringContaining('Upload it again') });

  const whole = await it.imported(file, source, 'half.jsonl.gz');
  expect(whole).toMatchObject({ state: 'done', progress: { added: 3_000 - rowsRead, unchanged: rowsRead } });
});

test('a packed file that lasts several turns is unpacked once, and after a crash from the place that was kept', async () => {
  const file = gzipSync(jsonl(it.rows(22_500, 'turns')));
  const [whole, broken] = [await it.aSource(), await it.aSource()];
  const done = await it.imported(file, whole, 'turns.jsonl.gz');
  expect(done).toMatchObject({ state: 'done', progress: { rowsRead: 22_500, added: 22_500 } });

  const id = await it.started(file, broken, 'turns.jsonl.gz');
  await runImport.run(house.tools, { importId: id });
  const half = await it.read(id);
  expect(half.progress.rowsRead).toBe(20_000);
  expect(half.progress.bytesRead).toBeGreaterThan(0);
  expect(half.progress.bytesRead).toBeLessThanOrEqual(file.length);
  // A process that was killed holds no open reader: another house of tools stands for the one that follows.
  const files = { ...house.tools.files };
  while ((await it.read(id)).state === 'running') await runImport.run({ ...house.tools, files }, { importId: id });
  expect(await it.read(id)).toMatchObject({ state: 'done', progress: { rowsRead: 22_500, unchanged: 0 } });
  expect(await it.table(broken)).toBe(await it.table(whole));
});

test('a bomb is refused or ends in words, and takes neither the house nor its neighbours with it', async () => {
  const source = await it.aSource();
  const good = jsonl(it.rows(5, 'bomb'));
  const bomb = gzipSync(Buffer.concat([Buffer.from(good), Buffer.alloc(150 * 1024 ** 2, 'x')]), { level: 9 });
  const before = process.memoryUsage().rss;
  const ended = await it.imported(bomb, source, 'bomb.jsonl.gz');
  expect(ended.progress).toMatchObject({ added: 5, refused: 0 });
  expect(['done', 'failed']).toContain(ended.state);
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 ** 2);
});

const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const sheetRow = (n: number, ...cells: string[]) =>
  `<row r="${n}">${cells.map((text, i) => cell(`${'ABCD'[i]}${n}`, text)).join('')}</row>`;

test('a workbook: rows like any other, and a refused row has the number that the sheet shows', async () => {
  const source = await it.aSource();
  const file = madeWorkbook({
    sheets: [
      {
        rows: [
          sheetRow(1, 'id', 'ts', 'text'),
          sheetRow(2, 'x1', it.ago(1), 'first'),
          sheetRow(5, 'x2', 'never', 'second'),
          sheetRow(6, 'x3', it.ago(2), '=third'),
        ].join(''),
      },
    ],
  });
  const { body: seen } = await it.upload(file, 'sheet.xlsx');
  expect(seen).toMatchObject({ format: 'xlsx', packed: false, columns: ['id', 'ts', 'text'] });
  expect(seen.sample[0]).toMatchObject({ id: 'x1', text: 'first' });

  const ended = await it.imported(file, source, 'sheet.xlsx');
  expect(ended).toMatchObject({
    state: 'done',
    progress: { rowsRead: 3, added: 2, refused: 1, bytesRead: file.length, bytesTotal: file.length },
  });
  const { rows } = (await it.lead().get(`/api/imports/${ended.id}/refused`)).body;
  expect(rows).toMatchObject([{ row: 5, id: 'x2', reason: expect.stringContaining('not a time') }]);
  const csv = (await it.lead().get(`/api/imports/${ended.id}/refused.csv`)).body;
  expect(csv).toContain('x2,never,second,5,,');
});

test('a workbook that is broken or too large is refused in words and leaves nothing behind', async () => {
  const files = async () => (await house.tools.files.drafts()).length;
  const broken = madeWorkbook({ sheets: [{ rows: sheetRow(1, 'id', 'ts', 'text') + sheetRow(2, 'a', 'b', 'c') }] });
  const half = await it.upload(broken.subarray(0, broken.length - 40), 'half.xlsx');
  expect(half).toMatchObject({ status: 422, body: { code: 'import.not_readable' } });
  const rows = Array.from({ length: 200_002 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c></row>`);
  const many = madeWorkbook({ sheets: [{ rows: rows.join('') }] });
  const large = await it.upload(many, 'large.xlsx');
  expect(large).toMatchObject({ status: 422, body: { code: 'import.not_readable' } });
  expect(large.body.message).toMatch(/CSV/);
  expect(await files()).toBe(0);
});

test('a file whose letters cannot be told says so before anything is imported', async () => {
  const greek = Buffer.from(
    'aWQsdGV4dAoxLMcg8Ovn8fns3iD05/Ig8OXx4fPs3e3n8iDl4uTv7Nzk4fIg5OXtIN329OHz5QoyLMTl7SDs8O/x/iDt4SDz9e3k5ej+Cg==',
    'base64',
  );
  const { body: seen } = await it.upload(greek, 'greek.csv');
  expect(seen.doubt).toMatch(/Save it as UTF-8/);
});
