/** The vector that intake makes of a plain text is the one that PostgreSQL would have made. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { plainVector } from './search-words.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ slices: [] });
});
afterAll(() => house.close());

/** Those of the texts that are not plain are left out. */
async function expectSame(texts: readonly string[]): Promise<number> {
  const plain = texts.flatMap((text) => {
    const vector = plainVector(text);
    return vector === null ? [] : [{ text, vector }];
  });
  const { rows } = await house.owner.query(
    `select text, vector::tsvector::text as ours, to_tsvector('simple', text)::text as theirs
       from unnest($1::text[], $2::text[]) as t (text, vector)
      where vector::tsvector is distinct from to_tsvector('simple', text)`,
    [plain.map(({ text }) => text), plain.map(({ vector }) => vector)],
  );
  expect(rows).toEqual([]);
  return plain.length;
}

test('for what people write', async () => {
  const said = [
    'The app crashes every time I open it, since version 7 please FIX!!! It is new. Bye.',
    'I paid 50, got 0, why? (no answer)\nsecond line: "stuck" at 99',
    'a a a A b',
    '',
    ' ! ',
  ];
  expect(await expectSame(said)).toBe(5);
});

test.each([
  '7.3.0',
  'a.b',
  '...',
  'a...',
  '5.',
  'wi-fi',
  'x@y.de',
  'a/b',
  '-5',
  '5%',
  'héllo',
  "don't",
  'v7',
  '1e5',
  '&amp;',
  '<b>',
  'x:y',
])('not for %j, which only PostgreSQL reads rightly', (text) => expect(plainVector(`so ${text} it is`)).toBeNull());

test('for whatever else is plain', { timeout: 60_000 }, async () => {
  const letters = fc.constantFrom(...'abXY019.,:;!?()"\n\t  '.split(''));
  const words = fc.constantFrom(
    'crash',
    'the',
    'e',
    '5',
    '12',
    'A',
    '.',
    ',',
    ' ',
    '...',
    '!',
    '(',
    ')',
    '"',
    ': ',
    '\n',
    ' ',
  );
  const text = fc.oneof(
    fc.string({ unit: letters, maxLength: 30 }),
    fc.array(words, { maxLength: 25 }).map((w) => w.join('')),
  );
  let plain = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 100, maxLength: 100 }), async (texts) => {
      plain += await expectSame(texts);
    }),
    { numRuns: 40 },
  );
  expect(plain).toBeGreaterThan(500);
});

test('a long text that is not plain is known as such at once', () => {
  const began = performance.now();
  for (let i = 0; i < 200; i++) expect(plainVector(`${'abc '.repeat(120)}7.3`)).toBeNull();
  for (let i = 0; i < 200; i++) expect(plainVector(`${'a'.repeat(480)}%`)).toBeNull();
  expect(performance.now() - began).toBeLessThan(1_000);
});
