import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fill, mustBeWhole, pickLanguage, variablesOf } from './template.ts';

test('a variable without a value is refused by name, and an empty one too', () => {
  expect(fill('Dear {{ name }}, {{reference}}', { name: 'Ana', reference: 'GS-2026-00001' })).toBe(
    'Dear Ana, GS-2026-00001',
  );
  expect(() => fill('Dear {{name}}, {{when}} {{name}}', { when: ' ' })).toThrow('"name", "when"');
  expect(() => fill('{{constructor}}', {})).toThrow('"constructor"');
});

test('what is filled in is not read again: braces in a value stay as they are', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((said) => said.trim() !== ''),
      (said) => {
        expect(fill('a {{x}} b', { x: said, y: 'never' })).toBe(`a ${said} b`);
      },
    ),
  );
  expect(fill('{{x}}', { x: '{{y}} $& $1', y: 'never' })).toBe('{{y}} $& $1');
});

test('braces that are no variable are found when the template is kept', () => {
  for (const text of ['{{Name}}', '{{ }}', '{{a', 'a}}', '{{a-b}}']) {
    expect(() => mustBeWhole({ en: text }), text).toThrow('"en"');
  }
  mustBeWhole({ en: '{{a}} { one } {{ b_2 }}' });
  expect(variablesOf({ en: '{{b}} {{a}}', pt: '{{a}} {{c}}' })).toEqual(['a', 'b', 'c']);
});

test('the nearest language is taken, and none that is not near', () => {
  const texts = { en: '1', 'pt-BR': '2', pt: '3', 'zh-Hant': '4' };
  expect(['en', 'en-GB', 'pt-br', 'pt-AO', 'zh'].map((tag) => pickLanguage(texts, tag))).toEqual([
    'en',
    'en',
    'pt-BR',
    'pt',
    'zh-Hant',
  ]);
  expect(() => pickLanguage(texts, 'de')).toThrow('only in en, pt, pt-BR, zh-Hant');
});
