import fc from 'fast-check';
import { type CountryCode, getCountries, getExampleNumber, isValidPhoneNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples' with { type: 'json' };
import { expect, test } from 'vitest';
import { international, planOf } from './phone-plans.ts';

test('what the library calls a valid number of a country, its plan does', () => {
  for (const country of getCountries()) {
    const example = getExampleNumber(country, examples);
    if (!example) continue;
    expect(planOf(country)!.valid(example.nationalNumber), country).toBe(true);
    expect(international(example.number.slice(1)), country).toMatchObject({ possible: true, valid: true });
  }
});

test('of any digits the plan and the library say the same', () => {
  const country = fc.constantFrom<CountryCode>('DE', 'FR', 'GB', 'IN', 'JP', 'ES', 'SA', 'EG', 'PL');
  const digits = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.stringMatching(/^\d{6,10}$/))
    .map(([first, rest]) => first + rest);
  fc.assert(
    fc.property(country, digits, (where, national) => {
      const code = { DE: 49, FR: 33, GB: 44, IN: 91, JP: 81, ES: 34, SA: 966, EG: 20, PL: 48 }[where as 'DE'];
      if (isValidPhoneNumber(`+${code}${national}`)) expect(international(`${code}${national}`).valid).toBe(true);
      if (planOf(where)!.valid(national)) expect(isValidPhoneNumber(national, where)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('what is no country has no plan', () => {
  expect(planOf('XX')).toBeNull();
  expect(international('999123456789').possible).toBe(false);
});
