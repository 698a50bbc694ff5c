/**
 * Words for the full-text index and for what people search. PostgreSQL takes a run of letters for one word; Chinese,
 * Japanese, Thai, Lao, Khmer and Burmese are written without spaces, so that there a whole sentence would be one. Their
 * characters are taken one by one, and searched as a phrase: any part of a sentence is found. Pure.
 */
import { withoutPlaceholders } from './text.ts';

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
export const UNSPACED_RUN = new RegExp(`${UNSPACED.source}+`, 'gu');

/** What the index reads instead of `text`; null when it may read the text itself. */
export function indexWords(text: string): string | null {
  const apart = withoutPlaceholders(text, ' ').replace(UNSPACED, ' $& ');
  return apart === text ? null : apart;
}

/**
 * The whole vector of a plain text, in the words of PostgreSQL, or null: then PostgreSQL reads the text itself, which
 * costs 40 µs for 300 characters where this costs 5 and its reading 10. Plain is what needs no parser: Latin letters and
 * whole numbers between spaces and the usual marks. Nothing that could be an address, a version or a compound.
 */
export function plainVector(text: string): string | null {
  if (text.length > PLAIN_LENGTH_MAX || NOT_PLAIN.test(text)) return null;
  const places = new Map<string, string>();
  let position = 0;
  for (const [word] of text.toLowerCase().matchAll(/[a-z0-9]+/g)) {
    position++;
    const before = places.get(word);
    places.set(word, before === undefined ? `${word}:${position}` : `${before},${position}`);
  }
  return [...places.values()].join(' ');
}
/** Below every limit of a vector: 255 places of one word, 2 kB for a word. */
const PLAIN_LENGTH_MAX = 500;
/** Looked for rather than its opposite: one spot is enough, and nothing is tried twice. */
const NOT_PLAIN =
  /[^a-zA-Z0-9,;!?()".: \n\t]|[.:](?![ \n\t]|$)|(?<![a-zA-Z)"!?])[.:]|(?<![0-9 \n\t]|^)[0-9]|[0-9](?![0-9]|[,;!?)"]*(?:[ \n\t]|$))/;

/** A word or phrase of a query as PostgreSQL reads it. */
export type Sought =
  | { readonly as: 'phrase'; readonly text: string }
  | { readonly as: 'beginning'; readonly text: string };

/** What a database keeps: no NUL, no halves of characters. */
const keepable = (said: string): string => said.toWellFormed().replaceAll('\0', ' ');

/**
 * A word as it must stand in a text: all parts of it. Those without spaces are taken apart and follow each other; what stands
 * beside them may stand elsewhere.
 */
export function soughtWord(said: string): Sought[] {
  const text = keepable(said);
  const runs = text.match(UNSPACED_RUN) ?? [];
  const rest = text.split(UNSPACED_RUN).filter((part) => /[\p{L}\p{N}]/u.test(part));
  return [...rest, ...runs.map((run) => run.replace(UNSPACED, '$& '))].map((part) => ({
    as: 'phrase',
    text: part.trim(),
  }));
}

export function soughtPhrase(said: string): Sought {
  return { as: 'phrase', text: keepable(said).replace(UNSPACED, ' $& ') };
}

/** A beginning; of a script without spaces any part is found anyway. */
export function soughtBeginning(said: string): Sought[] {
  const text = keepable(said);
  return text.search(UNSPACED_RUN) >= 0 ? soughtWord(said) : [{ as: 'beginning', text }];
}

/** In the language of `to_tsquery`: whatever a person typed stands between its quotation marks. */
export function inTsQuery(word: string, begins = false): string {
  return `'${keepable(word).replaceAll('\\', '\\\\').replaceAll("'", "''")}'${begins ? ':*' : ''}`;
}
