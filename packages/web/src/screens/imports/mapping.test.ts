import { MAPPING_TARGETS } from '@groundswell/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnFor, mappingAsBefore, missingTargets, sendColumn } from './mapping.ts';

describe('where columns go', () => {
  test('a column that is pushed out becomes a dimension, so that nothing is lost silently', () => {
    const mapping = { body: 'text', comment: 'dimension', when: 'ts' } as const;
    expect(sendColumn(mapping, 'comment', 'text')).toEqual({ body: 'dimension', comment: 'text', when: 'ts' });
  });

  test('many columns may be dimensions', () => {
    expect(sendColumn({ a: 'dimension', b: 'ignore' }, 'b', 'dimension')).toEqual({ a: 'dimension', b: 'dimension' });
  });

  test('names what is still needed', () => {
    expect(missingTargets({ a: 'dimension' })).toEqual(['ts', 'text']);
    expect(missingTargets({ a: 'text', b: 'ts' })).toEqual([]);
  });

  test('no two columns ever stand in the same place', () => {
    const move = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(...MAPPING_TARGETS));
    fc.assert(
      fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
        const mapping = moves.reduce((before, [column, target]) => sendColumn(before, column, target), {});
        const places = Object.values(mapping).filter((target) => target !== 'dimension' && target !== 'ignore');
        expect(new Set(places).size).toBe(places.length);
        const last = moves.at(-1);
        if (last && last[1] !== 'dimension' && last[1] !== 'ignore') expect(columnFor(mapping, last[1])).toBe(last[0]);
      }),
    );
  });
});

test('a file like the last one of its source is read as that one was', () => {
  const saved = { when: 'ts', words: 'text', store: 'ignore' } as const;
  expect(mappingAsBefore(saved, { when: 'ts', words: 'dimension', body: 'text', store: 'dimension' })).toEqual({
    when: 'ts',
    words: 'text',
    body: 'dimension',
    store: 'ignore',
  });
  expect(mappingAsBefore(saved, { when: 'ts', body: 'text' })).toBeNull();
  expect(mappingAsBefore(null, { when: 'ts' })).toBeNull();
});
