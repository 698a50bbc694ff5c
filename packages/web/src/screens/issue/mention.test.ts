import { expect, test } from 'vitest';
import { beginMention, finishMention, namedPeople } from './mention.ts';

const people = [
  { id: '1', name: 'Ana' },
  { id: '2', name: 'Ana Lima' },
  { id: '3', name: 'Jörg' },
];

test('after an @ those are offered whose name begins so', () => {
  expect(beginMention('look, @an', people).map(({ id }) => id)).toEqual(['1', '2']);
  expect(beginMention('mail a@an', people)).toEqual([]);
  expect(beginMention('done @Ana Lima then', people)).toEqual([]);
});

test('a name that is chosen stands whole', () => {
  expect(finishMention('look, @an', people[1]!)).toBe('look, @Ana Lima ');
});

test('who is named is told, and not who is called like the beginning of the name', () => {
  expect(namedPeople('@ana lima and @JÖRG', people)).toEqual(['2', '3']);
  expect(namedPeople('@Ana and @Ana Lima', people).sort()).toEqual(['1', '2']);
  expect(namedPeople('nobody', people)).toEqual([]);
});
