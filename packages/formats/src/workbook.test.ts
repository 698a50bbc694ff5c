import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readJsonl, sniff, unpackWorkbook, type WorkbookLimits } from './index.ts';
import { inChunks, readingOf } from './made-chunks.ts';
import { type MadeWorkbook, madeWorkbook, madeZip } from './made-zip.ts';
import { columnLetters, columnOf, isDateFormat, serialDate } from './workbook-cells.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'workbook-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const LINES = { encoding: 'utf-8', lineEnd: '\n' } as const;

async function read(file: Uint8Array, limits?: WorkbookLimits) {
  const path = join(folder, 'a.xlsx');
  writeFileSync(path, file);
  const { rows, stopped } = await readingOf(readJsonl(unpackWorkbook(path, limits), LINES));
  const said = rows.map((one) => [one.row, one.kind === 'row' ? { ...one.cells } : one.reason]);
  return { rows: said, stopped };
}
const made = (rows: string, more: Partial<MadeWorkbook> = {}) => read(madeWorkbook({ sheets: [{ rows }], ...more }));

const words = (...all: string[]) => all.map((one) => `<c t="inlineStr"><is><t>${one}</t></is></c>`).join('');
const HEADER = `<row>${words('id', 'text')}</row>`;
const line = (id: number, text = 'fine') => `<row><c><v>${id}</v></c>${words(text)}</row>`;

describe('a workbook', () => {
  test('as another program writes it', async () => {
    const day = new Date(Date.UTC(2024, 2, 5));
    const moment = new Date(Date.UTC(2024, 2, 5, 10, 11, 12));
    const path = join(folder, 'other.xlsx');
    const cell = (value: string | number | boolean | Date, format?: string) => ({ value, ...(format && { format }) });
    await writeExcelFile([
      ['id', 'text', 'when', 'day', 'score', 'open'].map((one) => cell(one)),
      [
        cell(1),
        cell('Größer & <b>"fett"</b> 😀'),
        cell(moment, 'yyyy-mm-dd hh:mm:ss'),
        cell(day, 'dd/mm/yyyy'),
        cell(1.5),
        cell(true),
      ],
      [cell(2), cell('zwei\nZeilen'), cell(moment, 'm/d/yy h:mm'), cell(day, 'dd.mm.yyyy'), cell(0), cell(false)],
    ]).toFile(path);
    const { rows } = await readingOf(readJsonl(unpackWorkbook(path), LINES));
    expect(rows.map((one) => one.kind === 'row' && { ...one.cells })).toEqual([
      {
        id: 1,
        text: 'Größer & <b>"fett"</b> 😀',
        when: '2024-03-05T10:11:12',
        day: '2024-03-05',
        score: 1.5,
        open: true,
      },
      { id: 2, text: 'zwei\nZeilen', when: '2024-03-05T10:11:12', day: '2024-03-05', score: 0, open: false },
    ]);
  });

  test('row n is row n, whatever stands between and above', async () => {
    const rows = `<row r="2"><c r="A2" t="inlineStr"><is><t>Report of May</t></is></c></row><row r="4">${words('id', 'text')}</row><row r="6"><c r="A6"><v>1</v></c><c r="B6" t="str"><v>x</v></c></row><row r="7"/><row r="9"><c r="B9" t="str"><v>y</v></c></row>`;
    expect(await made(rows)).toEqual({
      rows: [
        [6, { id: 1, text: 'x' }],
        [9, { text: 'y' }],
      ],
      stopped: null,
    });
  });

  test('cells of every kind', async () => {
    const cells = [
      '<c t="s"><v>1</v></c>',
      '<c t="str"><f>A1&amp;"x"</f><v>made</v></c>',
      '<c><f>1+1</f></c>',
      '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c s="1"><v>45356.424444444445</v></c>',
      '<c s="2"><v>45356</v></c>',
      '<c s="1"><v>0.5</v></c>',
      '<c t="d"><v>2024-03-05T10:11:12Z</v></c>',
      '<c s="3"><v>1.5</v></c>',
      '<c t="s"><v>99</v></c>',
      '<c t="n"><v>abc</v></c>',
      '<c t="inlineStr"><is><r><t>a </t></r><r><rPr><b/></rPr><t>b_x000D_&#x1F600;&#10;</t></r></is></c>',
    ];
    const names = 'rich formula open error flag moment day time iso lasts lost nan inline'.split(' ');
    const strings = ['<t>no</t>', '<r><t>bold</t></r><r><t> and not</t></r><rPh sb="0" eb="1"><t>reading</t></rPh>'];
    const { rows } = await made(`<row>${words(...names)}</row><row>${cells.join('')}</row>`, {
      strings,
      styles: [0, 'yyyy\\-mm\\-dd hh:mm', 14, '[h]:mm'],
    });
    expect(rows).toEqual([
      [
        2,
        {
          rich: 'bold and not',
          formula: 'made',
          flag: true,
          moment: '2024-03-05T10:11:12',
          day: '2024-03-05',
          time: '12:00:00',
          iso: '2024-03-05T10:11:12Z',
          lasts: 1.5,
          inline: 'a b\r😀\n',
        },
      ],
    ]);
  });

  test('names that are double, empty, or not there', async () => {
    const rows = `<row>${words('a', 'a', '')}</row><row>${words('1', '2', '3', '4')}</row>`;
    expect((await made(rows)).rows).toEqual([[2, { a: '1', 'a (2)': '2', 'Column C': '3', 'Column D': '4' }]]);
  });

  test('the first sheet that is seen and has rows below its header', async () => {
    const sheets: MadeWorkbook['sheets'] = [
      { rows: `${HEADER}${line(1)}`, state: 'hidden' },
      { rows: `${HEADER}${line(2)}`, state: 'veryHidden' },
      { rows: '' },
      { rows: `<row>${words('About this file')}</row>` },
      { rows: `${HEADER}${line(3)}` },
    ];
    expect((await read(madeWorkbook({ sheets }))).rows).toEqual([[2, { id: 3, text: 'fine' }]]);
    expect((await read(madeWorkbook({ sheets: sheets.slice(0, 4) }))).stopped).toContain('no visible sheet with rows');
  });

  test('prefixed names, another order of parts and UTF-16 are read', async () => {
    const main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const sheet = `<?xml version="1.0" encoding="utf-16"?><x:worksheet ${main}><x:sheetData><x:row><x:c t="str"><x:v>id</x:v></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const file = madeZip([
      { name: 'xl\\worksheets\\sheet1.xml', content: Buffer.from(`\uFEFF${sheet}`, 'utf16le') },
      {
        name: 'xl/workbook.xml',
        content: `<x:workbook ${main} xmlns:r="r"><x:sheets><x:sheet name="a" r:id="a"/></x:sheets></x:workbook>`,
        stored: true,
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content:
          '<Relationships><Relationship Id="a" Type="x/worksheet" Target="/XL/worksheets/sheet1.xml"/></Relationships>',
      },
    ]);
    expect(sniff(file, 'a.xlsx').format).toBe('xlsx');
    expect((await read(file)).rows).toEqual([[2, { id: 7 }]]);
  });
});

describe('dates of a workbook', () => {
  test.each([
    [1, '1900-01-01'], // serial 1 is the first day; 60 is the 29 February that never was
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [45_356, '2024-03-05'],
    [45_356.5, '2024-03-05T12:00:00'],
    [0.25, '06:00:00'],
    [2_958_465, '9999-12-31'],
  ])('%d of 1900 is %s', (serial, want) => expect(serialDate(serial, false)).toBe(want));

  test('those of 1904 begin 1,462 days later', () => {
    expect(serialDate(45_356 - 1462, true)).toBe('2024-03-05');
    expect(serialDate(-1, false)).toBe(null);
    expect(serialDate(2_958_466, false)).toBe(null);
  });

  test('a format is one of dates by what it shows, not by what it quotes', () => {
    const date = (pattern: string) => isDateFormat(200, pattern);
    for (const pattern of ['yyyy-mm-dd', '[$-409]d\\-mmm;@', 'h:mm AM/PM', 'dd/mm/yyyy;@', '[Red]m/d'])
      expect(date(pattern)).toBe(true);
    for (const pattern of ['General', '0.00', '#,##0 "days"', '0.0\\h', '[Red]0', '[h]:mm', '@', '0_d'])
      expect(date(pattern)).toBe(false);
    expect([14, 22, 0, 46].map((id) => isDateFormat(id, null))).toEqual([true, true, false, false]);
  });

  test('columns are counted in letters and back', () => {
    for (const place of [0, 25, 26, 701, 702, 16_383]) expect(columnOf(`${columnLetters(place)}7`)).toBe(place);
    expect([columnOf('A1'), columnOf('XFD1'), columnOf('7'), columnOf('')]).toEqual([0, 16_383, -1, -1]);
  });
});

describe('a workbook that is refused', () => {
  const refused = async (file: Uint8Array, limits?: WorkbookLimits) => (await read(file, limits)).stopped;
  const good = madeWorkbook({ sheets: [{ rows: HEADER + Array.from({ length: 500 }, (_, i) => line(i)).join('') }] });

  test('too many rows', async () => {
    expect(await refused(good, { rowsMax: 499 })).toContain('more than 499 rows');
    expect(await refused(good, { rowsMax: 500 })).toBe(null);
  });

  test('too large, by its own account and against it', async () => {
    expect(await refused(good, { unpackedMax: 20_000 })).toContain('larger than 20 kB');
    const liar = madeWorkbook({ sheets: [{ rows: HEADER + line(1, 'x'.repeat(900_000)) }], claims: { size: 10 } });
    expect(await refused(liar, { unpackedMax: 500_000 })).toContain('larger than 500 kB');
  });

  test('a bomb: 200 MB of blanks in 200 kB', async () => {
    const bomb = madeWorkbook({ sheets: [{ rows: `${HEADER}${' '.repeat(200_000_000)}` }], claims: { size: 1000 } });
    expect(bomb.length).toBeLessThan(250_000);
    const before = process.memoryUsage().rss;
    expect(await refused(bomb)).toContain('damaged');
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  test('locked, cut, damaged, empty', async () => {
    expect(await refused(madeWorkbook({ sheets: [{ rows: HEADER }], claims: { flags: 1 } }))).toContain('password');
    expect(() =>
      sniff(Buffer.concat([Buffer.of(0xd0, 0xcf, 0x11, 0xe0), Buffer.from('EncryptedPackage', 'utf16le')]), 'a'),
    ).toThrow('password');
    expect(await refused(good.subarray(0, good.length / 2))).toContain('damaged');
    expect(await refused(Buffer.from('PK'))).toContain('damaged');
    expect(await refused(madeZip([{ name: 'xl/a.xml', content: '' }]))).toContain('damaged');
  });

  test('what it gave before a mistake are whole rows', async () => {
    const broken = `${HEADER}${line(1)}${line(2)}<row><c><v>3</v></x></row>${line(4)}`;
    expect(await made(broken)).toMatchObject({ stopped: expect.stringContaining('damaged') });
  });

  test('a text that a million cells point to', async () => {
    const cell = '<c t="s"><v>0</v></c>';
    const rows = HEADER + Array.from({ length: 300 }, () => `<row>${cell.repeat(400)}</row>`).join('');
    const file = madeWorkbook({ sheets: [{ rows }], strings: [`<t>${'x'.repeat(32_000)}</t>`] });
    const { rows: read300, stopped } = await read(file, { writtenMax: 50e6 });
    expect(read300[0]).toEqual([3, 'The line is longer than 1 MB and was skipped.']);
    expect(stopped).toContain('repeats its texts');
  });

  test('rows and columns beyond the last ones', async () => {
    expect((await made(`${HEADER}<row r="1048577">${words('a')}</row>`)).stopped).toContain('damaged');
    expect((await made(`${HEADER}<row><c r="XFE1"><v>1</v></c></row>`)).stopped).toContain('damaged');
  });
});

describe('any change of a workbook', () => {
  const good = madeWorkbook({ sheets: [{ rows: HEADER + line(1) + line(2) }], strings: ['<t>a</t>'], styles: [14] });

  test('is read, or refused in words', async () => {
    const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(good.length), async (changes, cut) => {
        const file = Buffer.from(good);
        for (const [at, byte] of changes) file[at] = byte;
        await read(file);
        await read(file.subarray(0, cut));
      }),
      { numRuns: 300 },
    );
  });

  test('so is any XML in its place', async () => {
    const piece = fc.constantFrom(
      '<row>',
      '</row>',
      '<c>',
      '<c t="s">',
      '</c>',
      '<v>',
      '</v>',
      '1',
      '&#0;',
      '&x;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<!DOCTYPE a>',
      '<t>',
      '\0',
      '<c r="ZZ9"/>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        await made(HEADER + pieces.join('') + line(9));
      }),
      { numRuns: 300 },
    );
  });
});

test('its lines are the same however the reader gets them', async () => {
  const path = join(folder, 'same.xlsx');
  writeFileSync(
    path,
    madeWorkbook({ sheets: [{ rows: HEADER + Array.from({ length: 300 }, (_, i) => line(i)).join('') }] }),
  );
  const parts: Uint8Array[] = [];
  for await (const bytes of unpackWorkbook(path)) parts.push(bytes);
  const whole = Buffer.concat(parts);
  const want = await readingOf(readJsonl(inChunks(whole), LINES));
  const { row, after } = want.rows[99]!;
  expect(
    await readingOf(readJsonl(inChunks(whole.subarray(after), [7]), { ...LINES, fromByte: after, fromRow: row })),
  ).toEqual({
    rows: want.rows.slice(100),
    stopped: null,
  });
});
