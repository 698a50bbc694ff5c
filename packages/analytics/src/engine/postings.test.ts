import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, clearPostings, noPostings, removeAt } from './postings.ts';

const list = (p: ReturnType<typeof noPostings>, term: number) =>
  Array.from(p.pool.subarray(p.start[term], p.start[term] + p.count[term]));

test('behaves as an array per term, whatever is put in and taken out', () => {
  const move = fc.record({ term: fc.nat(4), remove: fc.boolean(), at: fc.nat(50) });
  const postings = noPostings();
  fc.assert(
    fc.property(fc.array(move, { maxLength: 200 }), (moves) => {
      clearPostings(postings);
      const plain: number[][] = [[], [], [], [], []];
      moves.forEach(({ term, remove, at }, i) => {
        if (remove && plain[term].length > 0) {
          plain[term].splice(at % plain[term].length, 1);
          removeAt(postings, term, at % (plain[term].length + 1));
        } else {
          plain[term].push(i);
          append(postings, term, i);
        }
      });
      expect(plain.map((_, term) => list(postings, term))).toEqual(plain);
    }),
  );
});

test('blocks that lists left are used again', () => {
  const postings = noPostings();
  for (let round = 0; round < 1000; round++) {
    for (let i = 0; i < 20; i++) append(postings, round % 7, i);
    for (let i = 0; i < 20; i++) removeAt(postings, round % 7, 0);
  }
  expect(postings.end).toBeLessThan(200);
});
