import { ISSUE_STATES, type IssueState } from '@groundswell/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf, parseRef } from './issue.key.ts';
import { applyMove, GROUPS, type Issue, type Move, type Mover, nextState, openMoves } from './issue.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 2, 2) + hours * 3_600_000);

const anIssue = (over: Partial<Issue> = {}): Issue => ({
  id: 'i1',
  compartment: 'open',
  number: 1,
  version: 1,
  topicId: 't1',
  alertId: 'a1',
  state: 'suspected',
  historical: false,
  label: 'upload · ninety nine',
  title: null,
  dismissReason: null,
  note: null,
  ownerId: null,
  duplicateOf: null,
  onsetAt: at(0),
  noticedAt: at(1),
  observed: 12,
  expected: 2,
  signals: 14,
  people: 12,
  ratio: 6,
  countedAt: at(1),
  createdAt: at(1),
  changedAt: at(1),
  ...over,
});

const aMove: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom<Move>(
    { type: 'confirm' },
    { type: 'reopen' },
    { type: 'investigate' },
    { type: 'plan_fix' },
    { type: 'await_proof' },
    { type: 'surge_again' },
    { type: 'mark_duplicate', of: 'i2' },
  ),
  fc.record({
    type: fc.constant('dismiss' as const),
    reason: fc.constantFrom('expected' as const, 'false_alert' as const, 'other' as const),
    note: fc.constantFrom('', '  ', 'known since May'),
  }),
  fc.record({ type: fc.constant('accept_risk' as const), note: fc.constantFrom('', ' ', 'rare and harmless') }),
  fc.record({
    type: fc.constant('verdict' as const),
    verdict: fc.constantFrom('gone' as const, 'not_fixed' as const, 'undecided' as const),
  }),
);
const EVERY_MOVE: readonly Move[] = [
  ...(['confirm', 'reopen', 'investigate', 'plan_fix', 'await_proof', 'surge_again'] as const).map((type) => ({
    type,
  })),
  ...(['gone', 'not_fixed', 'undecided'] as const).map((verdict) => ({ type: 'verdict' as const, verdict })),
  { type: 'mark_duplicate', of: 'i2' },
  { type: 'dismiss', reason: 'expected', note: '' },
  { type: 'accept_risk', note: 'rare' },
];

const aMover = fc.constantFrom<Mover>('person', 'data');
const aLife = fc.array(fc.tuple(aMove, aMover), { maxLength: 40 });

interface Step {
  readonly before: Issue;
  readonly after: Issue;
  readonly move: Move;
  readonly by: Mover;
}

/** Everything that is not refused. */
function live(life: readonly (readonly [Move, Mover])[], from: Issue = anIssue()): Step[] {
  const steps: Step[] = [];
  let issue = from;
  for (const [move, by] of life) {
    try {
      const after = applyMove(issue, move, by, at(steps.length + 2));
      steps.push({ before: issue, after, move, by });
      issue = after;
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^issue\.(wrong_state|reason_missing)$/) });
    }
  }
  return steps;
}

const always = (law: (step: Step) => void) =>
  fc.assert(
    fc.property(aLife, fc.constantFrom(...ISSUE_STATES), (life, state) => live(life, anIssue({ state })).forEach(law)),
    { numRuns: 500 },
  );

describe('the life of an issue', () => {
  test('only a verdict of the data makes it verified, and only while proof is awaited', () => {
    always(({ before, after, move, by }) => {
      if (after.state !== 'verified') return;
      expect({ from: before.state, move, by }).toEqual({
        from: 'verifying',
        move: { type: 'verdict', verdict: 'gone' },
        by: 'data',
      });
    });
  });

  test('a person sets no verdict and says of nothing that it came back', () => {
    always(({ move, by }) => expect(by === 'data').toBe(move.type === 'verdict' || move.type === 'surge_again'));
  });

  test('every way to dismissal and to an accepted risk has a reason, and the way back takes it off', () => {
    always(({ after }) => {
      if (after.state === 'dismissed') expect(after.dismissReason).not.toBeNull();
      else expect(after.dismissReason).toBeNull();
      if (after.state === 'risk_accepted') expect(after.note).toMatch(/\S/);
      if (after.dismissReason === 'other') expect(after.note).toMatch(/\S/);
      if (!['dismissed', 'risk_accepted'].includes(after.state)) expect(after.note).toBeNull();
    });
  });

  test('what is not in the table cannot happen, and what happens changes nothing but state, reason and time', () => {
    always(({ before, after, move }) => {
      expect(after.state).toBe(nextState(before.state, move));
      const { state, note, dismissReason, changedAt } = after;
      expect(after).toEqual({ ...before, state, note, dismissReason, changedAt });
    });
  });

  test('fixing is reached only through an investigation, and proof only through fixing', () => {
    always(({ before, after }) => {
      if (after.state === 'fixing') expect(['investigating', 'not_verified']).toContain(before.state);
      if (after.state === 'verifying') expect(['fixing', 'verifying']).toContain(before.state);
      if (after.state === 'regressed') expect(before.state).toBe('verified');
      if (before.state === 'regressed') expect(['investigating', 'risk_accepted']).toContain(after.state);
    });
  });

  test('each state can be reached from suspected, and each has a way on', () => {
    const seen = new Set<IssueState>(['suspected']);
    for (const state of seen) {
      const ways = EVERY_MOVE.flatMap((move) => nextState(state, move) ?? []);
      expect(ways, state).not.toEqual([]);
      for (const next of ways) seen.add(next); // a set that grows while it is walked is walked to its end
    }
    expect([...seen].sort()).toEqual([...ISSUE_STATES].sort());
  });
});

test('each state is in exactly one group of the list', () => {
  expect(Object.values(GROUPS).flat().sort()).toEqual([...ISSUE_STATES].sort());
});

test('what is offered is what would be accepted', () => {
  for (const state of ISSUE_STATES) {
    const accepted = (
      [{ type: 'confirm' }, { type: 'dismiss', reason: 'expected', note: '' }, { type: 'reopen' }] as const
    )
      .filter((move) => nextState(state, move) !== undefined)
      .map(({ type }) => type);
    expect(openMoves(state)).toEqual(accepted);
  }
});

test('a refused move names the state and says what to do', () => {
  expect(() => applyMove(anIssue({ state: 'dismissed' }), { type: 'confirm' }, 'person', at(2))).toThrow(
    expect.objectContaining({
      code: 'issue.wrong_state',
      message: 'This issue is dismissed: only a suspected one can be confirmed. Reopen it first if it was closed.',
      details: { state: 'dismissed' },
    }),
  );
});

describe('keys', () => {
  test('lead back to the issue, in any case', () => {
    const compartment = fc.stringMatching(/^[a-z0-9_]{1,12}$/);
    fc.assert(
      fc.property(compartment, fc.integer({ min: 1, max: 999_999_999 }), (name, number) => {
        expect(parseRef(keyOf({ compartment: name, number }).toLowerCase())).toEqual({ compartment: name, number });
      }),
    );
    expect(keyOf({ compartment: 'open', number: 12 })).toBe('IS-12');
    expect(keyOf({ compartment: 'legal', number: 3 })).toBe('IS-LEGAL-3');
  });

  test('anything else is no key', () => {
    for (const word of ['', 'IS-', 'IS-0', 'IS-1.5', '12', 'IS-legal-', "IS-1'; --", '1'.repeat(80)]) {
      expect(parseRef(word), word).toBeNull();
    }
  });
});
