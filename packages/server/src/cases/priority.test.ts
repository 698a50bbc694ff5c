/** Worked by hand: each line says what is known, and what follows from it. */
import { CaseFacts, HARM_CODES, HARMS } from '@groundswell/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LegalTerm, nameOf, proposePriority } from './priority.ts';

type Some = Partial<CaseFacts>;
const of = (facts: Some, legal: LegalTerm | null = null) => proposePriority(CaseFacts.parse(facts), legal);
const law = (minutes: number | null): LegalTerm => ({ code: 'some_law', minutes });

test.each<[string, Some, LegalTerm | null, string, string[]]>([
  ['nothing is known: standard', {}, null, 'P3', []],
  ['a live suicide', { harm: 'self_harm.imminent' }, null, 'P0', ['harm']],
  ['copyright', { harm: 'rights_consumer.copyright' }, null, 'P3', ['harm']],
  [
    'doxxing of somebody, now: P1, two up, no further than P0',
    { harm: 'privacy.doxxing', imminence: 'now' },
    null,
    'P0',
    ['harm', 'imminence'],
  ],
  ['doxxing of a minor: P1, one up', { harm: 'privacy.doxxing', minor: true }, null, 'P0', ['harm', 'minor']],
  ['targeted bullying: P2', { harm: 'bullying.targeted' }, null, 'P2', ['harm']],
  [
    '… of a minor, today: P2, one up, and P0 is not for sums',
    { harm: 'bullying.targeted', minor: true, imminence: 'today' },
    null,
    'P1',
    ['harm', 'imminence', 'minor'],
  ],
  [
    '… that goes round fast: P2, one up',
    { harm: 'bullying.targeted', viewsPerHour: 10_000 },
    null,
    'P1',
    ['harm', 'reach'],
  ],
  [
    '… that does not: 9,999 views an hour are not 10,000',
    { harm: 'bullying.targeted', viewsPerHour: 9_999 },
    null,
    'P2',
    ['harm'],
  ],
  [
    'reach alone never makes a P0 of a P1',
    { harm: 'privacy.doxxing', viewsPerHour: 5_000_000 },
    null,
    'P1',
    ['harm', 'reach'],
  ],
  ['one payment', { support: 'monetisation' }, null, 'P3', []],
  [
    'one payment that somebody lives on: one up',
    { support: 'monetisation', moneyAtStake: true },
    null,
    'P2',
    ['money'],
  ],
  [
    '… of a creator with two million followers: money and followers stop at P2',
    { support: 'monetisation', moneyAtStake: true, followers: 2_000_000 },
    null,
    'P2',
    ['money', 'followers'],
  ],
  ['a payout outage for 200,000: two up', { support: 'monetisation', usersAffected: 200_000 }, null, 'P1', ['users']],
  [
    'a classifier banned thousands',
    { support: 'enforcement_appeals', massEnforcement: true },
    null,
    'P1',
    ['mass_enforcement'],
  ],
  ['the press asks about a bug', { support: 'app_quality', audience: ['press'] }, null, 'P2', ['audience']],
  ['it was closed and is back', { support: 'app_quality', repeat: true }, null, 'P2', ['repeat']],
  ['an order of one hour', {}, law(60), 'P0', ['legal']],
  ['an order of 61 minutes', {}, law(61), 'P1', ['legal']],
  ['an order of three hours', {}, law(180), 'P1', ['legal']],
  ['48 hours', {}, law(2_880), 'P2', ['legal']],
  ['a month changes nothing', {}, law(43_200), 'P3', []],
  ['"promptly" is no number, and P1', {}, law(null), 'P1', ['legal']],
  [
    'law and harm: the more urgent of the two',
    { harm: 'rights_consumer.copyright' },
    law(180),
    'P1',
    ['harm', 'legal'],
  ],
  ['harm above law', { harm: 'self_harm.imminent' }, law(2_880), 'P0', ['harm', 'legal']],
])('%s', (_, facts, legal, priority, codes) => {
  const proposed = of(facts, legal);
  expect(nameOf(proposed.priority)).toBe(priority);
  expect(proposed.reasons.map(({ code }) => code)).toEqual(codes);
});

const someFacts = fc.record({
  harm: fc.option(fc.constantFrom(...HARM_CODES)),
  support: fc.option(fc.constantFrom('monetisation' as const, 'live' as const)),
  imminence: fc.constantFrom('now' as const, 'today' as const, 'later' as const, 'unknown' as const),
  minor: fc.boolean(),
  vulnerable: fc.boolean(),
  viewsPerHour: fc.option(fc.nat(1_000_000)),
  growing: fc.boolean(),
  audience: fc.uniqueArray(fc.constantFrom('press' as const, 'authority' as const), { maxLength: 2 }),
  usersAffected: fc.option(fc.nat(1_000_000)),
  moneyAtStake: fc.boolean(),
  repeat: fc.boolean(),
  massEnforcement: fc.boolean(),
  followers: fc.option(fc.nat(100_000_000)),
});
const someLaw = fc.option(fc.record({ code: fc.constant('l'), minutes: fc.option(fc.nat(100_000)) }));

test('followers never lower a priority, and where somebody is harmed they change nothing at all', () => {
  fc.assert(
    fc.property(someFacts, someLaw, fc.nat(100_000_000), (facts, legal, more) => {
      const [none, many] = [of({ ...facts, followers: null }, legal), of({ ...facts, followers: more }, legal)];
      expect(many.priority).toBeLessThanOrEqual(none.priority);
      if (facts.harm !== null) expect(many).toEqual(none);
    }),
  );
});

test('nothing that becomes known lowers it: never below the floor of the harm, and the steps lead to the end', () => {
  fc.assert(
    fc.property(someFacts, someLaw, (facts, legal) => {
      const { priority, reasons } = of(facts, legal);
      if (facts.harm) expect(priority).toBeLessThanOrEqual(HARMS[facts.harm][0]);
      for (const known of ['minor', 'repeat', 'growing', 'moneyAtStake', 'massEnforcement'] as const) {
        expect(of({ ...facts, [known]: true }, legal).priority, known).toBeLessThanOrEqual(
          of({ ...facts, [known]: false }, legal).priority,
        );
      }
      let reached = 'P3';
      for (const { from, to } of reasons) {
        expect(from).toBe(reached);
        expect(to <= from).toBe(true);
        reached = to;
      }
      expect(nameOf(priority)).toBe(reached);
    }),
  );
});
