import { BATON_MOVES, type BatonMove } from '@groundswell/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Baton, dueChoices, isLoud, misread, movesOf, mustBeComplete, nextDue, stateAfter } from './baton.ts';

const NOON = new Date('2026-03-02T12:00:00.000Z');
const baton: Baton = {
  ...{ id: 'b', compartment: 'open', caseId: 'c', version: 1, state: 'draft', senderId: 'ana', receiverId: null },
  ...{ acceptedBy: null, draftedAt: NOON, sentAt: null, acceptedAt: null, loudAt: null, understood: null },
  points: { summary: 'Payouts are late', actions: [], risks: [{ what: 'The bank says no', plan: 'Ask the lead' }] },
  facts: { priority: 1, state: 'working', events: [], since: NOON.toISOString(), clock: null },
};
const owed = (...dues: (string | null)[]) => dues.map((dueAt) => ({ text: 'Ask', ownerId: null, dueAt }));

test('who is accountable does one thing after the other, and the other one accepts', () => {
  expect(movesOf(baton, 'ana')).toEqual(['change', 'send', 'drop']);
  const sent: Baton = { ...baton, state: 'sent', sentAt: NOON };
  expect([movesOf(sent, 'ana'), movesOf(sent, 'bo')]).toEqual([['take_back'], ['accept']]);
  expect(movesOf({ ...sent, receiverId: 'cy' }, 'bo')).toEqual([]);
  expect(() => stateAfter({ ...sent, receiverId: 'cy' }, 'accept', 'bo')).toThrow('between others');
});

test('whatever is done in whatever order, a baton is accepted once at most, never by its sender, and nothing follows that', () => {
  const someActs = fc.array(fc.tuple(fc.constantFrom(...BATON_MOVES), fc.constantFrom('ana', 'bo', 'cy')));
  fc.assert(
    fc.property(someActs, fc.constantFrom(null, 'bo'), (acts, receiverId) => {
      let now: Baton = { ...baton, receiverId };
      const done: [BatonMove, string][] = [];
      for (const [move, by] of acts) {
        const may = movesOf(now, by).includes(move);
        if (!may) expect(() => stateAfter(now, move, by)).toThrow();
        else {
          now = { ...now, state: stateAfter(now, move, by) };
          done.push([move, by]);
        }
      }
      const accepted = done.findIndex(([move]) => move === 'accept');
      if (accepted < 0) return;
      expect(accepted).toBe(done.length - 1);
      expect(done[accepted]![1]).not.toBe('ana');
      if (receiverId) expect(done[accepted]![1]).toBe(receiverId);
    }),
  );
});

test('what runs out next is the first of the actions and the clock, and it is among the choices with others', () => {
  const clock = { metric: 'next_answer', dueAt: '2026-03-02T14:00:00.000Z' };
  const both = {
    ...baton,
    points: { ...baton.points, actions: owed('2026-03-02T15:00:00+00:00', null, '2026-03-02T13:00:00Z') },
    facts: { ...baton.facts, clock },
  };
  expect(nextDue(both)).toBe('2026-03-02T13:00:00.000Z');
  expect(nextDue({ ...both, points: baton.points })).toBe(clock.dueAt);
  expect(dueChoices(both)).toEqual([
    ...['2026-03-02T12:30:00.000Z', '2026-03-02T13:00:00.000Z', '2026-03-02T14:00:00.000Z', '2026-03-02T15:00:00.000Z'],
    null,
  ]);
  expect(nextDue(baton)).toBeNull();
  expect(dueChoices(baton).length).toBeGreaterThan(2);
});

test('a read-back differs where somebody else is said to own it, or another moment is said to come first', () => {
  const due = { ...baton, points: { ...baton.points, actions: owed('2026-03-02T13:00:00Z') } };
  const said = { ownerId: 'bo', dueAt: '2026-03-02T14:00:00+01:00', understood: 'The bank may say no' };
  expect(misread(due, said, 'bo')).toEqual([]);
  expect(misread(due, { ...said, ownerId: 'ana' }, 'bo')).toEqual(['owner']);
  expect(misread(due, { ...said, dueAt: null }, 'bo')).toEqual(['due']);
  expect(misread(baton, said, 'bo')).toEqual(['due']);
});

test('only a whole baton is sent, and it is loud a quarter of an hour later', () => {
  expect(() => mustBeComplete({ ...baton, points: { ...baton.points, risks: [] } })).toThrow('could go wrong');
  expect(() => mustBeComplete({ ...baton, points: { ...baton.points, summary: '' } })).toThrow('summary');
  const sent = { state: 'sent', sentAt: NOON } as const;
  const after = (ms: number) => new Date(NOON.getTime() + ms);
  expect([isLoud(sent, after(15 * 60_000 - 1)), isLoud(sent, after(15 * 60_000))]).toEqual([false, true]);
  expect(isLoud({ state: 'accepted', sentAt: NOON }, after(10 ** 9))).toBe(false);
});
