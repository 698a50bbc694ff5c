import { FIRST_RULES } from '@groundswell/contract';
import { describe, expect, test } from 'vitest';
import { draftOf, isSame, oddCells, type RulesDraft, rulesOf, troublesOf } from './rules-draft.ts';

describe('rules in a form', () => {
  test('come out as they went in', () => expect(rulesOf(draftOf(FIRST_RULES))).toEqual(FIRST_RULES));

  test.each([
    [
      ['1000', '100', '10'],
      [null, null, null],
    ],
    [
      ['1 000', '100', "1'0"],
      [null, null, null],
    ],
    [
      ['5', '0,5', '0.05'],
      [null, null, null],
    ],
    [
      ['10', '100', '1'],
      [null, 'not_lower', null],
    ],
    [
      ['10', '10', '1'],
      [null, 'not_lower', null],
    ],
    [
      ['many', '10', '0'],
      ['no_number', null, 'no_number'],
    ],
    [
      ['', '-3', '1e3'],
      ['no_number', 'no_number', 'no_number'],
    ],
  ] as const)('%j is told %j', (steps, want) => expect(troublesOf(steps)).toEqual(want));

  test('are kept back while one step is wrong', () => {
    const draft: RulesDraft = { ...draftOf(FIRST_RULES), per1000: ['5', '6', '1'] };
    expect(rulesOf(draft)).toBeNull();
  });

  test('with a comma mean the same as with a point', () => {
    const draft: RulesDraft = { ...draftOf(FIRST_RULES), per1000: ['5', '0,5', '0,05'] };
    expect(isSame(rulesOf(draft)!, FIRST_RULES)).toBe(true);
  });
});

test('the first rules hold nothing odd; fewer people that count as graver do', () => {
  expect(oddCells(FIRST_RULES.table)).toEqual([]);
  const table = { ...FIRST_RULES.table, few: { rising: 1, steady: 4, falling: 4 } as const };
  expect(oddCells(table)).toEqual([{ impact: 'few', urgency: 'rising' }]);
  const calm = { ...FIRST_RULES.table, wide: { rising: 2, steady: 1, falling: 2 } as const };
  expect(oddCells(calm)).toEqual([{ impact: 'wide', urgency: 'steady' }]);
});
