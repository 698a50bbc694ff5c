import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { REACTIONS } from '../app/wiring.ts';
import { NOBODY } from '../platform/actor.ts';
import { openVault } from '../platform/vault.ts';
import { familyOf, isToldFamily, newsOf, SILENT_FAMILIES, touchesAccess, wallOf } from './live.ts';
import { readPosition, writePosition } from './position.ts';
import { openStream } from './stream.ts';

test('every event that can happen is told to somebody, or named as told to nobody', () => {
  const families = new Set(Object.keys(REACTIONS).map(familyOf));
  expect([...families].filter((one) => isToldFamily(one) === SILENT_FAMILIES.has(one))).toEqual([]);
});

test('a thing that changed twice is said once, with what happened last', () => {
  const hearer = { id: 'me', can: new Set(['issue.read']) };
  const happened = [
    { name: 'issue.moved', subject_id: 'a', actor: 'ana' },
    { name: 'issue.moved', subject_id: 'b', actor: 'me' },
    { name: 'issue.renamed', subject_id: 'a', actor: 'ana' },
    { name: 'issue.looked_at', subject_id: 'c', actor: 'ana' },
  ];
  expect(newsOf(happened, hearer)).toEqual([
    { kind: 'issue', id: 'b', name: 'issue.moved' },
    { kind: 'issue', id: 'a', name: 'issue.renamed' },
  ]);
  expect(newsOf(happened, { ...hearer, can: new Set() })).toEqual([]);
});

test('of sessions, passwords and exports everybody hears their own and nobody another one', () => {
  const happened = ['session.started', 'password.changed', 'export.written'].map((name, i) => {
    return { name, subject_id: `s${i}`, actor: i === 1 ? 'ben' : 'ana' };
  });
  const heard = (id: string) => newsOf(happened, { id, can: new Set(['people.manage', 'issue.read']) });
  expect(heard('ana')).toEqual([{ kind: 'mine', id: null, name: 'export.written' }]);
  expect(heard('ben')).toEqual([{ kind: 'mine', id: null, name: 'password.changed' }]);
  expect(heard('eve')).toEqual([]);
});

test('whoever signs in touches nobody else; an end of a session, a role or a membership may', () => {
  const touching = Object.keys(REACTIONS).filter((name) => touchesAccess({ name }));
  expect(touching).toContain('session.ended');
  expect(touching).not.toContain('session.started');
  expect(touching).not.toContain('issue.moved');
});

test('all positions are of one length, and tell nothing of what is in them', () => {
  const vault = openVault(Buffer.from('key'));
  const [now, later] = [new Date(0), new Date(3_600_000)];
  const small = writePosition(vault, 'open', 'WyIxIl0', now);
  const large = writePosition(vault, wallOf(['open', 'legal']), 'WyI5OTk5OTk5OTk5OTkiLCI5OTk5OTk5OTkiXQ', now);
  expect(small).toHaveLength(large.length);
  expect(writePosition(vault, 'open', 'WyIxIl0', now)).not.toBe(small);
  expect(readPosition(vault, 'open', small, now)).toBe('WyIxIl0');
  expect([readPosition(vault, 'legal', small, now), readPosition(vault, 'open', small, later)]).toEqual([null, null]);
});

test('what was caught up on alone is not said again when it is read for all, be it before or after', () => {
  const said: string[] = [];
  const raw = new ServerResponse(new IncomingMessage(new Socket()));
  raw.write = (text: string) => said.push(text) > 0;
  const actor = { ...NOBODY, can: new Set(['issue.read']) };
  const stream = openStream({ raw, actor, positionAt: () => 'p', waitingMax: 1_000 });
  const cursor = (n: number) => Buffer.from(JSON.stringify(['7', String(n)])).toString('base64url');
  const batch = (...ns: number[]) => ({
    rows: ns.map((n) => ({
      name: 'issue.moved',
      subject_id: `i${n}`,
      actor: 'ana',
      follow_xid: '7',
      follow_key: String(n),
    })),
    cursor: cursor(ns.at(-1)!),
  });
  stream.onRows(batch(1, 2));
  stream.caughtUp(cursor(4));
  stream.onRows(batch(3, 4, 5));
  stream.onRows(batch(6));
  expect(said.join('').match(/i\d/g)).toEqual(['i5', 'i6']);
});
