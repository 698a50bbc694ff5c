import { describe, expect, it } from 'vitest';
import { sayDuration } from './durations.ts';

const MINUTE = 60_000;

describe('a length of time in words', () => {
  it('says two units at most, the largest first, and leaves out what is nothing', () => {
    expect(sayDuration(18 * MINUTE, 'en')).toBe('18 min');
    expect(sayDuration(90 * MINUTE, 'en')).toBe('1 hr 30 min');
    expect(sayDuration(120 * MINUTE, 'en')).toBe('2 hr');
    expect(sayDuration((3 * 24 * 60 + 5 * 60 + 59) * MINUTE, 'en')).toBe('3 days 5 hr');
  });

  it('never says more than is there: what is begun is not whole', () => {
    expect(sayDuration(59_999, 'en')).toBe('0 min');
    expect(sayDuration(2 * MINUTE - 1, 'en')).toBe('1 min');
  });

  it('tells how late as it tells how long', () => {
    expect(sayDuration(-25 * MINUTE, 'en')).toBe('25 min');
  });

  it('speaks the language of its reader', () => {
    expect(sayDuration(65 * MINUTE, 'de')).toBe('1 Std. 5 Min.');
  });
});
