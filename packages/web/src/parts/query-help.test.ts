import { expect, test } from 'vitest';
import { completed, fieldsBegun, placeAt } from './query-help.ts';

const at = (text: string) => placeAt(text.replace('|', ''), text.indexOf('|'));

test.each([
  ['crash so|', { kind: 'field', begun: 'so', from: 6, to: 8 }],
  ['-so|', { kind: 'field', begun: 'so', from: 1, to: 3 }],
  ['(ra|', { kind: 'field', begun: 'ra', from: 1, to: 3 }],
  ['source:|', { kind: 'value', field: 'source', begun: '', from: 7, to: 7 }],
  ['source:"App St|', { kind: 'value', field: 'source', begun: 'App St', from: 7, to: 14 }],
  ['rating:1,|', { kind: 'value', field: 'rating', begun: '', from: 9, to: 9 }],
  ['a source:web |', { kind: 'field', begun: '', from: 13, to: 13 }],
  ['"two wo|', null],
  ['12:3|', null],
])('%s', (text, want) => expect(at(text)).toEqual(want));

test('a choice is written as it must be read', () => {
  const choose = (text: string, value: string) => completed(text.replace('|', ''), at(text)!, value);
  expect(choose('crash so|', 'source')).toEqual({ text: 'crash source:', caret: 13 });
  expect(choose('source:ap| late', 'App Store')).toEqual({ text: 'source:"App Store" late', caret: 19 });
  expect(choose('source:"ap|', 'App Store')).toEqual({ text: 'source:"App Store" ', caret: 19 });
  expect(choose('rating:|', '<=2')).toEqual({ text: 'rating:<=2 ', caret: 11 });
});

test('fields are offered by how they begin, and not once they are written', () => {
  expect(fieldsBegun('ra')).toEqual(['rating']);
  expect(fieldsBegun('rating')).toEqual([]);
});
