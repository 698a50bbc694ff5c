/** Where in a text the words of a query stand. Places only: whoever may not see a text learns nothing from them. Pure. */
import { type FoundMark, isUnfinished, type LeafNode, leavesOf, type Why } from '@groundswell/contract';
import { type Asked, formsOf, wordsOfField } from './query.ts';
import { UNSPACED_RUN } from './search-words.ts';
import { COVERED_FROM, type KeptSignal } from './signal.ts';

type How = FoundMark['how'];

/** One thing to look for: words one after the other, each in any of these forms. */
export interface Wanted {
  readonly asked: string | null;
  readonly how: How;
  readonly words: readonly (readonly string[])[];
  /** The last word may go on. */
  readonly begins: boolean;
}

/** What a query wants to find in a text; what must be absent is nowhere. */
function wantedBy(asked: Asked): Wanted[] {
  return leavesOf(asked.query.tree).flatMap(({ node, not }) => (not ? [] : wantedOf(asked, node)));
}

function wantedOf(asked: Asked, node: LeafNode): Wanted[] {
  const meant = asked.meant.get(node);
  const said = asked.query.text.slice(...node.at);
  if (meant?.as === 'like') {
    const one = meant.covered ? null : said;
    return meant.words.map(({ word }) => ({ asked: one, how: 'like', words: wordsIn(word), begins: false }));
  }
  if (meant?.as === 'fuzzy') return [{ asked: said, how: 'fuzzy', words: meant.words, begins: false }];
  if (node.type === 'field') {
    return meant?.as === 'words'
      ? [{ asked: said, how: 'phrase', words: wordsIn(wordsOfField(asked.query, node)), begins: false }]
      : [];
  }
  const begins = node.type === 'word' && (node.how === 'beginning' || isUnfinished(node, asked.query.text));
  const how: How = node.type === 'phrase' ? 'phrase' : begins ? 'beginning' : 'word';
  return [{ asked: said, how, words: wordsIn(node.text), begins }];
}

interface Piece {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text and where they stand; those written without spaces character by character. */
function piecesOf(text: string): Piece[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: run, index }) => {
    const pieces: Piece[] = [];
    let at = 0;
    for (const { 0: unspaced, index: start } of run.matchAll(new RegExp(UNSPACED_RUN.source, 'gu'))) {
      if (start > at) pieces.push(pieceOf(run.slice(at, start), index + at));
      at = start;
      for (const character of unspaced) {
        pieces.push(pieceOf(character, index + at));
        at += character.length;
      }
    }
    if (at < run.length) pieces.push(pieceOf(run.slice(at), index + at));
    return pieces;
  });
}

const pieceOf = (word: string, from: number): Piece => ({ word: word.toLowerCase(), from, to: from + word.length });
const wordsIn = (text: string): string[][] => piecesOf(text).map(({ word }) => [word]);

/** Of one text: more are not shown, and a text of a million words must not cost a million marks. */
const MARKS_MAX = 30;

function findMarks(text: string, wanted: readonly Wanted[], place: FoundMark['in']): FoundMark[] {
  const pieces = piecesOf(text);
  const marks: FoundMark[] = [];
  for (let i = 0; i < pieces.length && marks.length < MARKS_MAX; i++) {
    const hit = wanted.find((one) => one.words.length > 0 && fits(one, pieces, i));
    if (!hit) continue;
    const last = i + hit.words.length - 1;
    marks.push({ in: place, at: [pieces[i]!.from, pieces[last]!.to], asked: hit.asked, how: hit.how });
    i = last;
  }
  return marks;
}

function fits({ words, begins }: Wanted, pieces: readonly Piece[], at: number): boolean {
  return words.every((forms, k) => {
    const piece = pieces[at + k];
    if (!piece) return false;
    return begins && k === words.length - 1
      ? forms.some((form) => piece.word.startsWith(form))
      : forms.includes(piece.word);
  });
}

/** Why one signal was found. Of a covered text it is told that it matched, and not where. */
export function whyOf(signal: Pick<KeptSignal, 'title' | 'text' | 'exposure'>, asked: Asked | undefined): Why {
  if (!asked) return { marks: [], fields: [], covered: false };
  const wanted = wantedBy(asked);
  const fields = fieldsOf(asked);
  const covered = signal.exposure >= COVERED_FROM;
  if (covered) return { marks: [], fields, covered: wanted.length > 0 };
  // where a covered signal was the pattern, its words are not told by those of others
  const open = wanted.filter((one) => one.asked !== null);
  return {
    marks: [...findMarks(signal.title ?? '', open, 'title'), ...findMarks(signal.text, open, 'text')],
    fields,
    covered: false,
  };
}

/** Why a topic or an issue was found: where in its name. `texts` are what it is called, each with the place that it has there. */
export function whyCalled(texts: readonly (readonly [FoundMark['in'], string])[], asked: Asked): Why {
  const wanted = leavesOf(asked.query.tree).flatMap(({ node, not }) =>
    not ? [] : formsOf(asked, node).map((form, i) => ({ node, form: form.toLowerCase(), how: howOf(node, i) })),
  );
  const marks = texts.flatMap(([place, text]) => {
    const lower = text.toLowerCase();
    if (lower.length !== text.length) return []; // places would not be those of the text
    return wanted.flatMap(({ node, form, how }) => {
      const from = form === '' ? -1 : lower.indexOf(form);
      const asks = asked.query.text.slice(...node.at);
      return from < 0 ? [] : [{ in: place, at: [from, from + form.length] as [number, number], asked: asks, how }];
    });
  });
  return { marks: marks.slice(0, MARKS_MAX), fields: fieldsOf(asked), covered: false };
}

const howOf = (node: LeafNode, form: number): How => (form > 0 ? 'fuzzy' : node.type === 'word' ? 'word' : 'phrase');

/** Fields at the top of the query hold for everything that was found. */
function fieldsOf({ query, meant }: Asked): string[] {
  const { tree } = query;
  const top = tree?.type === 'and' ? tree.of : tree ? [tree] : [];
  return top.flatMap((node) =>
    node.type === 'field' && meant.get(node)?.as !== 'words' ? [query.text.slice(...node.at)] : [],
  );
}
