import { describe, expect, test } from 'vitest';
import { phrasesOf, type Usage } from './phrases.ts';

/** A stream of 1,000 texts in which these stems and pairs are in so many. */
const stream = (counts: Record<string, number>, texts = 1000): Usage => ({
  texts,
  holding: (stems) => counts[stems.join(' ')] ?? 0,
});
const EVERYDAY = { the: 600, is: 400, my: 300, with: 200, please: 90, app: 300, card: 250, keyboa: 20, like: 120 };
const said = (...texts: string[]) => texts.map((text, i) => ({ text, author: i + 1 }));
const named = (usage: Usage, ...texts: string[]) => phrasesOf(said(...texts), usage);

describe('what sets texts apart', () => {
  test('is told in the words and capitals that people used most', () => {
    expect(named(stream(EVERYDAY), 'Dark Mode is gone', 'the Dark Mode', 'bring dark mode', 'my Dark Mode')).toEqual([
      'Dark Mode',
    ]);
  });

  test('is no word that the whole stream uses, and none of two letters', () => {
    const phrases = named(stream(EVERYDAY), 'the app is ok', 'my app is ok', 'the refund app is ok', 'my refund it is');
    expect(phrases.join(' ')).not.toMatch(/\b(the|is|my|it|ok)\b/);
  });

  test('keeps a frequent word that belongs to the phrase, not one that happens to stand there', () => {
    // "card" follows "virtual" in 28 of its 30 texts against 25 % anywhere; "the" precedes "keyboard" as it does any word
    const usage = stream({ ...EVERYDAY, virtua: 30, 'virtua card': 28, 'the keyboa': 12 });
    expect(named(usage, 'virtual card lost', 'a virtual card', 'virtual card')[0]).toBe('virtual card');
    expect(named(usage, 'the keyboard', 'the keyboard lags', 'fix the keyboard')[0]).toBe('keyboard');
  });

  test('prefers the longer phrase to its part, and says no word twice', () => {
    const texts = ['search bar moved', 'search bar', 'old search bar back', 'search broken', 'bar'];
    const phrases = named(stream(EVERYDAY), ...texts);
    expect(phrases[0]).toBe('search bar');
    const words = phrases.flatMap((phrase) => phrase.split(' '));
    expect(new Set(words).size).toBe(words.length);
  });

  test('does not join words across a full stop', () => {
    expect(named(stream(EVERYDAY), 'Crash. Login', 'crash! login', 'Crash, login').every((p) => !p.includes(' '))).toBe(
      true,
    );
  });
});

test('one author alone, or one text alone, makes no phrase where there are others', () => {
  const texts = [1, 1, 2].map((author, i) => ({ text: i < 2 ? 'quokka login' : 'login fails', author }));
  expect(phrasesOf(texts, stream(EVERYDAY)).join(' ')).not.toContain('quokka');
});

test('a single text, an empty one, one in another script', () => {
  expect(phrasesOf(said('fingerprint broken'), stream(EVERYDAY))).toEqual(['fingerprint broken']);
  expect(phrasesOf(said(''), stream(EVERYDAY))).toEqual([]);
  expect(phrasesOf([], stream(EVERYDAY))).toEqual([]);
  expect(named(stream({}), '无法登录账户', '账户无法登录', '登录').length).toBeGreaterThan(0);
});

describe('in a stream of many languages', () => {
  /** Two everyday words stand side by side in a tenth of the texts that hold the rarer one. */
  const spoken = (counts: Record<string, number>, texts: number): Usage => ({
    texts,
    holding: (stems) => Math.min(...stems.map((stem) => counts[stem] ?? 0)) * (stems.length === 1 ? 1 : 0.1),
  });
  const EVERYDAY_HINDI = { है: 1200, में: 900, से: 700, नहीं: 650, का: 800, और: 500, आता: 300, मेरा: 400 };
  const texts = [
    'लॉगिन कोड में देर है और नहीं आता',
    'कोड से लॉगिन नहीं का है में',
    'लॉगिन का कोड नहीं आता है और से',
    'कोड और लॉगिन में है का से नहीं आता',
    'लॉगिन में कोड नहीं आता है का',
    'मेरा लॉगिन कोड है और नहीं में का से',
  ];
  const everyday = (usage: Usage) => {
    const words = phrasesOf(said(...texts), usage).flatMap((phrase) => phrase.split(' '));
    return words.filter((word) => word in EVERYDAY_HINDI);
  };

  test('a word that is everyday in its own language is no name, however rare that language is', () => {
    for (const size of [2_000, 100_000, 1_000_000]) {
      expect(everyday(spoken({ ...EVERYDAY_HINDI, कोड: 30, लॉगिन: 25 }, size))).toEqual([]);
    }
    expect(phrasesOf(said(...texts), spoken({ ...EVERYDAY_HINDI, कोड: 30, लॉगिन: 25 }, 100_000)).join(' ')).toMatch(
      /कोड|लॉगिन/,
    );
  });
});
