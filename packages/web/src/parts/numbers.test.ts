import { describe, expect, test } from 'vitest';
import { sayBytes, sayRatio, sayShare, saySpan } from './numbers.ts';

describe('numbers as people read them', () => {
  test('a ratio keeps its decimal below ten, also when it is zero', () => {
    expect([1, 6.21, 12.7].map((ratio) => sayRatio(ratio, 'en'))).toEqual(['1.0×', '6.2×', '13×']);
  });

  test('a ratio is isolated where lines read from the right', () => {
    expect(sayRatio(6.21, 'ar-EG')).toMatch(/^\u2066.+×\u2069$/);
  });

  test('a span stands in the largest unit that fits it', () => {
    expect([45, 90, 3600, 5000, 7200, 86_400, 129_600, 100_000].map((seconds) => saySpan(seconds, 'en'))).toEqual([
      '45 sec',
      '2 min',
      '1 hr',
      '83 min',
      '2 hr',
      '1 day',
      '2 days',
      '28 hr',
    ]);
  });

  test('a small share does not become zero', () => {
    expect([0, 0.004, 0.12].map((share) => sayShare(share, 'en'))).toEqual(['0%', '0.4%', '12%']);
  });

  test('bytes', () => {
    expect([0, 900, 1_400_000].map((bytes) => sayBytes(bytes, 'en'))).toEqual(['0 byte', '900 byte', '1.3 MB']);
  });
});
