import { expect, test } from 'vitest';
import { indexWords, inTsQuery, soughtBeginning, soughtPhrase, soughtWord } from './search-words.ts';

test('characters of scripts without spaces are taken apart, others are left', () => {
  expect(indexWords('plain words, größer')).toBeNull();
  expect(indexWords('Chromeが落ちる')?.split(/\s+/).filter(Boolean)).toEqual(['Chrome', 'が', '落', 'ち', 'る']);
});

test.each([
  ['login', [{ as: 'phrase', text: 'login' }]],
  ['wi-fi', [{ as: 'phrase', text: 'wi-fi' }]],
  ['落ちる', [{ as: 'phrase', text: '落 ち る' }]],
  [
    'Chromeが落ちる',
    [
      { as: 'phrase', text: 'Chrome' },
      { as: 'phrase', text: 'が 落 ち る' },
    ],
  ],
  ['a\0b\ud800', [{ as: 'phrase', text: 'a b\ufffd' }]],
])('%j', (said, want) => {
  expect(soughtWord(said)).toEqual(want);
});

test('phrases and beginnings', () => {
  expect(soughtPhrase('app 落ちる').text.split(/\s+/).filter(Boolean)).toEqual(['app', '落', 'ち', 'る']);
  expect(soughtBeginning('cra')).toEqual([{ as: 'beginning', text: 'cra' }]);
  expect(soughtBeginning('落ち')).toEqual([{ as: 'phrase', text: '落 ち' }]);
});

test('what a person typed cannot leave its quotation marks', () => {
  expect(inTsQuery("don't \\ | x", true)).toBe("'don''t \\\\ | x':*");
});
