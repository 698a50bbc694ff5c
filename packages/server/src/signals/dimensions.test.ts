import { expect, test } from 'vitest';
import { dimensionName, dimensionValue, typeDimensions } from './dimensions.ts';

test.each([
  ['App Version', 'app_version'],
  ['appVersion', 'app_version'],
  ['app-version', 'app_version'],
  ['iOS', 'ios'],
  ['ＯＳ', 'os'],
  ['Land/Region', 'land_region'],
  ['地域', '地域'],
  ['__proto__', 'proto'],
])('the name %j is %j', (said, want) => {
  expect(dimensionName(said)).toBe(want);
});

test.each([
  ['app_version', 'v7.3.0', '7.3.0'],
  ['app_version', 'V7', '7'],
  ['channel', 'v7', 'v7'],
  ['channel', 'Version 7.3', '7.3'],
  ['app_version', '7.10', '7.10'],
  ['app_version', 7.1, '7.1'],
  ['batch', '007', '007'],
  ['crashed', true, 'true'],
  ['count', -0, '0'],
  ['country', 'Germany', 'DE'],
  ['country', 'deu', 'DE'],
  ['country', 'de', 'DE'],
  ['user_country', 'Deutschland', 'DE'],
  ['country_code', 'USA', 'US'],
  ['country', 'uk', 'GB'],
  ['country', '日本', 'JP'],
  ['country', 'Côte d’Ivoire', 'CI'],
  ['country', 'Atlantis', 'Atlantis'],
  ['region', 'Georgia', 'Georgia'],
  ['platform', '  Android\n14 ', 'Android 14'],
])('%s %j is %j', (name, value, want) => {
  expect(dimensionValue(name, value)).toBe(want);
});

test('thousands of names are refused before they are read', () => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`name ${i}`, '']));
  const since = performance.now();
  expect(typeDimensions(many)).toEqual({ reason: expect.stringContaining('100000 names; at most 50') });
  expect(performance.now() - since).toBeLessThan(500); // reading them all took 3,500 ms
});

test('two spellings of one name that agree are one', () => {
  expect(typeDimensions({ appVersion: 'v7.3.0', app_version: '7.3.0', b: 'x', a: 1 })).toEqual({
    dimensions: { a: '1', app_version: '7.3.0', b: 'x' },
  });
});
