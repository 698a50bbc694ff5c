/** Zip archives and workbooks put together by hand, right and wrong ones: for tests and for the long fuzz run. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface MadeEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the directory claims, where it lies. */
  readonly claims?: {
    readonly size?: number;
    readonly packed?: number;
    readonly flags?: number;
    readonly method?: number;
  };
  readonly stored?: boolean;
}

/**
 * A zip archive, true where nothing else is asked for.
 * @example
 * madeZip([{ name: 'a.txt', content: 'hello' }]);
 */
export function madeZip(entries: readonly MadeEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims = {}, stored = false } of entries) {
    const bytes = Buffer.from(content as string);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const named = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(claims.flags ?? 0x800, 2);
    facts.writeUInt16LE(claims.method ?? (stored ? 0 : 8), 4);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(claims.packed ?? packed.length, 14);
    facts.writeUInt32LE(claims.size ?? bytes.length, 18);
    facts.writeUInt16LE(named.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), facts, named, packed);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), facts, tail, named);
    at += 30 + named.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, list, end]);
}

export interface MadeWorkbook {
  /** XML of the rows of each sheet: `<row r="1">…</row>`. */
  readonly sheets: readonly { readonly rows: string; readonly state?: 'hidden' | 'veryHidden' }[];
  readonly strings?: readonly string[];
  /** Number formats of the styles, in order: an id, or a pattern. */
  readonly styles?: readonly (number | string)[];
  readonly date1904?: boolean;
  readonly claims?: MadeEntry['claims'];
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A workbook as Excel lays it out.
 * @example
 * madeWorkbook({ sheets: [{ rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }] });
 */
export function madeWorkbook({ sheets, strings = [], styles = [], date1904, claims }: MadeWorkbook): Buffer {
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${DOCUMENT}/${kind}" Target="${target}"/>`;
  const listed = sheets
    .map(({ state }, i) => `<sheet name="S${i}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i}"/>`)
    .join('');
  const patterns = styles.map((style, i) =>
    typeof style === 'string' ? `<numFmt numFmtId="${200 + i}" formatCode="${style}"/>` : '',
  );
  const looks = styles.map((style, i) => `<xf numFmtId="${typeof style === 'string' ? 200 + i : style}"/>`);
  const entry = (name: string, content: string): MadeEntry => ({ name, content: HEAD + content });
  return madeZip([
    entry('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    entry(
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}">${relation('r', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ),
    entry(
      'xl/workbook.xml',
      `<workbook ${MAIN} xmlns:r="${DOCUMENT}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed}</sheets></workbook>`,
    ),
    entry(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}">${sheets.map((_, i) => relation(`rId${i}`, 'worksheet', `worksheets/sheet${i}.xml`)).join('')}${relation('rIdS', 'styles', 'styles.xml')}${relation('rIdT', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    ),
    entry(
      'xl/styles.xml',
      `<styleSheet ${MAIN}><numFmts>${patterns.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${looks.join('')}</cellXfs></styleSheet>`,
    ),
    entry('xl/sharedStrings.xml', `<sst ${MAIN}>${strings.map((one) => `<si>${one}</si>`).join('')}</sst>`),
    ...sheets.map(({ rows }, i) => ({
      ...entry(
        `xl/worksheets/sheet${i}.xml`,
        `<worksheet ${MAIN}><dimension ref="A1:Z9"/><sheetData>${rows}</sheetData></worksheet>`,
      ),
      claims,
    })),
  ]);
}
