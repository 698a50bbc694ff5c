/** Puts a text together: what it is about, around it what people say anyway, in the manner of the one who writes. */
import type { SignalKind } from '@groundswell/contract';
import type { Saying, Tongue } from './language.ts';
import type { Manner } from './manner.ts';
import type { Person } from './people.ts';
import { type Phrase, speak } from './phrase.ts';
import type { Chance } from './random.ts';
import { fillSlot } from './slots.ts';
import { mistype, ownStyle } from './typos.ts';

export interface Writing {
  readonly tongue: Tongue;
  readonly saying: Saying;
  readonly person: Person;
  readonly kind: SignalKind;
  readonly version: string;
  readonly manner: Manner;
}

export interface Written {
  readonly title: string | null;
  readonly text: string;
}

const SAD = ['😡', '😤', '😭', '🙏', '😢', '💔', '👎', '🤬', '😩', '❗', '😔', '🥲'];
const GLAD = ['❤️', '😍', '👍', '🔥', '🥰', '✨', '🎉', '💯', '😊', '🙌'];

/** What one person writes about one thing. */
export function write(writing: Writing, chance: Chance): Written {
  const { person, kind, tongue } = writing;
  const say = (phrase: Phrase): string => speak(phrase, chance, (slot) => fillSlot(writing, slot, chance));
  const temper = writing.manner.gentle ? 'polite' : person.temper;
  const said = partsOf(writing, temper, chance).map((part) => capital(cut(say(part.phrase), part.cut)));
  const habit = chance.next();
  const body = mistype(ownStyle(joined(said, tongue.language, chance), habit, temper), person.typos, chance);
  const text = inTalk(body, writing, say, chance);
  const hasTitle = kind === 'ticket' || kind === 'appeal' || (kind === 'app_review' && chance.is(0.35));
  const title = hasTitle ? mistype(capital(say(chance.pick(writing.saying.title))), person.typos / 2, chance) : null;
  return { title, text };
}

interface Part {
  readonly phrase: Phrase;
  /** Only its first sentence is written. */
  readonly cut: boolean;
}

type Temper = Person['temper'];

/** Which phrases, in which order. Wordy people say more of everything. */
function partsOf(writing: Writing, temper: Temper, chance: Chance): Part[] {
  const { tongue, person, kind, manner } = writing;
  const { wordy, tier } = person;
  const maybe = (probability: number, list: readonly Phrase[]): Part[] =>
    probability > 0 && chance.is(probability) ? [whole(chance.pick(list))] : [];
  const core = (sure: number) => coreOf(writing, sure, chance);
  if (manner.glad) {
    const more = kind === 'social_mention' ? 0.45 : 0.6 + wordy / 3;
    return [
      ...core(more),
      ...maybe(0.3 * manner.creator, tongue.creator),
      ...maybe(kind === 'feedback' ? 0.3 : 0.1, tongue.close.polite),
    ];
  }
  const context = (probability: number) => maybe(probability * manner.context, tongue.context);
  const effect = (probability: number) => maybe(probability * manner.effect, tongue.effect);
  switch (kind) {
    case 'ticket':
    case 'appeal':
      return [
        ...maybe(0.7, tongue.open[temper]),
        ...core(0.25 + wordy * 0.3 + (1 - manner.context) * 0.3),
        ...context(0.25 + wordy / 2),
        ...maybe((kind === 'appeal' ? 0.1 : wordy * 0.7) * manner.tried, tongue.tried),
        ...effect(0.2 + wordy / 3),
        ...maybe((tier === 'viewer' || tier === 'nano' ? 0.05 : 0.5) * manner.creator, tongue.creator),
        ...maybe(0.12, tongue.shot),
        ...maybe(0.75, tongue.ask[temper]),
        ...maybe(0.5, tongue.close[temper]),
      ];
    case 'app_review':
      return [
        ...maybe(0.15, tongue.open[temper]),
        ...core(0.35 + wordy / 3 + (1 - manner.effect) * 0.3),
        ...context(0.15 + wordy / 4),
        ...effect(0.4 + wordy / 3),
        ...maybe(0.15 + wordy * 0.3, tongue.ask[temper]),
      ];
    case 'social_mention':
      return [...core(0.3 + (1 - manner.effect) * 0.3), ...effect(0.5), ...maybe(0.2, tongue.ask[temper])];
    case 'user_report':
      return [
        ...maybe(0.2, tongue.open[manner.gentle ? 'polite' : 'plain']),
        ...core(0.6 + wordy / 3),
        ...maybe(0.45, tongue.ask[temper]),
        ...maybe(0.15, tongue.shot),
      ];
    default:
      return [...core(0.5 + wordy / 4), ...context(0.3 + wordy * 0.4), ...effect(0.3 + wordy * 0.3)];
  }
}

/** What it is about: a statement, often two, or a few words and a statement. `more`: how likely it is more than one. */
function coreOf({ saying: { say, short } }: Writing, more: number, chance: Chance): Part[] {
  const first = chance.below(say.length);
  const statement: Part = { phrase: say[first]!, cut: chance.is(0.3) };
  if (!chance.is(more)) return chance.is(0.25) ? [whole(chance.pick(short)), statement] : [statement];
  const second = (first + 1 + chance.below(say.length - 1)) % say.length;
  const other: Part = { phrase: say[second]!, cut: chance.is(0.6) };
  return chance.is(0.3) ? [whole(chance.pick(short)), statement, other] : [statement, other];
}

const whole = (phrase: Phrase): Part => ({ phrase, cut: false });

const SENTENCE = /^.{24,}?(?:[.!?؟।](?=\s)|[。！？])/u;
/** The first sentence of a statement, where it says enough by itself. */
const cut = (said: string, wanted: boolean): string => (wanted ? (SENTENCE.exec(said)?.[0] ?? said) : said);

const ENDED = /[.!?…。！？؟।~)"'”」]$/u;
const STOPS: Readonly<Record<string, string>> = { ja: '。', hi: '।' };
const BREAKS = ['\n', '\n\n', ' - ', ' … '];

/** Sentences one after the other; what has no full stop gets one, or whatever the writer uses instead. */
function joined(said: readonly string[], language: string, chance: Chance): string {
  const space = language === 'ja' ? '' : ' '; // written without spaces between sentences
  const between = chance.is(0.12) ? chance.pick(BREAKS) : space;
  let text = said[0] ?? '';
  for (let i = 1; i < said.length; i++) {
    if (!ENDED.test(text)) text += STOPS[language] ?? '.';
    text += between + said[i]!;
  }
  return text;
}

/** As one talks among friends: a word before or behind, faces, a tag. */
function inTalk(body: string, { tongue, person, kind, manner }: Writing, say: (p: Phrase) => string, chance: Chance) {
  const social = kind === 'social_mention';
  const often = social ? 0.5 : kind === 'app_review' ? 0.3 : 0.08;
  let text = body;
  const slang = !manner.gentle && chance.is(social ? 0.4 : manner.glad && kind === 'app_review' ? 0.12 : 0);
  if (slang) {
    const word = say(chance.pick(tongue.slang));
    text = chance.is(0.5) ? `${word}... ${text}` : `${text} ${word}`;
  }
  if (!manner.gentle && chance.is(often * (0.4 + person.emoji)))
    text += ` ${chance.pick(manner.glad ? GLAD : SAD).repeat(chance.between(1, 3))}`;
  if (social && chance.is(manner.glad ? 0.1 : 0.45)) text += ` ${say(chance.pick(tongue.tags))}`;
  return text;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
