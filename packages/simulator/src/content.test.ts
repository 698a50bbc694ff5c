/** Whether every language can say everything: what a translation forgets would stop a world in the middle of its day. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tongueOf } from './language.ts';
import { personOf } from './people.ts';
import { type Phrase, parsePhrase, speak } from './phrase.ts';
import { COUNTRIES, LANGUAGES, type Language } from './places.ts';
import { Chance } from './random.ts';
import { RECIPES } from './recipes.ts';
import { fillSlot } from './slots.ts';

type Sayings = Record<string, { say: string[]; short: string[]; title: string[] }>;
const read = <T>(language: Language, file: string): T =>
  JSON.parse(readFileSync(new URL(`../data/${language}/${file}.json`, import.meta.url), 'utf8')) as T;

function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* texts(one);
}

test.each(LANGUAGES)('%s has all intents and stories, and enough ways to say each', (language) => {
  for (const [file, ways] of [
    ['intents', 4],
    ['stories', 8],
  ] as const) {
    const [own, english] = [read<Sayings>(language, file), read<Sayings>('en', file)];
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    for (const [id, { say, short, title }] of Object.entries(own)) {
      expect(new Set(say).size, `${id} say`).toBeGreaterThanOrEqual(ways);
      expect(new Set(short).size, `${id} short`).toBeGreaterThanOrEqual(3);
      expect(new Set(title).size, `${id} title`).toBeGreaterThanOrEqual(2);
    }
  }
});

test('there are about two hundred intents, and words for every story that is planted', () => {
  expect(Object.keys(read<Sayings>('en', 'intents')).length).toBeGreaterThan(190);
  const planted = Object.values(RECIPES).flatMap(({ stories }) => stories.map(([story]) => story));
  const told = read<Sayings>('en', 'stories');
  expect(planted.filter((story) => story !== '' && !(story in told))).toEqual([]);
});

test.each(LANGUAGES)('%s: brackets close, nothing is empty, every slot is known', async (language) => {
  const tongue = await tongueOf(language);
  const person = personOf(1, COUNTRIES[0]!, 1);
  const chance = new Chance(1);
  const wrong: string[] = [];
  for (const file of ['frame', 'intents', 'stories']) {
    for (const text of texts(read<unknown>(language, file))) {
      try {
        for (const slot of slotsOf(parsePhrase(text))) fillSlot({ tongue, person, version: '1.0' }, slot, chance);
        const said = speak(parsePhrase(text), chance, () => 'x');
        if (said.trim() === '' || said !== said.trim() || /\{|\}|\[|\]|\|/.test(said)) wrong.push(text);
      } catch (error) {
        wrong.push(`${text}: ${(error as Error).message}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

function slotsOf(phrase: Phrase): string[] {
  return phrase.flatMap((piece) => {
    if (typeof piece === 'string') return [];
    return 'slot' in piece ? [piece.slot] : piece.anyOf.flatMap(slotsOf);
  });
}

test('a bracket that does not close and a slot that nobody knows are found', async () => {
  expect(() => parsePhrase('[a|b is fine')).toThrow('does not close');
  const tongue = await tongueOf('en');
  const writer = { tongue, person: personOf(1, COUNTRIES[0]!, 1), version: '1.0' };
  expect(() => fillSlot(writer, 'nonsense', new Chance(1))).toThrow('knows the slot "nonsense"');
});

test.each(LANGUAGES)('%s is written in its own letters', (language) => {
  const scripts: Partial<Record<Language, RegExp>> = {
    ar: /\p{Script=Arabic}/u,
    hi: /\p{Script=Devanagari}|[a-z]{3}/u,
    ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/u,
  };
  const said = Object.values(read<Sayings>(language, 'intents')).flatMap(({ say }) => say);
  const own = said.filter((text) => (scripts[language] ?? /[a-z]{3}/i).test(text));
  expect(own.length / said.length).toBeGreaterThan(0.97);
  const english = new Set(Object.values(read<Sayings>('en', 'intents')).flatMap(({ say }) => say));
  if (language !== 'en') expect(said.filter((text) => english.has(text)).length).toBeLessThan(3);
});
