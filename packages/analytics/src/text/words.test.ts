import { expect, test } from 'vitest';
import { featuresOf, stemOf } from './features.ts';
import { logOdds } from './log-odds.ts';
import { hamming, simhash } from './simhash.ts';
import { wordsOf } from './words.ts';

test('keeps what names the trouble and drops what names a person', () => {
  expect(wordsOf('Error E-403 in 7.1.0, see https://x.example/a?b=1 or me@x.example, order 123456789')).toEqual([
    'error',
    'e-403',
    'in',
    '7.1.0',
    'see',
    'urlclass',
    'or',
    'mailclass',
    'order',
    'longnumber',
  ]);
});

test('full-width letters, capitals and contractions meet their plain forms', () => {
  expect(wordsOf('ＡＰＰ doesn’t LOAD')).toEqual(['app', 'doesnt', 'load']);
});

test('cuts scripts written without spaces', () => {
  expect(wordsOf('无法登录账户').length).toBeGreaterThan(1);
  expect(wordsOf('แอปเปิดไม่ได้').length).toBeGreaterThan(1);
});

test('nothing in, nothing out', () => {
  expect(wordsOf('')).toEqual([]);
  expect(wordsOf('🙂 !!!')).toEqual([]);
  expect(featuresOf('', 96).stems).toBe(0);
});

test('a giant text is cut, not choked on', () => {
  expect(wordsOf('word '.repeat(100_000)).length).toBeLessThanOrEqual(400);
  expect(featuresOf('some other word here '.repeat(500), 96).terms.length).toBeLessThanOrEqual(96);
});

test('forms of a word share their stem', () => {
  expect(stemOf('delivery')).toBe(stemOf('delivered'));
  expect(stemOf('card')).toBe('card');
});

test('copies with a word changed have near fingerprints, other texts far ones', () => {
  const print = (text: string) => simhash(featuresOf(text, 96).terms);
  const text = 'join my channel now and win a brand new phone today for free without any risk';
  expect(hamming(print(text), print(text))).toBe(0);
  expect(hamming(print(text), print(text.replace('brand', 'big')))).toBeLessThan(9);
  const others = [
    'my card was declined twice',
    'where is the refund',
    'dark theme is hard to read',
    'need an invoice for march',
  ];
  const far = others.map((other) => hamming(print(text), print(other)));
  expect(far.reduce((a, b) => a + b) / far.length).toBeGreaterThan(10); // 16 of 32 bits by chance
  expect(hamming(0b1011, 0b0010)).toBe(2);
  expect(hamming(-1, 0)).toBe(32);
});

test('a word of the group that the stream rarely uses is the telling one', () => {
  expect(logOdds(8, 10, 20, 1000).difference).toBeGreaterThan(logOdds(8, 10, 500, 1000).difference);
  expect(Math.abs(logOdds(50, 100, 500, 1000).difference)).toBeLessThan(0.1); // as frequent inside as outside: says nothing
});
