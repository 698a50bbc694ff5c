/** The order of words as the reader's language has it: ä beside a in German, 2 before 10 everywhere. */
import { formatter } from './formatters.ts';

/**
 * @example
 * ['Zoë', 'Ärmel', 'v10', 'v2'].toSorted(byWords('de')); // ['Ärmel', 'v2', 'v10', 'Zoë']
 */
export function byWords(language: string): (a: string, b: string) => number {
  return formatter(Intl.Collator, language, { numeric: true }).compare;
}
