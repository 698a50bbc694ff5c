import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { openFiles } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'groundswell-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const files = openFiles(join(folder, 'files'));
const from = (text: string) => Readable.from([Buffer.from(text)]);

test('what is put comes back whole, under the name of its content, once', async () => {
  const text = 'signals\n'.repeat(10_000);
  const stored = await files.put(from(text), { maxBytes: 1e6 });
  expect(stored).toEqual({ sha256: createHash('sha256').update(text).digest('hex'), bytes: text.length });
  expect((await buffer(files.open(stored.sha256))).toString()).toBe(text);
  expect(await files.put(from(text), { maxBytes: 1e6 })).toEqual(stored);

  await files.remove(stored.sha256);
  expect(existsSync(files.path(stored.sha256))).toBe(false);
  await files.remove(stored.sha256); // gone is gone
});

test('what is too large, or breaks off, leaves nothing', async () => {
  const names = () =>
    readdirSync(join(folder, 'files'), { recursive: true }).filter((name) => String(name).includes('.part'));
  await expect(files.put(from('too long'), { maxBytes: 3 })).rejects.toMatchObject({ code: 'request.too_large' });
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('the sender went away');
    })(),
  );
  await expect(files.put(broken, { maxBytes: 100 })).rejects.toThrow('went away');
  expect(names()).toEqual([]);
});

test('a name that is no content name opens nothing', () => {
  for (const name of ['../secret', '', 'a'.repeat(63), `${'a'.repeat(63)}/`])
    expect(() => files.open(name)).toThrow('not the name');
});
