import { CASE_STATES, CaseFacts, type CaseMove, type CaseState } from '@groundswell/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReference, referenceOf } from './case.key.ts';
import { applyMove, type Case, ENDED, NEXT, openMoves, takeBack, withdrawEnd, withOwner } from './case.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 9) + minutes * 60_000);
const KEPT = { id: 'kept', compartment: 'open', mergedInto: null };

const aCase = (over: Partial<Case> = {}): Case => ({
  ...{ id: 'c1', compartment: 'open', year: 2026, number: 42, version: 1, kind: 'escalation', state: 'new' },
  ...{ waitingFor: null, title: null, ask: '', facts: CaseFacts.parse({}), priority: 3, proposed: 3, reasons: [] },
  ...{ overrideReason: null, overrideBy: null, legalClockId: null, language: null, region: null },
  ...{ requesterKind: null, requesterName: null, requesterRef: null, source: 'form', ownerId: null, teamId: null },
  ...{ outcome: null, toldBy: null, untold: null, searched: null, exitReason: null, note: null, mergedInto: null },
  ...{ openedBy: 'ana', openedKey: null, alertId: null, openedAt: at(0), acknowledgedAt: null },
  ...{ stateAt: at(0), changedAt: at(0), changedBy: 'ana' },
  ...over,
});

const EVERY: readonly CaseMove[] = [
  { type: 'triage' },
  { type: 'start' },
  { type: 'wait', for: 'partner', note: '' },
  { type: 'wait', for: 'requester', note: '' },
  { type: 'resume' },
  { type: 'resolve', outcome: 'fixed', told: { messageId: 'm1' }, searched: '' },
  { type: 'close' },
  { type: 'reopen', note: '' },
  { type: 'duplicate', of: 'kept', note: 'the same account' },
  { type: 'not_ours', reason: 'other_team', note: '' },
];
const aMove = fc.constantFrom(...EVERY);

/** Everything that is not refused, one after the other. */
function live(moves: readonly CaseMove[], from = aCase()): Case[] {
  const lives = [from];
  moves.forEach((move, i) => {
    const before = lives.at(-1)!;
    if (NEXT[before.state][move.type]) lives.push(applyMove(before, move, { by: 'ben', at: at(i + 1), into: KEPT }));
  });
  return lives;
}

test('the table of moves is the whole life: what it allows happens, everything else is refused in words', () => {
  for (const state of CASE_STATES) {
    for (const move of EVERY) {
      const kase = aCase({ state, waitingFor: state === 'waiting' ? 'other' : null });
      const act = () => applyMove(kase, move, { by: 'ben', at: at(1), into: KEPT });
      const to = NEXT[state][move.type];
      if (to) expect(act().state, `${state} ${move.type}`).toBe(to);
      else expect(act, `${state} ${move.type}`).toThrow(/^This case is [a-z ]+: .+\.$/);
    }
  }
});

test('every state can be reached, and out of each there is a way back to the work', () => {
  const seen = new Set<CaseState>(['new']);
  for (let i = 0; i < CASE_STATES.length; i++) {
    for (const state of [...seen]) for (const to of Object.values(NEXT[state])) seen.add(to);
  }
  expect(seen).toEqual(new Set(CASE_STATES));
  for (const state of CASE_STATES) {
    const reach = new Set<CaseState>([state]);
    for (let i = 0; i < CASE_STATES.length; i++) {
      for (const one of [...reach]) for (const to of Object.values(NEXT[one])) reach.add(to);
    }
    expect(reach.has('working'), state).toBe(true);
  }
});

test('whatever happens, what is said of a case fits where it stands', () => {
  fc.assert(
    fc.property(fc.array(aMove, { maxLength: 40 }), (moves) => {
      for (const kase of live(moves)) {
        expect(kase.waitingFor !== null).toBe(kase.state === 'waiting');
        expect(kase.outcome !== null).toBe(kase.state === 'resolved' || kase.state === 'closed');
        expect(kase.toldBy !== null || kase.untold !== null).toBe(kase.outcome !== null);
        expect(kase.exitReason !== null).toBe(kase.state === 'not_ours');
        expect(kase.mergedInto !== null).toBe(kase.state === 'duplicate');
        expect(kase.acknowledgedAt !== null).toBe(kase.changedBy === 'ben');
      }
    }),
  );
});

test('a move that was taken back leaves the case as it stood, and one that lost something says so', () => {
  fc.assert(
    fc.property(fc.array(aMove, { maxLength: 30 }), (moves) => {
      const lives = live(moves);
      const [before, after] = [lives.at(-2), lives.at(-1)!];
      if (!before) return;
      const said = { from: before.state, to: after.state, ...(before.waitingFor && { wasFor: before.waitingFor }) };
      const act = () => takeBack(after, said, { by: 'ben', at: at(99) });
      const ends = [...ENDED, 'resolved'];
      if (ends.includes(before.state) && after.state !== 'closed') return void expect(act).toThrow('not brought back');
      const { state, waitingFor, outcome, toldBy, exitReason, mergedInto } = act();
      expect({ state, waitingFor, outcome, toldBy, exitReason, mergedInto }).toEqual({
        ...{ state: before.state, waitingFor: before.waitingFor, outcome: before.outcome, toldBy: before.toldBy },
        ...{ exitReason: before.exitReason, mergedInto: before.mergedInto },
      });
    }),
  );
});

describe('an end needs its reason', () => {
  const refused = (over: Partial<Case>, move: CaseMove) => () =>
    applyMove(aCase(over), move, { by: 'b', at: at(1), into: KEPT });
  test('an outcome belongs to its kind', () => {
    const told = { messageId: 'm1' };
    expect(refused({ state: 'working' }, { type: 'resolve', outcome: 'found', told, searched: 'x' })).toThrow(
      'escalation',
    );
    const look = { state: 'working', kind: 'investigation' } as const;
    expect(refused(look, { type: 'resolve', outcome: 'fixed', told, searched: 'x' })).toThrow('found, not found');
    expect(refused(look, { type: 'resolve', outcome: 'not_found', told, searched: '' })).toThrow('what was searched');
  });
  test('"other" says in words what', () => {
    const other = { untold: 'other', note: '' } as const;
    expect(refused({ state: 'working' }, { type: 'resolve', outcome: 'fixed', told: other, searched: '' })).toThrow(
      'why nobody',
    );
    expect(refused({}, { type: 'not_ours', reason: 'other', note: '' })).toThrow('why this case is not ours');
    expect(refused({}, { type: 'duplicate', of: 'kept', note: '' })).toThrow('why this is the same');
  });
  test('a duplicate is merged into another case of its compartment that stands for itself', () => {
    const into = (over: object) => () =>
      applyMove(aCase(), EVERY[8]!, { by: 'b', at: at(1), into: { ...KEPT, ...over } });
    expect(into({ id: 'c1' })).toThrow('of itself');
    expect(into({ compartment: 'legal' })).toThrow('different compartments');
    expect(into({ mergedInto: 'c9' })).toThrow('itself merged');
  });
});

test('taking a case acknowledges it; giving it to somebody else does not; nobody owns what has ended', () => {
  expect(withOwner(aCase(), 'ben', { by: 'ben', at: at(3) }).acknowledgedAt).toEqual(at(3));
  expect(withOwner(aCase(), 'ben', { by: 'ana', at: at(3) }).acknowledgedAt).toBeNull();
  for (const state of ENDED) {
    expect(() => withOwner(aCase({ state }), 'ben', { by: 'ben', at: at(1) })).toThrow('reopen it first');
  }
});

test('a case that was resolved by a message nobody got is worked on again', () => {
  const resolved = applyMove(aCase({ state: 'working' }), EVERY[5]!, { by: 'ben', at: at(1) });
  expect(withdrawEnd(resolved, { by: 'ben', at: at(2) })).toMatchObject({
    state: 'working',
    outcome: null,
    toldBy: null,
  });
});

test('what is offered is what the table allows', () => {
  expect(openMoves({ state: 'new' })).toEqual(['triage', 'start', 'duplicate', 'not_ours']);
  expect(openMoves({ state: 'closed' })).toEqual(['reopen']);
});

test('references are read as they are written, with or without zeros, and nothing else is one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('open', 'legal', 'sample_3', 'sample_3_closed'),
      fc.integer({ min: 2020, max: 2999 }),
      fc.integer({ min: 1, max: 999_999_999 }),
      (compartment, year, number) => {
        const one = { compartment, year, number };
        expect(parseReference(referenceOf(one))).toEqual(one);
      },
    ),
  );
  expect(referenceOf({ compartment: 'open', year: 2026, number: 42 })).toBe('GS-2026-00042');
  expect(parseReference('gs-legal-2026-3')).toEqual({ compartment: 'legal', year: 2026, number: 3 });
  for (const word of ['GS-2026-0', 'GS-26-00001', 'IS-12', 'GS-2026', 'drop table'])
    expect(parseReference(word)).toBeNull();
});
