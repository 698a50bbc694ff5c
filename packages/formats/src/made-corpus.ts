/** Files as nobody should send them, small enough to be changed and read a thousand times a second. Made, not kept. */
import { gzipSync } from 'node:zlib';
import { madeWorkbook } from './made-zip.ts';

export interface NastyFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const HOSTILE = [
  '=1+1',
  '+SUM(A1)',
  '@cmd',
  '-2',
  'NUL \0 in it',
  '\uD800 lone',
  '\u202Eright to left',
  '""',
  '"open',
  'a,b;c\td|e',
  "'",
  '\\"',
  '1970-01-01',
  '2999-01-01',
  '03/04/2024',
  '99999999999999999999',
  '<script>',
  '{"a":1}',
  'ä先支😀',
  ' ',
  '',
  '\r',
  '\u2028',
];

const csv = (delimiter: string, lineEnd: string): string =>
  [
    ['id', 'ts', 'text', 'text', '', '__proto__'],
    ...HOSTILE.map((text, i) => [`${i}`, '2024-03-05', `"${text.replaceAll('"', '""')}"`, text, 'x', '1']),
  ]
    .map((row) => row.join(delimiter))
    .join(lineEnd);

const objects = HOSTILE.map((text, id) => ({
  id,
  ts: 1_709_633_472,
  text,
  nested: { a: { b: { c: [1, { d: text }] } } },
  tags: [text, 'b'],
}));
const lines = objects.map((one) => JSON.stringify(one)).join('\n');
const broken = `${lines}\n{"id":\n[1]\nnull\n"x"\n{"a":${'['.repeat(300)}\n{"__proto__":{"x":1},"constructor":2}\n`;

const cells = HOSTILE.map(
  (text) => `<c t="inlineStr"><is><t>${text.toWellFormed().replace(/[\0&<]/g, '')}</t></is></c>`,
);
const workbook = madeWorkbook({
  sheets: [
    { rows: '<row/>' },
    {
      rows: `<row>${cells.join('')}</row>${`<row>${cells.join('')}<c s="0"><v>45356.5</v></c><c t="s"><v>0</v></c><c t="e"><v>#N/A</v></c><c><f>1</f></c></row>`.repeat(5)}`,
    },
  ],
  strings: ['<t>one</t>', '<r><t>two</t></r>'],
  styles: ['yyyy', 14],
});

/** Every format, every encoding, right and wrong. */
export const CORPUS: readonly NastyFile[] = Object.entries({
  'comma.csv': Buffer.from(csv(',', '\r\n')),
  'semicolon.csv': Buffer.from(csv(';', '\n')),
  'tab.tsv': Buffer.from(`\uFEFF${csv('\t', '\n')}`),
  'mac.csv': Buffer.from(csv(',', '\r')),
  'wide.csv': Buffer.from(`\uFEFF${csv(',', '\n')}`, 'utf16le'),
  'wide-big.csv': Buffer.from(csv(',', '\n'), 'utf16le').swap16(),
  'latin.csv': Buffer.from('id,text\n1,größer\n2,"schön\n3,é"\n', 'latin1'),
  'japanese.csv': Buffer.from(
    'id,text\n1,\x90\xe6\x8fT\x82\xcc\x8ex\x95\xa5\x82\xa2\x82\xaa\x82\xdc\x82\xbe\n',
    'latin1',
  ),
  'lines.jsonl': Buffer.from(broken),
  'wide.jsonl': Buffer.from(lines, 'utf16le'),
  'list.json': Buffer.from(JSON.stringify(objects)),
  'tall.json': Buffer.from(`{"count":2,"tickets":${JSON.stringify(objects, null, 2)},"next":null}`),
  'cut.json': Buffer.from(JSON.stringify(objects).slice(0, -40)),
  'lines.jsonl.gz': gzipSync(broken),
  'members.csv.gz': Buffer.concat([
    gzipSync(csv(',', '\n')),
    gzipSync(''),
    gzipSync('\n1,2,3,4,5,6\n'),
    Buffer.alloc(20),
  ]),
  'half.jsonl.gz': gzipSync(broken).subarray(0, 400),
  'alike.csv.gz': gzipSync(Buffer.alloc(6000, 'a,b\n')),
  'book.xlsx': workbook,
  'half.xlsx': workbook.subarray(0, workbook.length >> 1),
  'empty.csv': Buffer.alloc(0),
}).map(([name, bytes]) => ({ name, bytes }));
