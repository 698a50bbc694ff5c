/** Takes personal data out of a text before it is stored. Pure, and linear in the length of the text. */
import { placeholderOf, type RedactionClass } from '@groundswell/contract';
import { findEmails } from './email.ts';
import { findIbans } from './iban.ts';
import { findIps } from './ip.ts';
import { findLetteredIds } from './lettered-id.ts';
import { findNumbers } from './numbers.ts';
import { shadowOf } from './shadow.ts';
import { apart, cover, type Span } from './span.ts';

/** How often each class was found; a class that was not is left out. */
export type Found = Partial<Record<RedactionClass, number>>;

export interface Hints {
  /** ISO 3166-1 alpha-2: where the people of the source are. */
  readonly regions: readonly string[];
  readonly language: string | null;
}

export interface Redacted {
  readonly text: string;
  readonly found: Found;
}

/** Nothing is looked for in a text without any of these: a digit of some script, "@", or "at" written for it. */
const WORTH_A_LOOK =
  /[0-9@\uff10-\uff19\uff20\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0de6-\u0def\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u1090-\u1099\u17e0-\u17e9\u1810-\u1819]|\ud835[\udfce-\udfff]|\ud83e[\udff0-\udff9]|[([{<]\s?(?:at|arroba|arobase|ät|a)\s?[)\]}>]|\s(?:at|arroba|arobase|ät)\s\S{1,63}\s?(?:[([{<]|\s)\s?(?:dot|punkt|point|punto|ponto|titik)/i;
/** A text in which something was found is read again until nothing is; more often than this, only what was made to. */
const READINGS = 6;

export function redact(text: string, hints: Hints): Redacted {
  const counts = new Map<RedactionClass, number>();
  let clean = text;
  for (let i = 0; i < READINGS && WORTH_A_LOOK.test(clean); i++) {
    const read = readOnce(clean, hints);
    if (read.spans.length === 0) break;
    for (const { what } of read.spans) counts.set(what, (counts.get(what) ?? 0) + 1);
    clean = read.text;
  }
  return { text: clean, found: Object.fromEntries(counts) };
}

function readOnce(text: string, { regions, language }: Hints): { text: string; spans: readonly Span[] } {
  const shadow = shadowOf(text);
  const mails = findEmails(shadow.plain);
  let plain = cover(shadow.plain, mails);
  const digits = countDigits(plain);
  const named = digits < 4 ? [] : apart([...findIbans(plain), ...findIps(plain), ...findLetteredIds(plain, regions)]);
  plain = cover(plain, named);
  const numbers = digits < 7 ? [] : findNumbers(plain, { regions, language });
  const spans = apart([...mails, ...named, ...numbers]);
  if (spans.length === 0) return { text, spans };

  const parts: string[] = [];
  let done = 0;
  for (const { start, end, what } of spans) {
    parts.push(text.slice(done, shadow.startOf(start)), placeholderOf(what));
    done = shadow.endOf(end - 1);
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), spans };
}

function countDigits(plain: string): number {
  let count = 0;
  for (let i = 0; i < plain.length; i++) {
    const code = plain.charCodeAt(i);
    if (code >= 48 && code <= 57) count++;
  }
  return count;
}
