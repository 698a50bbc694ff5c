/** Takes personal data out of a text. Pure. */
import { placeholderOf, type RedactionClass } from '@groundswell/contract';

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

export function redact(text: string, _hints: Hints): Redacted {
  if (!text.includes('@')) return { text, found: {} };
  let count = 0;
  const clean = text.replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}/g, () => {
    count++;
    return placeholderOf('email');
  });
  return { text: clean, found: count > 0 ? { email: count } : {} };
}
