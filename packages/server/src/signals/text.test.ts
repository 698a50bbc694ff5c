import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLine, cleanText, keepFirst } from './text.ts';

test('controls go, line ends and tabs stay, lone surrogates are shown', () => {
  expect(cleanText('a\u0000b\u001b[31m\r\nc\td\u2028e\ud83d!')).toBe('ab[31m\nc\td\ne\ufffd!');
});

test('nothing is left that reorders what stands beside it; marks that Arabic needs stay', () => {
  expect(cleanText('\u202euser\u202c \u2066x\u2069 \u200fشكرا\u200e')).toBe('user x \u200fشكرا\u200e');
});

test('joiners of emoji and Persian stay', () => {
  expect(cleanText('👩\u200d👧 می\u200cشود')).toBe('👩\u200d👧 می\u200cشود');
});

test('cleaning twice changes nothing, and the result is NFC', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }), (said) => {
      const once = cleanText(said);
      expect(cleanText(once)).toBe(once);
      expect(once.normalize('NFC')).toBe(once);
      expect(once).not.toMatch(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
      expect(cleanLine(said)).not.toMatch(/[\n\t]/);
    }),
  );
});

test('the first characters are those that the slow definition gives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, max) => {
      const characters = [...text];
      expect(keepFirst(text, max)).toEqual({
        text: characters.slice(0, max).join(''),
        length: Math.min(characters.length, max),
        truncated: characters.length > max,
      });
    }),
  );
});
