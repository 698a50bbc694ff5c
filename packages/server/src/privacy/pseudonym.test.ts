import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pseudonymiser } from './pseudonym.ts';

const key = Buffer.alloc(32, 3).toString('base64');
const name = pseudonymiser(4, key);

/** The definition: the number that the digest is, written with 32 signs, from the left. */
function byDefinition(author: string): string {
  const digest = createHmac('sha256', Buffer.from(key, 'base64')).update(author).digest('hex');
  const bits = BigInt(`0x${digest}`).toString(2).padStart(256, '0');
  return bits
    .match(/.{5}/g)!
    .slice(0, 26)
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)])
    .join('');
}

test('a pseudonym is the keyed digest of the author, with the version of the key before it', () => {
  fc.assert(
    fc.property(fc.string(), (author) => {
      expect(name(author)).toBe(`p4_${byDefinition(author.trim().normalize('NFC'))}`);
    }),
  );
});

test('an author is the same however it is typed, and another under another key', () => {
  expect(name('  Jose\u0301 ')).toBe(name('José'));
  expect(name('José')).not.toBe(name('jose'));
  expect(pseudonymiser(4, Buffer.alloc(32, 4).toString('base64'))('José')).not.toBe(name('José'));
});

test('a sender that gives a pseudonym gives an author like any other', () => {
  const first = name('ana');
  expect(name(first)).toMatch(/^p4_[a-z2-7]{26}$/);
  expect(name(first)).not.toBe(first);
});
