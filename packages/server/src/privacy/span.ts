/** A place in a text that holds personal data. */
import type { RedactionClass } from '@groundswell/contract';

export interface Span {
  readonly start: number;
  /** One past the last character. */
  readonly end: number;
  readonly what: RedactionClass;
}

/** What stands in a text where something was found already: nothing else is found across it. As long as what it covers. */
export const COVER = '\u27e7';

/** In order, without those that begin inside an earlier one. */
export function apart(spans: readonly Span[]): Span[] {
  if (spans.length < 2) return [...spans];
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return sorted.filter((span) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

export function cover(plain: string, spans: readonly Span[]): string {
  if (spans.length === 0) return plain;
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of spans) {
    parts.push(plain.slice(done, start), COVER.repeat(end - start));
    done = end;
  }
  parts.push(plain.slice(done));
  return parts.join('');
}
