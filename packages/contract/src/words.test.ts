import { expect, test } from 'vitest';
import { lineOf, Words } from './words.ts';

test.each(['App Store', 'Größe 5 %', '名前', '👍', 'متجر'])('"%s" is a name', (name) => {
  expect(lineOf(20).parse(` ${name} `)).toBe(name);
});

test.each(['', '   ', 'a\u0000b', 'two\nlines', 'gpj\u202egnp', 'a\u2067b', '\u200b', 'x'.repeat(21)])(
  '%j is none',
  (name) => {
    expect(lineOf(20).safeParse(name).success).toBe(false);
  },
);

test('words may have lines and anything but NUL', () => {
  expect(Words.parse('a\n\tb')).toBe('a\n\tb');
  expect(Words.safeParse('a\u0000').success).toBe(false);
});
