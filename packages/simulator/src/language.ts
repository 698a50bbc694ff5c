/** What people of a language say, as it is kept in `data`: read once, parsed as it is needed. */

import { setImmediate as breathe } from 'node:timers/promises';
import { type Phrase, parsePhrase } from './phrase.ts';
import type { Language } from './places.ts';

/** About one thing: whole statements, a few words, subjects of a ticket. */
interface SayingData {
  readonly say: readonly string[];
  readonly short: readonly string[];
  readonly title: readonly string[];
}
export interface Saying {
  readonly say: readonly Phrase[];
  readonly short: readonly Phrase[];
  readonly title: readonly Phrase[];
}

type ByTemper<Said> = Readonly<Record<'polite' | 'plain' | 'angry', readonly Said[]>>;

/** What stands around a statement, whatever it is about. `Said` is a text in the file and a phrase once it is read. */
interface Frame<Said> {
  readonly open: ByTemper<Said>;
  readonly context: readonly Said[];
  readonly tried: readonly Said[];
  readonly effect: readonly Said[];
  readonly shot: readonly Said[];
  readonly creator: readonly Said[];
  readonly slang: readonly Said[];
  readonly tags: readonly Said[];
  readonly ask: ByTemper<Said>;
  readonly close: ByTemper<Said>;
}
interface FrameData extends Frame<string> {
  readonly slots: Readonly<Record<string, readonly string[]>>;
}
export interface Tongue extends Frame<Phrase> {
  readonly language: Language;
  readonly slots: ReadonlyMap<string, readonly Phrase[]>;
  readonly intents: ReadonlyMap<string, Saying>;
  readonly stories: ReadonlyMap<string, Saying>;
}

type Sayings = Readonly<Record<string, SayingData>>;
type Json = Promise<{ default: unknown }>;

/** Each an import of its own, so that a bundle carries them and nothing is read before it is needed. */
const FILES: Readonly<Record<Language, () => [frame: Json, intents: Json, stories: Json]>> = {
  en: () => [
    import('../data/en/frame.json', { with: { type: 'json' } }),
    import('../data/en/intents.json', { with: { type: 'json' } }),
    import('../data/en/stories.json', { with: { type: 'json' } }),
  ],
  es: () => [
    import('../data/es/frame.json', { with: { type: 'json' } }),
    import('../data/es/intents.json', { with: { type: 'json' } }),
    import('../data/es/stories.json', { with: { type: 'json' } }),
  ],
  pt: () => [
    import('../data/pt/frame.json', { with: { type: 'json' } }),
    import('../data/pt/intents.json', { with: { type: 'json' } }),
    import('../data/pt/stories.json', { with: { type: 'json' } }),
  ],
  de: () => [
    import('../data/de/frame.json', { with: { type: 'json' } }),
    import('../data/de/intents.json', { with: { type: 'json' } }),
    import('../data/de/stories.json', { with: { type: 'json' } }),
  ],
  id: () => [
    import('../data/id/frame.json', { with: { type: 'json' } }),
    import('../data/id/intents.json', { with: { type: 'json' } }),
    import('../data/id/stories.json', { with: { type: 'json' } }),
  ],
  hi: () => [
    import('../data/hi/frame.json', { with: { type: 'json' } }),
    import('../data/hi/intents.json', { with: { type: 'json' } }),
    import('../data/hi/stories.json', { with: { type: 'json' } }),
  ],
  ar: () => [
    import('../data/ar/frame.json', { with: { type: 'json' } }),
    import('../data/ar/intents.json', { with: { type: 'json' } }),
    import('../data/ar/stories.json', { with: { type: 'json' } }),
  ],
  ja: () => [
    import('../data/ja/frame.json', { with: { type: 'json' } }),
    import('../data/ja/intents.json', { with: { type: 'json' } }),
    import('../data/ja/stories.json', { with: { type: 'json' } }),
  ],
};

const tongues = new Map<Language, Promise<Tongue>>();

/**
 * What people of a language say; the same object each time.
 * @example
 * (await tongueOf('de')).stories.get('bug.upload_99')!.say.length; // at least 8
 */
export function tongueOf(language: Language): Promise<Tongue> {
  const known = tongues.get(language) ?? readTongue(language);
  tongues.set(language, known);
  return known;
}

async function readTongue(language: Language): Promise<Tongue> {
  const files = await Promise.all(FILES[language]());
  const [frame, intents, stories] = files.map((file) => file.default) as [FrameData, Sayings, Sayings];
  await breathe(); // reading and parsing one language takes some 20 ms: whoever shares the process gets a turn
  const read = (said: readonly string[]) => said.map(parsePhrase);
  const byTemper = ({ polite, plain, angry }: ByTemper<string>): ByTemper<Phrase> => ({
    polite: read(polite),
    plain: read(plain),
    angry: read(angry),
  });
  return {
    language,
    slots: new Map(Object.entries(frame.slots).map(([name, words]) => [name, read(words)])),
    intents: sayings(intents),
    stories: sayings(stories),
    open: byTemper(frame.open),
    context: read(frame.context),
    tried: read(frame.tried),
    effect: read(frame.effect),
    shot: read(frame.shot),
    creator: read(frame.creator),
    slang: read(frame.slang),
    tags: read(frame.tags),
    ask: byTemper(frame.ask),
    close: byTemper(frame.close),
  };
}

const sayings = (all: Sayings): Map<string, Saying> =>
  new Map(
    Object.entries(all).map(([id, { say, short, title }]) => [
      id,
      { say: say.map(parsePhrase), short: short.map(parsePhrase), title: title.map(parsePhrase) },
    ]),
  );
