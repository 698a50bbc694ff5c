import { describe, expect, it } from 'vitest';
import { casePath, queryOfQueue, stepIn } from './case-walk.ts';

describe('the queue that one came from', () => {
  it('is asked for in its own words, without what only its screen understands', () => {
    expect(queryOfQueue('?group=open&priority=P0&priority=P1&panel=open&sort=due&after=x&limit=3')).toEqual({
      group: 'open',
      priority: ['P0', 'P1'],
      sort: 'due',
    });
  });

  it('says where this case stands in it and what comes next; nothing of a case that is not in it', () => {
    const order = ['A', 'B', 'C'].map((reference) => ({ id: reference.toLowerCase(), reference }));
    expect(stepIn(order, 'b')).toEqual({ at: 2, of: 3, back: 'A', next: 'C' });
    expect(stepIn(order, 'c')?.next).toBeNull();
    expect(stepIn(order, 'x')).toBeNull();
  });

  it('goes on with the address to the next one', () => {
    expect(casePath('GS-2026-00002', 'group=open&sort=due')).toBe(
      '/cases/GS-2026-00002?from=group%3Dopen%26sort%3Ddue',
    );
    expect(casePath('GS-2026-00002', undefined)).toBe('/cases/GS-2026-00002');
  });
});
