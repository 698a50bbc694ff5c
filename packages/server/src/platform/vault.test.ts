import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { houseKey, openVault, WrongKey } from './vault.ts';

const key = Buffer.alloc(32, 7);

test('what was sealed opens again, with the same key and for the same purpose only', () => {
  const sealed = openVault(key).seal('a secret ☂', 'connector 1');

  expect(openVault(key).open(sealed, 'connector 1')).toBe('a secret ☂');
  expect(() => openVault(key).open(sealed, 'connector 2')).toThrow(WrongKey);
  expect(() => openVault(Buffer.alloc(32, 8)).open(sealed, 'connector 1')).toThrow(WrongKey);
});

test('a changed byte is noticed, wherever it stands', () => {
  const sealed = openVault(key).seal('a secret', 'x');
  for (let i = 0; i < sealed.length; i++) {
    const bent = Buffer.from(sealed);
    bent[i]! ^= 1;
    expect(() => openVault(key).open(bent, 'x')).toThrow(WrongKey);
  }
  expect(() => openVault(key).open(sealed.subarray(0, 10), 'x')).toThrow(WrongKey);
});

test('the same text sealed twice does not look the same', () => {
  const vault = openVault(key);
  expect(vault.seal('a', 'x').equals(vault.seal('a', 'x'))).toBe(false);
});

test('the key is drawn once, is nobody else’s to read, and can be given', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vault-'));
  const first = houseKey(dir, undefined);
  expect(first).toHaveLength(32);
  expect(houseKey(dir, undefined).equals(first)).toBe(true);
  expect(statSync(join(dir, 'secret.key')).mode & 0o777).toBe(0o600);
  expect(houseKey(dir, key.toString('base64')).equals(key)).toBe(true);
  rmSync(dir, { recursive: true });
});
