import { expect, test } from 'vitest';
import { indexWords, readSearch } from './search-words.ts';

test('characters of scripts without spaces are taken apart, others are left', () => {
  expect(indexWords('plain words, größer')).toBeNull();
  expect(indexWords('Chromeが落ちる')?.split(/\s+/).filter(Boolean)).toEqual(['Chrome', 'が', '落', 'ち', 'る']);
});

test.each([
  ['login cra', { rest: 'login', begun: 'cra', joinedBy: '&&' }],
  ['cra', { rest: '', begun: 'cra', joinedBy: '&&' }],
  ['login or cra', { rest: 'login', begun: 'cra', joinedBy: '||' }],
  ['login or', { rest: 'login or', begun: null, joinedBy: '&&' }],
  ['login -cra', { rest: 'login -cra', begun: null, joinedBy: '&&' }],
  ['"login cra', { rest: '"login cra', begun: null, joinedBy: '&&' }],
  ['"login crash"', { rest: '"login crash"', begun: null, joinedBy: '&&' }],
  ['落ちる', { rest: ' "落 ち る" ', begun: null, joinedBy: '&&' }],
])('%j', (said, want) => {
  expect(readSearch(said)).toEqual(want);
});
