/**
 * `node tools/bench/formats-fuzz.ts [minutes] [seed]`: changes the corpus of nasty files at random and reads each as the
 * server would; then times the readers over generated streams, a 2 GB line and a bomb among them. Every file that breaks
 * a promise is kept beside the temporary files, and named.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip, gzipSync } from 'node:zlib';
import { type RowOrFault, readCsv, readJsonl, unpack, unpackWorkbook } from '../../packages/formats/src/index.ts';
import { CORPUS } from '../../packages/formats/src/made-corpus.ts';
import { checkFile } from '../../packages/formats/src/made-fuzz.ts';
import { madeWorkbook } from '../../packages/formats/src/made-zip.ts';

const minutes = Number(process.argv[2] ?? 1);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const folder = mkdtempSync(join(tmpdir(), 'formats-fuzz-'));

/** Mulberry32: so that a seed makes the same run again. */
let state = seed;
function below(most: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let x = Math.imul(state ^ (state >>> 15), 1 | state);
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
  return ((x ^ (x >>> 14)) >>> 0) % Math.max(1, most);
}

const PIECES = [
  '"',
  '""',
  ',',
  ';',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\0',
  '{',
  '}',
  '[',
  ']',
  '\\',
  ':',
  '\uFEFF',
  '\uD83D',
  'PK\u0003\u0004',
  '\x1f\x8b\x08',
  '9'.repeat(400),
  '['.repeat(3000),
  'x'.repeat(70_000),
].map((one) => Buffer.from(one));

function changed(original: Buffer): Buffer {
  let file = Buffer.from(original);
  for (let n = 1 + below(6); n > 0 && file.length > 0; n--) {
    const at = below(file.length);
    const end = Math.min(file.length, at + 1 + below(1 + below(200)));
    const what = below(6);
    if (what === 0) file[at] = below(256);
    else if (what === 1) file[at]! ^= 1 << below(8);
    else if (what === 2) file = Buffer.concat([file.subarray(0, at), file.subarray(end)]);
    else if (what === 3) file = Buffer.concat([file.subarray(0, end), file.subarray(at)]);
    else if (what === 4) file = Buffer.concat([file.subarray(0, at), PIECES[below(PIECES.length)]!, file.subarray(at)]);
    else file = file.subarray(0, Math.max(at, 1));
  }
  return below(12) === 0 ? gzipSync(file) : file;
}

async function fuzz(): Promise<boolean> {
  const until = performance.now() + minutes * 60_000;
  const path = join(folder, 'file');
  const done = { runs: 0, refused: 0, rows: 0, broken: 0, slowestMs: 0, peak: 0 };
  while (performance.now() < until) {
    const { name, bytes: original } = CORPUS[below(CORPUS.length)]!;
    const bytes = changed(original);
    if (name.endsWith('.xlsx')) writeFileSync(path, bytes);
    const began = performance.now();
    try {
      const rows = await checkFile({ name, bytes }, { path, sizes: [1 + below(50), 1 + below(5000)] });
      if (rows < 0) done.refused += 1;
      else done.rows += rows;
    } catch (error) {
      done.broken += 1;
      const kept = join(tmpdir(), `formats-fuzz-${seed}-${done.runs}-${name}`);
      writeFileSync(kept, bytes);
      console.log(`${kept}: ${(error as Error).stack?.slice(0, 400)}`);
    }
    done.runs += 1;
    done.slowestMs = Math.max(done.slowestMs, performance.now() - began);
    if (done.runs % 50 === 0) done.peak = Math.max(done.peak, process.memoryUsage().rss);
  }
  console.log(
    `fuzz, seed ${seed}, ${minutes} min: ${done.runs} files, ${done.refused} refused in words, ${done.rows} rows, ${done.broken} broken promises; slowest file ${done.slowestMs.toFixed(0)} ms, peak ${mb(done.peak)}`,
  );
  return done.broken === 0;
}

const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

async function timed(what: string, rows: AsyncIterable<RowOrFault>): Promise<void> {
  const began = performance.now();
  const before = process.memoryUsage().rss;
  let count = 0;
  let peak = before;
  let stopped = '';
  try {
    for await (const _ of rows) if (++count % 5000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  } catch (error) {
    stopped = `; ${(error as Error).message.slice(0, 60)} …`;
  }
  const seconds = (performance.now() - began) / 1000;
  peak = Math.max(peak, process.memoryUsage().rss);
  const perSecond = Math.round(count / seconds).toLocaleString('en-US');
  console.log(
    `${what}: ${count} rows in ${seconds.toFixed(1)} s, ${perSecond} rows/s, ${mb(peak - before)} above ${mb(before)}${stopped}`,
  );
}

const WORDS = 'The payout of last week did not arrive and nobody answers, although the app says that it was sent';

async function* lines(count: number, line: (i: number) => string, head = '', tail = ''): AsyncGenerator<Buffer> {
  if (head) yield Buffer.from(head);
  for (let i = 0; i < count; i += 500) {
    yield Buffer.from(Array.from({ length: Math.min(500, count - i) }, (_, n) => line(i + n)).join(''));
  }
  if (tail) yield Buffer.from(tail);
}

const object = (i: number) =>
  `{"id":${i},"ts":"2024-03-05T10:11:12Z","text":"${WORDS}","rating":${1 + (i % 5)},"country":"BR"}`;
const record = (i: number) => `${i},2024-03-05T10:11:12Z,"${WORDS}, ""again""",${1 + (i % 5)},BR\n`;
const FORM = { encoding: 'utf-8', lineEnd: '\n' } as const;
const HEADER = 'id,ts,text,rating,country\n';

async function* longLine(megabytes: number): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(1024 ** 2, 'x');
  yield Buffer.from('{"id":1}\n{"id":"');
  for (let i = 0; i < megabytes; i++) yield piece;
  yield Buffer.from('"}\n{"id":3}\n');
}

async function* bomb(megabytes: number): AsyncGenerator<Buffer> {
  const packer = createGzip();
  const piece = Buffer.alloc(1024 ** 2);
  let written = 0;
  const more = () => {
    while (written < megabytes && packer.write(piece)) written += 1;
    if (written >= megabytes) packer.end();
  };
  packer.on('drain', more);
  more();
  try {
    yield* packer;
  } finally {
    packer.destroy();
  }
}

function writeWorkbook(path: string, rows: number): void {
  const cell = (i: number) =>
    `<row r="${i + 2}"><c r="A${i + 2}"><v>${i}</v></c><c r="B${i + 2}" s="0"><v>${45_000 + i / 1000}</v></c><c r="C${i + 2}" t="s"><v>${i}</v></c><c r="D${i + 2}"><v>${1 + (i % 5)}</v></c></row>`;
  const names = ['id', 'ts', 'text', 'rating'].map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('');
  const strings = Array.from(
    { length: rows },
    (_, i) => `<t>${WORDS}, case ${i}, and so much more that it fills a cell</t>`,
  );
  const sheet = `<row r="1">${names}</row>${Array.from({ length: rows }, (_, i) => cell(i)).join('')}`;
  const claimed = sheet.length + strings.join('').length + strings.length * 9;
  console.log(`workbook: ${rows} rows, ${mb(claimed)} unpacked`);
  writeFileSync(path, madeWorkbook({ sheets: [{ rows: sheet }], strings, styles: [22] }));
}

async function speeds(): Promise<void> {
  const many = 500_000;
  await timed('CSV', readCsv(lines(many, record, HEADER), { ...FORM, delimiter: ',' }));
  await timed(
    'JSON Lines',
    readJsonl(
      lines(many, (i) => `${object(i)}\n`),
      FORM,
    ),
  );
  await timed(
    'JSON list',
    readJsonl(
      lines(many, (i) => `${i ? ',' : ''}${object(i)}`, '[', ']'),
      { ...FORM, list: true },
    ),
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of lines(many, record, HEADER)) pieces.push(piece);
  const file = gzipSync(Buffer.concat(pieces));
  async function* chunks() {
    for (let i = 0; i < file.length; i += 65_536) yield file.subarray(i, i + 65_536);
  }
  await timed('CSV in gzip', readCsv(unpack(chunks(), { packed: 'gzip' }), { ...FORM, delimiter: ',' }));
  const path = join(folder, 'book.xlsx');
  writeWorkbook(path, 190_000);
  await timed('workbook', readJsonl(unpackWorkbook(path, { unpackedMax: 1e9 }), FORM));
  await timed('a line of 2 GB', readJsonl(longLine(2048), FORM));
  await timed('a bomb of 10 GB', readJsonl(unpack(bomb(10_240), { packed: 'gzip' }), FORM));
}

try {
  await speeds();
  if (!(await fuzz())) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
