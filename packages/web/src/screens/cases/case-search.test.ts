import { describe, expect, it } from 'vitest';
import { queryOf, readCaseSearch, whoseOf, withWhose, wordOf } from './case-search.ts';

describe('the address of the queue', () => {
  it('is read back as it was written, and what nobody understands is left out', () => {
    const search = readCaseSearch({
      q: ' late payout ',
      group: 'waiting',
      owner: 'me',
      sort: 'due',
      order: 'up',
      x: 1,
    });
    expect(queryOf(search)).toEqual({ q: 'late payout', group: 'waiting', owner: 'me', sort: 'due' });
    expect(wordOf(search)).toBe('q=late+payout&group=waiting&owner=me&sort=due');
    expect(readCaseSearch(Object.fromEntries(new URLSearchParams(wordOf(search))))).toEqual(search);
    expect(queryOf(readCaseSearch({ group: 'lost', owner: 'ana', team: 'x', sort: 'size', q: '  ' }))).toEqual({});
  });

  it('asks for one owner, for nobody, or for a team, and never for two of them', () => {
    expect(whoseOf({})).toBe('all');
    for (const whose of ['me', 'nobody', 'team', 'all'] as const) {
      const search = withWhose({ q: 'x', owner: 'me', team: 'mine' }, whose);
      expect(whoseOf(search)).toBe(whose);
      expect([search.owner, search.team].filter(Boolean).length).toBe(whose === 'all' ? 0 : 1);
      expect(search.q).toBe('x');
    }
  });
});
