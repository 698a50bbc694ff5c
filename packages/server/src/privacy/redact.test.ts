import { placeholderOf } from '@groundswell/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from './redact.ts';

const NOWHERE = { regions: [], language: null };
const EVERYWHERE = { regions: ['US', 'DE', 'IN', 'BR', 'ID', 'NL', 'TR'], language: null };
const clean = (text: string, regions: readonly string[] = []) => redact(text, { regions, language: null }).text;

/** Pieces of which personal data is made, so that chance comes near to it. */
const PIECES = [
  '0171 1234567',
  '+49 171 1234567',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
  '203.0.113.7',
  '2001:db8::1:20',
  'ana@example.com',
  'ana (at) example dot com',
  'call',
  'order',
  'card',
  'version',
  'ip',
  'DNI',
  '12345678Z',
  'CPF',
  '529.982.247-25',
  '078-05-1120',
  'ssn',
  'AB 12 34 56 C',
  '⟦phone⟧',
  '⟦email⟧',
  '⟦',
  '⟧',
  '電話',
  'هاتف',
  '०९८७६५४३२१०',
  '０９０',
  '\u200b',
  '@',
  '%40',
  '+',
  '(',
  ')',
  '.',
  '-',
  ' ',
  ', ',
  '\n',
  '/',
  '#',
  '1',
  '22',
  '333',
  '4444',
  '55555',
  '12.34',
  'http://a.example/',
  'tel=',
  'x',
  '\ud83d',
  '😀',
  '²',
  '1️⃣',
];
const nearly = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join(''));
const spaced = fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(' '));
const any = fc.oneof(nearly, spaced, fc.string({ unit: 'binary', maxLength: 200 }));
const hints = fc.constantFrom(
  NOWHERE,
  EVERYWHERE,
  { regions: ['GB'], language: 'en' },
  { regions: ['XX'], language: 'tlh' },
);

describe('whatever the text', () => {
  test('what was redacted once has nothing more to redact', () => {
    fc.assert(
      fc.property(any, hints, (text, hint) => {
        const once = redact(text, hint).text;
        expect(redact(once, hint)).toEqual({ text: once, found: {} });
      }),
      { numRuns: 3_000 },
    );
  });

  test('it grows by no more than the placeholders that stand in it, and they are counted', () => {
    fc.assert(
      fc.property(any, hints, (text, hint) => {
        const { text: after, found } = redact(text, hint);
        expect(after.length).toBeLessThanOrEqual(text.length * 1.5 + 4);
        for (const [what, places] of Object.entries(found)) {
          expect(places).toBeGreaterThan(0);
          expect(after).toContain(placeholderOf(what as 'email'));
        }
        if (Object.keys(found).length === 0) expect(after).toBe(text);
      }),
    );
  });

  test('without a digit, an "@" or a word for it, not a character changes', () => {
    const wordless = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !/[\p{N}@＠]|\b(?:at|a|ät|arroba|arobase)\b/iu.test(text));
    fc.assert(
      fc.property(wordless, (text) => {
        expect(clean(text, ['US', 'DE'])).toBe(text);
      }),
    );
  });
});

/** Processor time, the best of three: what else the machine does makes it larger, never smaller. */
function costOf(text: string): number {
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    redact(text, EVERYWHERE);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  });
  return Math.min(...times);
}

test.each([
  '1',
  '@',
  'a.a.a.',
  '+',
  '+1',
  '1 ',
  '12 ',
  '01 ',
  '4111 ',
  '1.1.1.1 ',
  '84.1.1.1 ',
  'a@',
  'a@b.co ',
  'DE89',
  'DE89 ',
  '(1)',
  ':',
  'f:',
  '1\u200b',
  '１',
  '0171 1234567 ',
  ' at a dot',
  'call 0171 1234567, ',
  'http://a/1234567 ',
  'x1234567 ',
  '電話1234567',
  '1-',
  '1.',
  '⟧',
  'RSSMRA85T10A562',
])('a text made of %j alone costs ten times as much when it is ten times as long, not more', (piece) => {
  const short = piece.repeat(30_000 / piece.length);
  costOf(short); // warm
  const [once, tenfold] = [costOf(short), costOf(short.repeat(10))];
  // Quadratic would be a hundred times; a floor keeps what is too quick to be measured out of the ratio.
  expect(tenfold / Math.max(once, 2_000)).toBeLessThan(40);
});

describe('by name', () => {
  test.each([
    ['mail me at jane.doe+x@example.co.uk. Thanks', 'mail me at ⟦email⟧. Thanks'],
    ['[write](mailto:a.b@example.org)!', '[write](mailto:⟦email⟧)!'],
    ['https://example.com/join?mail=ana%40example.org&x=1', 'https://example.com/join?mail=⟦email⟧&x=1'],
    ['メールはtaro@example.jpまで', 'メールは⟦email⟧まで'],
    ['राम@उदाहरण.भारत पर', '⟦email⟧ पर'],
    ['call 0171 1234567 or 0172 7654321', 'call ⟦phone⟧ or ⟦phone⟧'],
    ['call (+49 (0)171 123 45 67)', 'call (⟦phone⟧)'],
    ['https://wa.me/+4917112345678', 'https://wa.me/⟦phone⟧'],
    ['http://203.0.113.9:8080/x', 'http://⟦ip⟧:8080/x'],
    ['subnet 203.0.113.0/24', 'subnet ⟦ip⟧/24'],
    ['the card (4111-1111-1111-1111)', 'the card (⟦card⟧)'],
    ['ana@example.com#ben@example.com 4111 1111 1111 1111', '⟦email⟧#⟦email⟧ ⟦card⟧'],
    ['ana@example.com#０９０ana@example.com\ud83d4111 1111 1111 1111', '⟦email⟧#⟦email⟧\ud83d⟦card⟧'],
  ])('%s', (text, wanted) => expect(clean(text)).toBe(wanted));

  test.each([
    ['icon@2x.png and lodash@4.17.21', []],
    ['4111111111111112 fails its check', []],
    ['order 4111111111111111', []],
    ['https://example.com/status/4111111111111111', []],
    ['IMEI 490154203237518', ['US']],
    ['00:1a:2b:3c:4d:5e and 12:34:56', []],
    ['std::vector<int> a; a::b', []],
    ['1718270000 and 1718270000123', ['DE', 'US', 'IN']],
    ['52.520008, 13.404954', ['DE']],
    ['1 234 567 vues', ['FR']],
  ])('not: %s', (text, regions) => expect(clean(text, regions)).toBe(text));

  test('a number without a plus is a phone where the source is, and nowhere else', () => {
    expect(clean('0171 1234567', ['DE'])).toBe('⟦phone⟧');
    expect(clean('0171 1234567')).toBe('0171 1234567');
    expect(clean('0171 1234567', ['US'])).toBe('0171 1234567');
  });
});
