import { createGzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Form, SNIFF_BYTES, sniff, unpack } from './index.ts';
import { inChunks, readingOf, rowsIn } from './made-chunks.ts';

const GZIP = { packed: 'gzip' } as const;

async function unpacked(file: Uint8Array, sizes: readonly number[] = [], options = {}) {
  const parts: Uint8Array[] = [];
  let stopped: string | null = null;
  try {
    for await (const bytes of unpack(inChunks(file, sizes), GZIP, options)) parts.push(Buffer.from(bytes));
  } catch (error) {
    if ((error as Error).name !== 'Unreadable') throw error;
    stopped = (error as Error).message;
  }
  return { text: Buffer.concat(parts).toString(), stopped };
}

const line = (i: number) => `${JSON.stringify({ id: i, text: `row ${i} ${Math.sin(i)}` })}\n`;
const text = Array.from({ length: 5000 }, (_, i) => line(i)).join('');
const packed = gzipSync(text);
const LINES: Form = { format: 'jsonl', delimiter: '', encoding: 'utf-8', lineEnd: '\n', packed: 'gzip' };

describe('a file packed with gzip', () => {
  test('gives what was packed, from any place on, however it is cut', async () => {
    for (const sizes of [[], [1], [8191], [8192], [8193], [70_000]]) {
      expect(await unpacked(packed, sizes)).toEqual({ text, stopped: null });
    }
    expect((await unpacked(packed, [999], { fromByte: 123_456 })).text).toBe(text.slice(123_456));
    expect((await unpacked(packed, [999], { fromByte: text.length })).text).toBe('');
  });

  test('of several members gives all, and does not mind zeros behind them', async () => {
    const members = Buffer.concat([gzipSync('a\n'), gzipSync(''), packed, gzipSync('b\n'), Buffer.alloc(600)]);
    expect(await unpacked(members, [7])).toEqual({ text: `a\n${text}b\n`, stopped: null });
  });

  test('with a name, a comment and more in its header is read', async () => {
    const bare = gzipSync('hello');
    const header = Buffer.from([0x1f, 0x8b, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]);
    const file = Buffer.concat([header, Buffer.from('name\0why\0'), Buffer.of(1, 2), bare.subarray(10)]);
    expect(await unpacked(file, [1])).toEqual({ text: 'hello', stopped: null });
  });

  test('cut anywhere gives its whole rows, and then says so', async () => {
    for (const length of [
      1,
      9,
      10,
      17,
      1000,
      packed.length >> 1,
      packed.length - 9,
      packed.length - 8,
      packed.length - 1,
    ]) {
      const { rows, stopped } = await readingOf(rowsIn(packed.subarray(0, length), LINES));
      expect(stopped).toContain('ends in the middle');
      expect(rows.every((row) => row.kind === 'row' && line(row.row - 1) === `${JSON.stringify(row.cells)}\n`)).toBe(
        true,
      );
      if (length >= packed.length - 9) expect(rows.length).toBe(5000);
      if (length === packed.length >> 1) expect(rows.length).toBeGreaterThan(2000);
    }
  });

  test('with a wrong check sum gives everything, and then says so', async () => {
    for (const at of [8, 4]) {
      const wrong = Buffer.from(packed);
      wrong[wrong.length - at]! ^= 1;
      const { text: read, stopped } = await unpacked(wrong);
      expect(read).toBe(text);
      expect(stopped).toContain('damaged');
    }
  });

  test('with something else behind it gives what was packed, and then says so', async () => {
    expect(await unpacked(Buffer.concat([packed, Buffer.from('id,text')]))).toEqual({
      text,
      stopped: expect.stringContaining('something that is not gzip'),
    });
    expect((await unpacked(Buffer.from('id,text'))).stopped).toBe('The file is not packed with gzip.');
  });

  test('that unpacks to more than is allowed is stopped there', async () => {
    const { text: read, stopped } = await unpacked(packed, [], { bytesMax: 100_000 });
    expect(read.length).toBeLessThanOrEqual(100_000);
    expect(stopped).toContain('larger than 100 kB');
  });

  test('a bomb of 10 GB is stopped in flat memory', async () => {
    const before = process.memoryUsage().rss;
    let peak = 0;
    let read = 0;
    const run = async () => {
      for await (const bytes of unpack(zeros(10_240), GZIP)) {
        read += bytes.length;
        peak = Math.max(peak, process.memoryUsage().rss);
      }
    };
    await expect(run()).rejects.toThrow('1,000 times its size');
    expect(read).toBeLessThan(120 * 1024 ** 2);
    expect(peak - before).toBeLessThan(200e6);
  });

  test('whoever stops reading lets go of the file', async () => {
    let closed = false;
    async function* file() {
      try {
        yield* inChunks(packed, [100]);
      } finally {
        closed = true;
      }
    }
    for await (const _ of unpack(file(), GZIP)) break;
    expect(closed).toBe(true);
  });
});

/** So many MB of zeros, packed as they are asked for. */
async function* zeros(megabytes: number): AsyncGenerator<Uint8Array> {
  const packer = createGzip();
  const one = Buffer.alloc(1024 ** 2);
  let written = 0;
  const more = () => {
    while (written < megabytes && packer.write(one)) written += 1;
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

describe('what is in a packed file', () => {
  const head = (file: Uint8Array) => sniff(file.subarray(0, SNIFF_BYTES), 'a.gz');

  test('is told as if it were not packed', () => {
    expect(head(packed)).toEqual({ ...LINES, list: false });
    expect(head(gzipSync('a;b\n1;2\n'))).toMatchObject({ format: 'csv', delimiter: ';', packed: 'gzip' });
    expect(head(gzipSync(Buffer.from('\uFEFFa\tb\n1\t2\n', 'utf16le')))).toMatchObject({
      format: 'tsv',
      encoding: 'utf-16le',
    });
    expect(head(Buffer.concat([gzipSync('a|b\n'), gzipSync('1|2\n')]))).toMatchObject({ delimiter: '|' });
    expect(sniff(gzipSync('a\nb\n'), 'a.tsv.gz').format).toBe('tsv');
  });

  test('is told of half a file, and of a bomb in little memory', () => {
    expect(head(packed.subarray(0, 300))).toMatchObject({ format: 'jsonl' });
    const bomb = gzipSync(Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(50e6, 'a,b\n')]));
    expect(head(bomb)).toMatchObject({ format: 'csv', packed: 'gzip' });
  });

  test.each([
    ['gzip', gzipSync(gzipSync('a')), 'twice'],
    ['nothing', gzipSync(''), 'empty'],
    ['a zip', gzipSync('PK\u0003\u0004'), 'zip'],
    ['damage', Buffer.concat([gzipSync('a').subarray(0, 10), Buffer.alloc(99, 0xff)]), 'damaged'],
  ])('%s in it is refused in words', (_, file, words) => expect(() => head(file)).toThrow(words));
});

test('any change of a packed file is read as far as it goes, or refused in words', async () => {
  const small = gzipSync(text.slice(0, 3000));
  const change = fc.tuple(fc.nat(small.length - 1), fc.integer({ min: 0, max: 255 }));
  const sizes = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), fc.nat(small.length), sizes, async (changes, cut, sizes) => {
      const file = Buffer.from(small);
      for (const [at, byte] of changes) file[at] = byte;
      const want = await unpacked(file.subarray(0, cut));
      expect((await unpacked(file.subarray(0, cut), sizes)).stopped === null).toBe(want.stopped === null);
      if (changes.length === 0) expect(text.startsWith(want.text)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
