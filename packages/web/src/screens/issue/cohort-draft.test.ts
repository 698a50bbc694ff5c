import { describe, expect, test } from 'vitest';
import { cohortOf, draftOf } from './cohort-draft.ts';

const row = (segment: string, people: string) => ({ id: segment, segment, people });
const WHOLE = {
  segments: [row('small', '4,200'), row('', '1 000')],
  endedOn: '2026-03-01',
  source: ' Payment ledger ',
};

describe('who was hurt in all', () => {
  test('begins with a row for each tier that wrote in, and with what is known already', () => {
    const tiers = [
      { value: 'small', people: 3 },
      { value: null, people: 1 },
    ];
    expect(draftOf({ cohort: null, tiers }).segments.map(({ segment }) => segment)).toEqual(['small', '']);
    expect(draftOf({ cohort: null, tiers: [] }).segments).toHaveLength(1);
    const cohort = { segments: [{ segment: 'large', people: 70, wrote: 2 }], endedOn: '2026-03-01', source: 'ledger' };
    const known = draftOf({ cohort: { ...cohort, by: null, at: '2026-03-02T00:00:00Z' }, tiers });
    expect(known).toMatchObject({ segments: [{ segment: 'large', people: '70' }], source: 'ledger' });
  });

  test('is said with numbers as people write them; rows without one are left out', () => {
    expect(cohortOf({ ...WHOLE, segments: [...WHOLE.segments, row('large', ' ')] })).toEqual({
      segments: [
        { segment: 'small', people: 4200 },
        { segment: '', people: 1000 },
      ],
      endedOn: '2026-03-01',
      source: 'Payment ledger',
    });
  });

  test.each([
    ['no number', { segments: [row('small', '')] }],
    ['nobody', { segments: [row('small', '0')] }],
    ['words', { segments: [row('small', 'many')] }],
    ['fewer than nobody', { segments: [row('small', '-3')] }],
    ['no day', { endedOn: '' }],
    ['no source', { source: '  ' }],
  ])('is not sent with %s', (_, part) => expect(cohortOf({ ...WHOLE, ...part })).toBeNull());
});
