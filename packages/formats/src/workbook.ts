/** Excel workbooks (.xlsx): the first visible sheet that has rows, as JSON Lines. */
import { posix } from 'node:path';
import { Unreadable } from './unreadable.ts';
import { type Book, isDateFormat, unescaped } from './workbook-cells.ts';
import { NO_ROWS, SheetLines } from './workbook-sheet.ts';
import { readWholeXml, readXml } from './workbook-xml.ts';
import { damagedWorkbook, openZip, plainPath, readEntry, type Zip } from './zip.ts';

export interface WorkbookLimits {
  /** Bytes of the parts that are read, unpacked. Kept to while unpacking: what the archive says of itself may be a lie. */
  readonly unpackedMax?: number;
  readonly rowsMax?: number;
  /** Characters of what comes out: one text may stand in many cells, so that the size of the file is no bound. */
  readonly writtenMax?: number;
}

const UNPACKED_MAX = 100 * 1000 ** 2;
const ROWS_MAX = 200_000;
const WRITTEN_MAX = 1000 ** 3;

/**
 * The rows of a workbook as JSON Lines for `readJsonl`: line n is row n of the sheet, so that a fault names the row that
 * a person sees. The header and empty rows are blank lines. Dates are ISO 8601 without a zone, errors and formulas that
 * were never calculated are left out, as are empty cells. Hidden sheets are passed over, hidden rows are not.
 *
 * The file is streamed: only its table of texts is held. A workbook that is refused may have given rows before.
 *
 * @param path where the whole file lies; its directory stands at its end, so that a stream would not do
 * @throws Unreadable when it is damaged, locked, too large or has no rows; the message says what to do
 * @example
 * for await (const row of readJsonl(unpackWorkbook('a.xlsx'), { encoding: 'utf-8', lineEnd: '\n' })) …
 */
export async function* unpackWorkbook(path: string, limits: WorkbookLimits = {}): AsyncGenerator<Uint8Array> {
  const { unpackedMax = UNPACKED_MAX, rowsMax = ROWS_MAX, writtenMax = WRITTEN_MAX } = limits;
  const zip = await openZip(path, unpackedMax);
  try {
    const book = await readBook(zip);
    for (const sheet of book.sheets) {
      const lines = new SheetLines(book, { rowsMax, writtenMax });
      for await (const _ of readXml(readEntry(zip, sheet), lines)) {
        const bytes = lines.take();
        if (bytes.length > 0) yield bytes;
      }
      const found = lines.end();
      const rest = lines.take();
      if (rest.length > 0) yield rest;
      if (found) return;
    }
    throw new Unreadable(NO_ROWS);
  } finally {
    await zip.file.close();
  }
}

interface WholeBook extends Book {
  /** Paths of the visible sheets, in the order of their tabs. */
  readonly sheets: readonly string[];
}

type Links = ReadonlyMap<string, { readonly kind: string; readonly path: string }>;

async function readBook(zip: Zip): Promise<WholeBook> {
  const main = pathOf(await readLinks(zip, ''), 'officeDocument') ?? 'xl/workbook.xml';
  if (!zip.entries.has(plainPath(main))) throw damagedWorkbook();
  const links = await readLinks(zip, main);
  const { is1904, sheets } = await readTabs(zip, main);
  const paths = sheets.flatMap((id) => (links.get(id)?.kind === 'worksheet' ? [links.get(id)!.path] : []));
  const dates = await readDates(zip, pathOf(links, 'styles'));
  return { is1904, sheets: paths, dates, strings: await readStrings(zip, pathOf(links, 'sharedStrings')) };
}

const pathOf = (links: Links, kind: string) => [...links.values()].find((link) => link.kind === kind)?.path;

/** What a part of the workbook points to, by id. */
async function readLinks(zip: Zip, part: string): Promise<Links> {
  const folder = posix.dirname(part);
  const links = new Map<string, { kind: string; path: string }>();
  await readWholeXml(readEntry(zip, posix.join(folder, '_rels', `${posix.basename(part)}.rels`)), {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id = '', Type = '', Target = '', TargetMode } = attributes();
      if (TargetMode === 'External') return;
      links.set(Id, { kind: posix.basename(Type), path: posix.resolve('/', folder, Target) });
    },
  });
  return links;
}

async function readTabs(zip: Zip, main: string): Promise<{ is1904: boolean; sheets: string[] }> {
  const found = { is1904: false, sheets: [] as string[] };
  await readWholeXml(readEntry(zip, main), {
    open(name, attributes) {
      if (name === 'workbookPr') found.is1904 = /^(1|true)$/.test(attributes().date1904 ?? '');
      if (name !== 'sheet') return;
      const said = attributes();
      const id = Object.entries(said).find(([key]) => key.endsWith(':id'))?.[1];
      if (id && !/hidden/i.test(said.state ?? '')) found.sheets.push(id);
    },
  });
  return found;
}

/** Per style of a cell: whether it shows a date. */
async function readDates(zip: Zip, path: string | undefined): Promise<boolean[]> {
  const patterns = new Map<number, string>();
  const dates: boolean[] = [];
  let inside = false;
  if (!path) return dates;
  await readWholeXml(readEntry(zip, path), {
    open(name, attributes) {
      if (name === 'cellXfs') inside = true;
      else if (name === 'numFmt') patterns.set(Number(attributes().numFmtId), attributes().formatCode ?? '');
      else if (name === 'xf' && inside) {
        const id = Number(attributes().numFmtId ?? 0);
        dates.push(isDateFormat(id, patterns.get(id) ?? null));
      }
    },
    close(name) {
      if (name === 'cellXfs') inside = false;
    },
  });
  return dates;
}

/** The table of texts. Runs of one text with several fonts are one text; how it is pronounced is left out. */
async function readStrings(zip: Zip, path: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!path) return strings;
  let words = '';
  let hearing = false;
  let spoken = false;
  await readWholeXml(readEntry(zip, path), {
    open(name) {
      if (name === 'si') words = '';
      else if (name === 'rPh') spoken = true;
      else if (name === 't') hearing = !spoken;
    },
    text(part) {
      if (hearing) words += part;
    },
    close(name) {
      if (name === 't') hearing = false;
      else if (name === 'rPh') spoken = false;
      else if (name === 'si') strings.push(unescaped(words));
    },
  });
  return strings;
}
