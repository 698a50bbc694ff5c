/** What people wrote, made safe to keep and to show beside other text, and otherwise left as it is. Pure. */

/** Most text is this, and none of the steps below changes it. */
const PLAIN = /^[\x20-\x7e\n\t]*$/;

/** PostgreSQL refuses NUL, terminals obey the others. */
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

/**
 * Embeddings, overrides and isolates: they reorder whatever follows them, beyond the text that holds them. Marks
 * (U+200E, U+200F, U+061C) stay: they touch their neighbours only, and honest Arabic and Hebrew text needs them.
 */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;
const LINE_ENDS = /\r\n?|[\u2028\u2029\u0085]/g;

/** NFC, one kind of line end, no control or reordering characters, every lone surrogate shown as U+FFFD. */
export function cleanText(said: string): string {
  if (PLAIN.test(said)) return said;
  return said.toWellFormed().replace(LINE_ENDS, '\n').replace(CONTROLS, '').replace(REORDERING, '').normalize('NFC');
}

/** For names and titles: `cleanText`, on one line, without spaces around it. */
export const cleanLine = (said: string): string => cleanText(said).replace(/\s+/g, ' ').trim();

const PLACEHOLDER = /⟦\w+⟧/g;

/** What stands in the place of personal data, taken out: nobody wrote these words, so nobody should find or count them. */
export const withoutPlaceholders = (text: string, instead: string): string =>
  text.includes('⟦') ? text.replace(PLACEHOLDER, instead) : text;

/** Whether a whole value was personal data. */
export const isPlaceholder = (value: string): boolean => /^⟦\w+⟧$/.test(value);

export interface Kept {
  readonly text: string;
  /** In characters (code points), of what was kept. */
  readonly length: number;
  readonly truncated: boolean;
}

/** The first `max` characters. A character above U+FFFF counts once and is never cut in two. */
export function keepFirst(text: string, max: number): Kept {
  let length = 0;
  let end = 0;
  while (end < text.length && length < max) {
    end += text.codePointAt(end)! > 0xffff ? 2 : 1;
    length++;
  }
  return { text: text.slice(0, end), length, truncated: end < text.length };
}
