import type { CaseAsk, CaseMessage, CaseNote } from '@groundswell/contract';
import { describe, expect, it } from 'vitest';
import { blanksIn, hasBrokenBraces, openValues, saidOf } from './talk.ts';

const at = (minute: number) => `2026-11-24T02:${String(minute).padStart(2, '0')}:00.000Z`;
const message = (id: string, minute: number, state: CaseMessage['state']) =>
  ({ id, at: at(minute), state }) as CaseMessage;
const ask = (id: string, minute: number, state: CaseAsk['state']) => ({ id, at: at(minute), state }) as CaseAsk;
const note = (id: string, minute: number) => ({ id, at: at(minute), text: null }) as CaseNote;

describe('what was said', () => {
  it('stands in the order of time, whatever kind it is, and each keeps its kind', () => {
    const said = saidOf({
      messages: [message('m2', 30, 'held'), message('m1', 10, 'received')],
      asks: [ask('a1', 20, 'asked')],
      notes: [note('n1', 15)],
    });
    expect(said.map(({ kind, one }) => `${kind} ${one.id}`)).toEqual(['message m1', 'note n1', 'ask a1', 'message m2']);
  });

  it('leaves out what was taken back before it left, and keeps what was withdrawn after it had', () => {
    const said = saidOf({
      messages: [message('m1', 10, 'cancelled')],
      asks: [ask('a1', 11, 'cancelled'), ask('a2', 12, 'withdrawn')],
      notes: [],
    });
    expect(said.map(({ one }) => one.id)).toEqual(['a2']);
  });
});

describe('blanks', () => {
  it('are found where they stand, so that each can be gone to', () => {
    const text = 'Dear {{ name }}, by {{day}}.';
    expect(blanksIn(text).map(({ name, from, to }) => [name, text.slice(from, to)])).toEqual([
      ['name', '{{ name }}'],
      ['day', '{{day}}'],
    ]);
    expect(blanksIn('no { blank } here')).toEqual([]);
  });

  it('that lost a letter or a brace are still not let out of the house', () => {
    expect(hasBrokenBraces('Dear {{name}},')).toBe(false);
    expect(hasBrokenBraces('Dear {{na me}},')).toBe(true);
    expect(hasBrokenBraces('Dear {{name')).toBe(true);
  });

  it('stay open for everything that is not known of this case, and for nothing else', () => {
    const kase = { owner: null, language: 'pt', region: null };
    expect(openValues(['amount', 'language', 'owner', 'reference'], kase)).toEqual({
      amount: '{{amount}}',
      owner: '{{owner}}',
    });
  });
});
