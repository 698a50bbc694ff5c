import { describe, expect, test } from 'vitest';
import { begun, bodyOf, isReady, peopleIn } from './open-draft.ts';
import { readOpenSearch } from './open-search.ts';

const KEY = '00000000-0000-4000-8000-000000000001';
const ISSUE = '00000000-0000-4000-8000-000000000002';
const known = {
  ...{ kind: 'investigation' as const, compartment: 'legal', language: 'pt', region: 'BR', known: [], already: [] },
  people: [{ person: 'p-1', signals: 2 }],
  facts: { ...begun(null, KEY, []).facts, usersAffected: 12, growing: true },
  priority: { priority: 'P2' as const, reasons: [] },
  signals: [KEY],
  issues: [{ id: ISSUE, key: 'IS-7', title: 'Payouts' }],
};

describe('a case that is being opened', () => {
  test('from nothing it is an escalation in the first compartment that one is in', () => {
    expect(begun(null, KEY, ['legal'])).toMatchObject({ kind: 'escalation', compartment: 'legal', language: '' });
    expect(begun(null, KEY, ['legal', 'open']).compartment).toBe('open');
  });

  test('from an issue it knows what the issue knows, and takes its signals along', () => {
    const body = bodyOf(begun(known, KEY, ['open']), known);
    expect(body).toMatchObject({
      ...{ kind: 'investigation', compartment: 'legal', language: 'pt', region: 'BR', key: KEY, signals: [KEY] },
      issues: [ISSUE],
      facts: { usersAffected: 12, growing: true },
    });
    expect([body.title, body.requester]).toEqual([null, null]);
  });

  test('it can be sent once something says what it is about', () => {
    const draft = begun(null, KEY, []);
    expect(isReady(draft, null)).toBe(false);
    expect(isReady({ ...draft, ask: '  \n' }, null)).toBe(false);
    expect(isReady({ ...draft, ask: 'help' }, null)).toBe(true);
    expect(isReady(draft, known)).toBe(true);
  });

  test('a requester goes along with an escalation alone, and accounts are named once', () => {
    const draft = {
      ...begun(null, KEY, []),
      ask: 'help',
      name: ' Dana ',
      ref: ' ',
      people: 'a\n\n a \nb',
      region: 'br',
    };
    expect(bodyOf(draft, null)).toMatchObject({
      requester: { kind: 'support_agent', name: 'Dana', ref: null },
      people: [{ person: 'a' }, { person: 'b' }],
      region: 'BR',
    });
    expect(bodyOf({ ...draft, kind: 'investigation' }, null).requester).toBeNull();
    expect(peopleIn(Array.from({ length: 700 }, (_, i) => `p${i}`).join('\n'))).toHaveLength(500);
  });
});

test('an address names an issue, an alert and signals, and whatever else it says is left', () => {
  expect(readOpenSearch({ issue: 'IS-7', signals: [KEY, 'nonsense'], alert: 'x' })).toEqual({
    ...{ issue: 'IS-7', signals: [KEY], alert: undefined },
  });
  expect(readOpenSearch({ signals: KEY }).signals).toEqual([KEY]);
});
