/**
 * Words for the full-text index and for what people search. PostgreSQL takes a run of letters for one word; Chinese,
 * Japanese, Thai, Lao, Khmer and Burmese are written without spaces, so that there a whole sentence would be one. Their
 * characters are taken one by one, and searched as a phrase: any part of a sentence is found. Pure.
 */
import { withoutPlaceholders } from './text.ts';

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const UNSPACED_RUN = new RegExp(`${UNSPACED.source}+`, 'gu');

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

export interface SearchWords {
  /** For `websearch_to_tsquery`: words, "a phrase", or, -not. */
  readonly rest: string;
  /** The word that may not be finished yet; letters and digits only. Null when the last is no bare word. */
  readonly begun: string | null;
  readonly joinedBy: '&&' | '||';
}

/** The last bare word is searched as a beginning, so that results come while a person types. */
export function readSearch(said: string): SearchWords {
  const asked = phrasesApart(said);
  const last = /(^|\s)([\p{L}\p{M}\p{N}]+)$/u.exec(asked);
  const quotes = asked.split('"').length - 1;
  if (!last || quotes % 2 === 1 || /^or$/i.test(last[2]!)) return { rest: asked, begun: null, joinedBy: '&&' };
  const before = asked.slice(0, last.index);
  const rest = before.replace(/(^|\s)or\s*$/i, '');
  return { rest, begun: last[2]!, joinedBy: rest === before ? '&&' : '||' };
}

/** Inside quotes the characters join the phrase; outside each run becomes one. */
function phrasesApart(said: string): string {
  return said
    .toWellFormed()
    .replaceAll('\0', ' ')
    .split('"')
    .map((part, i) =>
      i % 2 === 1
        ? part.replace(UNSPACED, ' $& ')
        : part.replace(UNSPACED_RUN, (run) => ` "${run.replace(UNSPACED, '$& ').trim()}" `),
    )
    .join('"');
}
