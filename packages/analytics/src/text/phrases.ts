import { wilson } from '../stats/concentration.ts';
import { stemOf } from './features.ts';
import { logOdds } from './log-odds.ts';
import { plainWord, runsOf } from './words.ts';

/** How often the stream holds words and pairs of words; all in texts. */
export interface Usage {
  /** Texts of the stream. */
  readonly texts: number;
  /** Texts that hold this stem, or these two stems side by side. */
  readonly holding: (stems: readonly string[]) => number;
}

/** One text with who said it: 0 where that is unknown. */
export interface Said {
  readonly text: string;
  readonly author: number;
}

interface Phrase {
  readonly stems: readonly string[];
  texts: number;
  readonly authors: Set<number>;
  readonly written: Map<string, number>;
  worth: number;
}

const LONGEST = 3; // words
const STOP_SHARE = 0.04; // a word in more of the stream's other texts than that names nothing by itself …
const LOUD = 6; // … unless it is surely so many times as frequent here
const ALWAYS_SHARE = 0.08; // and above that share a word names nothing, however frequent here
const STOP_LEAST = 30; // below that many texts nothing is called a stop word
const TONGUE_WORDS = 8; // so many different shared words tell how much of the stream is in their language
const TONGUE_PART = 0.75; // of their uses lie below the estimate: what the group is about is rarer elsewhere than it is here
const CLINGS = 2; // a stop word at an edge must be so many times likelier beside its neighbour than anywhere
const FIRST_SHARE = 0.2; // of the texts hold the first phrase
const OTHER_SHARE = 0.08;
const MOST_PHRASES = 6;
const ABSORBS = 0.5; // a longer phrase speaks for its part when it makes up this share of the part's texts
const SEEN_ENOUGH = 6;
const ENDS = 0.06; // share of its uses in which a word ends what is said; "with", "could" and "the" hardly ever do
/** Words that stand for a class of things that people wrote: they name nothing. */
const CLASSES = new Set(['urlclass', 'mailclass', 'longnumber']);
const SHORT = /^[\p{Script=Latin}]{1,2}$/u;
const LETTER = /\p{L}/u;

/**
 * The phrases that set these texts apart from the stream, most telling first: one to three words as people most often
 * write them, no two with a word in common, none made of stop words (which are learnt from the stream). Worth = share of
 * the texts × lower 95 % bound of the log-odds, both against the texts in the same language.
 *
 * @param texts shape [n]; the first is no different from the others
 * @param all   how the stream of the same past uses words
 * @returns     at most six; each from at least two texts and two authors where there are two; O(words)
 *
 * @example
 * phrasesOf([{ text: 'Dark mode gone', author: 1 }, { text: 'the dark mode', author: 2 }], usage); // ['Dark mode']
 */
export function phrasesOf(texts: readonly Said[], all: Usage): string[] {
  const endings = new Map<string, Ending>();
  const phrases = count(texts, endings);
  const usage = { ...all, texts: textsOfTheirTongue(phrases.values(), texts.length, all) };
  const least = Math.min(2, texts.length);
  const shared = [...phrases.values()].filter(({ texts: n, authors }) => n >= least && authors.size >= least);
  for (const phrase of shared) phrase.worth = worthOf(phrase, texts.length, usage);
  shared.sort((a, b) => b.worth - a.worth || (a.stems.join(' ') < b.stems.join(' ') ? -1 : 1));
  const stops = new Set<string>();
  for (const [key, { stems, texts: n }] of phrases) {
    if (stems.length === 1 && isStop(key, n, texts.length, usage)) stops.add(key);
  }
  const names = shared.filter(
    ({ stems }) => isName(stems, stops, usage) && mayEnd(endings.get(stems[stems.length - 1])),
  );
  const chosen = choose(names, texts.length);
  // texts that share little or nothing but everyday words are still called something
  const some = chosen.length > 0 ? chosen : (names.length > 0 ? names : shared).slice(0, 1);
  return some.map((phrase) => mostFrequent(phrase.written));
}

/**
 * How many texts of the stream are in the language of these: in a stream of many languages "है" is in one text of a
 * hundred and yet says nothing. A word that a group uses as everybody does is held by its share of that language's texts, so
 * what holds it, divided by that share, is how many they are; words of the group's own subject say too little, those
 * that several languages share too much. The third quartile over all uses is taken, and never more than the stream.
 */
function textsOfTheirTongue(phrases: Iterable<Phrase>, total: number, { texts, holding }: Usage): number {
  const said: { size: number; uses: number }[] = [];
  let uses = 0;
  for (const { stems, texts: inside } of phrases) {
    if (stems.length > 1 || inside < 3) continue;
    said.push({ size: (holding(stems) * total) / inside, uses: inside });
    uses += inside;
  }
  if (said.length < TONGUE_WORDS) return texts;
  said.sort((a, b) => a.size - b.size);
  let below = 0;
  for (const one of said) {
    below += one.uses;
    if (below >= TONGUE_PART * uses) return Math.min(texts, Math.max(STOP_LEAST + total, one.size));
  }
  return texts;
}

interface Ending {
  seen: number;
  ended: number;
}

function mayEnd(ending: Ending | undefined): boolean {
  return !ending || ending.seen < SEEN_ENOUGH || ending.ended >= ENDS * ending.seen;
}

function countEndings(stems: readonly string[], endings: Map<string, Ending>): void {
  stems.forEach((stem, i) => {
    const ending = endings.get(stem) ?? { seen: 0, ended: 0 };
    ending.seen++;
    if (i === stems.length - 1) ending.ended++;
    endings.set(stem, ending);
  });
}

function count(texts: readonly Said[], endings: Map<string, Ending>): Map<string, Phrase> {
  const phrases = new Map<string, Phrase>();
  texts.forEach(({ text, author }, n) => {
    const here = new Map<string, { stems: string[]; written: string }>();
    for (const run of runsOf(text)) {
      const stems = run.map((word) => stemOf(plainWord(word)));
      countEndings(stems, endings);
      for (let i = 0; i < run.length; i++) {
        for (let end = i + 1; end <= Math.min(run.length, i + LONGEST) && isTelling(run[end - 1]); end++) {
          const part = stems.slice(i, end);
          here.set(part.join(' '), { stems: part, written: run.slice(i, end).join(' ') });
        }
      }
    }
    for (const [key, { stems, written }] of here) {
      const phrase = phrases.get(key) ?? { stems, texts: 0, authors: new Set(), written: new Map(), worth: 0 };
      phrases.set(key, phrase);
      phrase.texts++;
      phrase.authors.add(author === 0 ? -1 - n : author);
      phrase.written.set(written, (phrase.written.get(written) ?? 0) + 1);
    }
  });
  return phrases;
}

/** Bare numbers are left out too: they may be somebody's. */
function isTelling(word: string): boolean {
  return !CLASSES.has(word) && LETTER.test(word) && word.length <= 30;
}

/** Holds a word that is no stop word, and no stop word that merely happens to stand at its edge ("the keyboard"). */
function isName(stems: readonly string[], stops: ReadonlySet<string>, usage: Usage): boolean {
  const last = stems.length - 1;
  if (new Set(stems).size < stems.length || stems.every((stem) => stops.has(stem))) return false;
  if (last === 0) return true;
  return (
    (!stops.has(stems[0]) || clings(stems[0], stems[1], [stems[0], stems[1]], usage)) &&
    (!stops.has(stems[last]) || clings(stems[last], stems[last - 1], [stems[last - 1], stems[last]], usage))
  );
}

function isStop(stem: string, inside: number, total: number, { texts, holding }: Usage): boolean {
  if (SHORT.test(stem)) return true;
  const share = Math.max(0, holding([stem]) - inside) / Math.max(1, texts - total);
  if (texts < STOP_LEAST || share <= STOP_SHARE) return false;
  return share > ALWAYS_SHARE || wilson(inside, total).low < LOUD * share;
}

function clings(stop: string, beside: string, pair: readonly string[], { texts, holding }: Usage): boolean {
  if (SHORT.test(stop)) return false;
  return holding(pair) / Math.max(1, holding([beside])) >= CLINGS * (holding([stop]) / Math.max(1, texts));
}

function worthOf({ stems, texts }: Phrase, total: number, usage: Usage): number {
  let held = usage.holding(stems.slice(0, 2));
  if (stems.length > 2) held = Math.min(held, usage.holding(stems.slice(1)));
  const { difference, error } = logOdds(texts, total, Math.max(0, held - texts), Math.max(1, usage.texts));
  return (texts / total) * (difference - 1.645 * error);
}

function choose(ranked: readonly Phrase[], total: number): Phrase[] {
  const chosen: Phrase[] = [];
  const said = new Set<string>();
  for (const share of [FIRST_SHARE, OTHER_SHARE]) {
    for (const phrase of ranked) {
      if (chosen.length === MOST_PHRASES || (share === FIRST_SHARE && chosen.length > 0)) break;
      if (phrase.worth <= 0 || phrase.texts < share * total || phrase.stems.some((stem) => said.has(stem))) continue;
      const whole = widest(phrase, ranked, said);
      chosen.push(whole);
      for (const stem of whole.stems) said.add(stem);
    }
  }
  return chosen;
}

/** The longest phrase around this one that makes up most of its uses. */
function widest(part: Phrase, ranked: readonly Phrase[], said: ReadonlySet<string>): Phrase {
  let best = part;
  const inside = ` ${part.stems.join(' ')} `;
  for (const phrase of ranked) {
    if (phrase.texts < ABSORBS * part.texts || phrase.stems.some((stem) => said.has(stem))) continue;
    const longer = phrase.stems.length - best.stems.length;
    if (longer < 0 || (longer === 0 && phrase.texts <= best.texts)) continue;
    if (` ${phrase.stems.join(' ')} `.includes(inside)) best = phrase;
  }
  return best;
}

function mostFrequent(written: ReadonlyMap<string, number>): string {
  return [...written].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
}
