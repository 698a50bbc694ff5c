import { expect, test } from 'vitest';
import { weakness } from './password.ts';
import { hashPassword, isPassword } from './password-hash.ts';

const ANA = { name: 'Ana Lindqvist', email: 'ana.lindqvist@example.org' };

test.each([
  ['short', 'too short'],
  ['elevenchars', 'too short'],
  ['aaaaaaaaaaaaaaa', 'repeats'],
  ['horsehorsehorse', 'repeats'],
  ['abcabcabcabca', 'repeats'],
  ['12345678901234', 'counts'],
  ['abcdefghijklmnop', 'counts'],
  ['zyxwvutsrqponm', 'counts'],
  ['ana.lindqvist@example.org', 'your name'],
  ['Lindqvist2026!', 'your name'],
  ['ana lindqvist', 'your name'],
  ['Groundswell2026!', 'groundswell'],
  ['groundswellgs', 'groundswell'],
])('"%s" is refused, and the reason is said', (password, why) => {
  expect(weakness(password, ANA)).toContain(why);
});

test.each([
  'correct horse battery',
  '839201749204',
  'groundswell paper lantern',
  'Ana walks to Lindesberg',
  'пароль-для-работы',
  '長い合言葉を使うと安全です',
])('"%s" is accepted: length is what counts', (password) => expect(weakness(password, ANA)).toBeNull());

test('characters are counted as people see them, not as bytes', () => {
  expect(weakness('пароль', ANA)).toContain('too short');
});

test('a password fits its hash, also when another keyboard spells it otherwise, and nothing else does', async () => {
  const stored = await hashPassword('crème brûlée at noon');
  expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  expect(await isPassword(stored, 'cre\u0300me bru\u0302le\u0301e at noon')).toBe(true);
  expect(await isPassword(stored, 'crème brûlée at nine')).toBe(false);
  expect(await isPassword(null, 'crème brûlée at noon')).toBe(false);
});
