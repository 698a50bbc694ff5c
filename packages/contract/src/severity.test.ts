/** Severity by hand-worked cases, and what no case may do. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HARM_CODES } from './cases-harm.ts';
import { FIRST_RULES, type Impact, proposeSeverity, SeverityRules } from './severity.ts';

const unknown: Impact = { people: null, per1000: null, growth: null, over: false, harm: null };
const rising = { ratio: 2, low: 1.4, high: 2.9 };
const level = { ratio: 1, low: 0.7, high: 1.4 };

test.each<[string, Partial<Impact>, number]>([
  ['nothing is known', {}, 4],
  ['12 people, level', { people: 12, growth: level }, 3],
  ['9 people, rising', { people: 9, growth: rising }, 3],
  ['140 people', { people: 140 }, 2],
  ['140 people, and it is over', { people: 140, over: true, growth: rising }, 3],
  ['12 people of a small service: 6 in 1,000 active', { people: 12, per1000: 6, growth: level }, 1],
  ['one person, imminent danger', { people: 1, harm: 'self_harm.imminent' }, 1],
  ['one person, imminent danger, over', { people: 1, harm: 'self_harm.imminent', over: true }, 1],
  ['1,000 people, falling', { people: 1_000, growth: { ratio: 0.5, low: 0.3, high: 0.8 } }, 2],
])('%s', (_, known, severity) => {
  expect(proposeSeverity({ ...unknown, ...known }).severity).toBe(severity);
});

test('every line that led to it is told', () => {
  const { reasons } = proposeSeverity({
    people: 12,
    per1000: 6,
    growth: rising,
    over: false,
    harm: 'child_safety.csam',
  });
  expect(reasons.map(({ code }) => code)).toEqual(['people', 'per1000', 'harm', 'growth', 'harm_is_urgent']);
});

const some = fc.record({
  people: fc.option(fc.nat(5_000)),
  per1000: fc.option(fc.double({ min: 0, max: 20, noNaN: true })),
  growth: fc.option(fc.constantFrom(rising, level)),
  over: fc.boolean(),
  harm: fc.option(fc.constantFrom(...HARM_CODES)),
});

test('no harm ever makes it less grave, nor do more people', () => {
  fc.assert(
    fc.property(some, fc.nat(5_000), (known, more) => {
      const before = proposeSeverity({ ...known, harm: null }).severity;
      expect(proposeSeverity(known).severity).toBeLessThanOrEqual(before);
      if (known.people === null) return;
      const grown = proposeSeverity({ ...known, people: known.people + more }).severity;
      expect(grown).toBeLessThanOrEqual(proposeSeverity(known).severity);
    }),
  );
});

test('steps that do not go down are no rules', () => {
  expect(SeverityRules.safeParse({ ...FIRST_RULES, people: [10, 100, 1_000] }).success).toBe(false);
  expect(SeverityRules.parse(FIRST_RULES)).toEqual(FIRST_RULES);
});
