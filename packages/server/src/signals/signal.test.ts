import { createHash } from 'node:crypto';
import { TEXT_MAX } from '@groundswell/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DRY } from './guard.ts';
import { type Draft, identity, readRow } from './signal.ts';

const SOURCE = '0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01';
const NOW = new Date('2026-03-02T09:00:00Z');
const aRow = (over: object = {}) => ({ id: 'r1', ts: '2026-03-01T10:00:00Z', text: 'it crashes', ...over });
const read = (over: object = {}) => readRow(aRow(over), SOURCE, NOW, DRY);
const draft = (over: object = {}): Draft => {
  const judged = read(over);
  if ('reason' in judged) throw new Error(judged.reason);
  return judged.draft;
};
const reason = (over: object = {}): string => {
  const judged = read(over);
  return 'reason' in judged ? judged.reason : '(taken)';
};

/** Any string at all, halves of characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) });

describe('a row that cannot be taken says what would be right', () => {
  test.each([
    [{ id: undefined }, '"id" is missing. Give the source\'s own id of the thing, as text of 1 to 200 characters.'],
    [{ id: 7 }, '"id" cannot be used.'],
    [{ id: 'a\u0000b' }, '"id" holds characters that cannot be kept'],
    [{ id: 'a\ud800' }, '"id" holds characters that cannot be kept'],
    [{ ts: 'yesterday' }, '"ts" cannot be used. Give when it was said: a time such as 2026-03-01T09:30:00Z'],
    [{ ts: '2026-02-30T10:00:00Z' }, '"ts" cannot be used.'],
    [{ ts: '2026-03-03T09:00:01Z' }, '"ts" is more than a day in the future.'],
    [{ ts: '1999-12-31' }, '"ts" is before the year 2000'],
    [{ updated_at: '2026-05-01' }, '"updated_at" is more than a day in the future.'],
    [{ rating: 6 }, '"rating" cannot be used. Give a whole number from 1 to 5, or leave it out.'],
    [{ rating: '5' }, '"rating" cannot be used.'],
    [{ exposure: -1 }, '"exposure" cannot be used. Give a whole number from 0 to 4'],
    [{ language: 'not a language' }, '"language" cannot be used. Give a tag such as "en" or "pt-BR"'],
    [{ txet: 'x' }, '"txet" is not a field of a signal. Put it under "dimensions" or leave it out.'],
    [{ dimensions: { a: {} } }, '"dimensions" cannot be used.'],
    [{ dimensions: { a: 'x'.repeat(201) } }, '"dimensions.a" has more than 200 characters.'],
    [{ dimensions: { '--': 'x' } }, '"dimensions" has a name without letters or digits.'],
    [{ dimensions: { 'App Version': '1', appVersion: '2' } }, '"dimensions" gives "app_version" twice'],
    [
      { dimensions: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`d${i}`, '1'])) },
      '"dimensions" has 51 names',
    ],
  ])('%#. $1', (over, words) => {
    expect(reason(over)).toContain(words);
  });

  test.each([null, 7, 'text', [], undefined])('%j is no signal at all', (value) => {
    expect(readRow(value, SOURCE, NOW, DRY)).toMatchObject({
      reason: expect.stringContaining('This is not a signal.'),
      id: null,
    });
  });

  test('and is named by the id that it gave', () => {
    expect(read({ rating: 9 })).toMatchObject({ id: 'r1' });
  });

  test('and never repeats what stood in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (words) => {
        for (const field of ['ts', 'rating', 'language', 'exposure', 'updated_at']) {
          expect(reason({ [field]: words })).not.toContain(words);
        }
      }),
    );
  });
});

test('a moment within a day ahead is believed, and the first of 2000 too', () => {
  expect(draft({ ts: '2026-03-03T09:00:00Z' }).at).toEqual(new Date('2026-03-03T09:00:00Z'));
  expect(draft({ ts: '2000-01-01' }).at).toEqual(new Date('2000-01-01T00:00:00Z'));
});

describe('identity', () => {
  test('is a UUIDv8 of the SHA-256 of source, id and revision', () => {
    const { signalId } = identity('s', 'e', 'r');
    const want = createHash('sha256').update('["s","e","r"]').digest();
    want[6] = (want[6]! & 0x0f) | 0x80; // version 8
    want[8] = (want[8]! & 0x3f) | 0x80; // variant of RFC 9562
    expect(signalId.replaceAll('-', '')).toBe(want.subarray(0, 16).toString('hex'));
  });

  test('differs when any part differs, wherever one part ends and the next begins', () => {
    const part = fc.string({ maxLength: 3 });
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.tuple(part, part, part), (a, b) => {
        const same = a.every((one, i) => one === b[i]);
        expect(identity(...a).signalId === identity(...b).signalId).toBe(same);
      }),
    );
  });

  test('the same update time in another spelling is the same revision', () => {
    const utc = draft({ updated_at: '2026-03-01T12:00:00Z' });
    const paris = draft({ updated_at: '2026-03-01T13:00:00+01:00', text: 'another text' });
    expect(paris.signalId).toBe(utc.signalId);
    expect(utc.revisedAt).toEqual(new Date('2026-03-01T12:00:00Z'));
  });

  test('without one the words decide, and nothing that is not kept', () => {
    expect(draft({ text: 'Cafe\u0301' }).signalId).toBe(draft({ text: 'Café\u0000' }).signalId);
    expect(draft({ text: 'other' }).signalId).not.toBe(draft().signalId);
    expect(draft({ text: 'other' }).itemId).toBe(draft().itemId);
    expect(draft({ rating: 1 }).signalId).not.toBe(draft().signalId);
    expect(draft({ dimensions: { a: 1 } }).signalId).toBe(draft().signalId);
  });
});

test('a long text is cut between characters and says so', () => {
  const long = draft({ text: '😀'.repeat(TEXT_MAX + 1) });
  expect(long).toMatchObject({ length: TEXT_MAX, truncated: true });
  expect(long.text).toBe('😀'.repeat(TEXT_MAX));
  expect(draft({ text: '😀'.repeat(TEXT_MAX) })).toMatchObject({ length: TEXT_MAX, truncated: false });
});

test('what is empty is nothing', () => {
  expect(draft({ title: ' \n ', author: ' ', creator_tier: '', dimensions: { a: '', b: null } })).toMatchObject({
    title: null,
    author: null,
    creatorTier: null,
    dimensions: {},
  });
});

test('no row, whatever stands in it, breaks the reader; what is taken can be kept', () => {
  const anything = fc.record(
    {
      id: fc.oneof(anyText, fc.anything()),
      ts: fc.oneof(
        fc.date().map((at) => (Number.isNaN(at.getTime()) ? 'x' : at.toISOString())),
        fc.anything(),
      ),
      text: fc.oneof(anyText, fc.anything()),
      dimensions: fc.oneof(fc.dictionary(fc.string(), fc.oneof(anyText, fc.double(), fc.boolean())), fc.anything()),
      language: fc.oneof(fc.string(), fc.constantFrom('en', 'pt_br', 'zh-Hant', 'German')),
    },
    { requiredKeys: ['id', 'text'] },
  );
  fc.assert(
    fc.property(anything, (row) => {
      const judged = readRow(row, SOURCE, NOW, DRY);
      if ('reason' in judged) {
        expect(judged.reason).toMatch(/^(?:"|This)/);
        return;
      }
      const kept = JSON.stringify(judged.draft);
      expect(kept).not.toContain('\\u0000');
      expect(judged.draft.text.isWellFormed()).toBe(true);
      expect(judged.draft.externalId.isWellFormed()).toBe(true);
    }),
  );
});
