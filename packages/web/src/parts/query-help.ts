/** What could be written next at a place of a query, and the query once it is. Pure. */
import { QUERY_FIELDS, type Searched, writeValue } from '@groundswell/contract';

export interface Suggestion {
  readonly value: string;
  readonly label: string;
  readonly count: number | null;
}

/** The piece under the caret: a field whose name is begun, or a value behind one. */
export type Place =
  | { readonly kind: 'field'; readonly begun: string; readonly from: number; readonly to: number }
  | {
      readonly kind: 'value';
      readonly field: string;
      readonly begun: string;
      readonly from: number;
      readonly to: number;
    };

/** Null inside quotation marks that belong to no field: there a person writes words. */
export function placeAt(text: string, caret: number): Place | null {
  let from = 0;
  let colon = -1;
  let quoted = false;
  for (let i = 0; i < caret; i++) {
    const char = text[i]!;
    if (char === '"') quoted = !quoted;
    if (quoted) continue;
    if (/[\s()]/u.test(char) || (char === '-' && i === from)) [from, colon] = [i + 1, -1];
    else if (char === ':' && colon < 0) colon = i;
  }
  const to = caret;
  if (colon < 0) return quoted ? null : { kind: 'field', begun: text.slice(from, to).toLowerCase(), from, to };
  const field = text.slice(from, colon).toLowerCase();
  if (!/^\p{L}[\p{L}\p{M}\p{N}_.-]*$/u.test(field)) return null;
  const start = quoted ? text.lastIndexOf('"', to - 1) : Math.max(text.lastIndexOf(',', to - 1), colon) + 1;
  const begun = text.slice(start, to).replace(/^["<>=]+/u, '');
  return { kind: 'value', field, begun, from: Math.max(start, colon + 1), to };
}

/** Own fields whose name begins so; where one kind of thing is searched, those that it has. */
export const fieldsBegun = (begun: string, kind?: Searched): string[] =>
  QUERY_FIELDS.filter(({ of }) => kind === undefined || (of as readonly Searched[]).includes(kind))
    .map(({ name }) => name)
    .filter((name) => name.startsWith(begun) && name !== begun);

const FIRST: readonly string[] = ['source', 'rating', 'language', 'at', 'is', 'topic'];

/** Offered before anything is written. */
export const firstFields = (kind?: Searched): readonly string[] =>
  kind === 'issues' ? ['severity', 'owner', 'state', 'is', 'at', 'signals', 'people'] : FIRST;

/** The query with the choice written in, and where the caret stands then. */
export function completed(text: string, place: Place, value: string): { text: string; caret: number } {
  const written = place.kind === 'field' ? `${value}:` : `${/^[<>]/u.test(value) ? value : writeValue(value)} `;
  const rest = text.slice(place.to);
  const before = text.slice(0, place.from) + written;
  return { text: before + (place.kind === 'value' ? rest.replace(/^"?\s*/u, '') : rest), caret: before.length };
}

const RECENT = 'groundswell.searches';
const RECENT_MAX = 6;

/** The last searches of this browser, the newest first. */
export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, RECENT_MAX) : [];
  } catch {
    return [];
  }
}

export function rememberSearch(q: string): void {
  if (q.trim() === '') return;
  const kept = [q, ...recentSearches().filter((one) => one !== q)].slice(0, RECENT_MAX);
  localStorage.setItem(RECENT, JSON.stringify(kept));
}
