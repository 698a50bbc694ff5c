/** Every language says everything that English says: no text missing, none left over, none damaged, none forgotten. */
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../parts/languages.ts';
import ar from './ar.json';
import de from './de.json';
import en from './en.json';
import es from './es.json';
import fr from './fr.json';
import id from './id.json';
import ja from './ja.json';
import pt from './pt.json';
import { SAME_AS_ENGLISH, SAME_EVERYWHERE } from './same-as-english.ts';

type Texts = { readonly [key: string]: string | Texts };

const FORM = /_(zero|one|two|few|many|other)$/;

const FILES: Readonly<Record<Language, Texts>> = { en, es, pt, fr, de, id, ja, ar };

const read = (language: Language): Map<string, string> => flat(FILES[language]);

function flat(texts: Texts, before = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string' ? [[before + key, text] as const] : [...flat(text, `${before}${key}.`)],
    ),
  );
}

const english = read('en');
const counted = new Set([...english.keys()].filter((key) => key.endsWith('_other')).map((key) => key.slice(0, -6)));
const baseOf = (key: string): string | null => {
  const base = key.replace(FORM, '');
  return base !== key && counted.has(base) ? base : null;
};

/** The keys that a language has to have: those of English, a counted one in the forms of the language. */
function wanted(language: string): Set<string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return new Set(
    [...english.keys()].flatMap((key) => {
      const base = baseOf(key);
      return base === null || key.endsWith('_zero') ? [key] : forms.map((form) => `${base}_${form}`);
    }),
  );
}

/** What is filled in and marked up, in any order. */
const marksOf = (text: string): string[] =>
  (text.match(/\{\{[^}]*\}\}|<\/?[a-z]+\/?>/gi) ?? []).map((mark) => mark.replaceAll(' ', '')).toSorted();

/** A form that stands for one number alone may leave that number to the words. */
const SAYS_IT_ITSELF = /_(zero|one|two)$/;
const COUNT = /^\{\{count(,number)?\}\}$/;

function damaged(key: string, text: string): string[] {
  const base = baseOf(key);
  const source = english.get(key) ?? english.get(`${base}_other`)!;
  const free = SAYS_IT_ITSELF.test(key);
  const keep = (marks: string[]) => (free ? marks.filter((mark) => !COUNT.test(mark)) : marks).join(' ');
  const ours = keep(marksOf(text));
  const theirs = keep(marksOf(source));
  return ours === theirs ? [] : [`${key}: has “${ours}”, English has “${theirs}”`];
}

const others = LANGUAGES.map(({ tag }) => tag).filter((tag) => tag !== 'en');

describe.each(others)('%s', (language) => {
  const texts = read(language);
  const keys = wanted(language);

  it('says everything that English says', () => {
    expect([...keys].filter((key) => !texts.has(key)).map((key) => `${key}: ${english.get(key) ?? ''}`)).toEqual([]);
  });

  it('says nothing that English does not say', () => {
    expect([...texts.keys()].filter((key) => !keys.has(key))).toEqual([]);
  });

  it('fills in and marks up what English does', () => {
    expect([...texts].filter(([key]) => keys.has(key)).flatMap(([key, text]) => damaged(key, text))).toEqual([]);
  });

  it('leaves no text in English, unless it is written down as right in same-as-english.ts', () => {
    const right = new Set([...SAME_EVERYWHERE, ...(SAME_AS_ENGLISH[language] ?? [])]);
    const same = [...texts].filter(([key, text]) => text === english.get(key)).map(([key]) => key);
    // a text of nothing but marks and signs has no words
    const forgotten = same.filter(
      (key) => !right.has(key) && /\p{L}/u.test(english.get(key)!.replace(/\{\{[^}]*\}\}|<[^>]*>/g, '')),
    );
    expect(forgotten).toEqual([]);
  });

  it('keeps no exception that is none any more', () => {
    const same = (key: string) => texts.get(key) === english.get(key);
    expect((SAME_AS_ENGLISH[language] ?? []).filter((key) => !same(key))).toEqual([]);
  });
});
