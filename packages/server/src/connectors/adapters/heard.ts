/** What another system told, as rows for intake. Pure. */
import { DIMENSION_VALUE_MAX, DIMENSIONS_MAX, type NewSignal } from '@groundswell/contract';
import { parseMoment } from '@groundswell/formats';
import { dimensionName, languageTag } from '../../signals/index.ts';
import { fieldsOf, listOf, wordOf } from './loose-json.ts';

export interface Heard {
  readonly id: string;
  /** Anything that `parseMoment` reads. */
  readonly at: unknown;
  readonly updatedAt?: unknown;
  readonly text: string;
  readonly title?: string;
  readonly author?: string;
  readonly rating?: unknown;
  readonly language?: string;
  /** In order of worth: what is beyond the most that a signal may have is left out from the end. */
  readonly dimensions: readonly Said[];
}

export type Said = readonly [name: string, value: unknown];

/** A row for intake, why it cannot be one, or null where nobody said anything: deleted, spam, our own side's words. */
export type Read = { readonly row: NewSignal } | { readonly refused: Unread } | null;
export interface Unread {
  readonly id: string | null;
  readonly reason: string;
}

const AUTHOR_MAX = 500;
const TITLE_MAX = 10_000;
const TEXT_TAKEN_MAX = 1_000_000;

/** Parts that say nothing are left out, parts that no signal may have are dropped: only what must be there can fail. */
export function heard({ id, at, updatedAt, text, title, author, rating, language, dimensions }: Heard): Read {
  if (id === '') return { refused: { id: null, reason: 'It came without an id.' } };
  const ts = parseMoment(at);
  if ('reason' in ts) return { refused: { id: id.slice(0, 200), reason: ts.reason } };
  if (!text.trim() && !title?.trim()) return { refused: { id: id.slice(0, 200), reason: 'It has no text.' } };
  const changed = updatedAt === undefined ? null : parseMoment(updatedAt);
  const tag = language ? languageTag(language) : null;
  return {
    row: {
      id,
      ts: ts.at.toISOString(),
      text: (text.trim() || title?.trim() || '').slice(0, TEXT_TAKEN_MAX),
      ...(text.trim() && title?.trim() && { title: title.trim().slice(0, TITLE_MAX) }),
      ...(author && { author: author.slice(0, AUTHOR_MAX) }),
      ...(isRating(rating) && { rating }),
      ...(tag && { language: tag }),
      ...(changed && 'at' in changed && { updated_at: changed.at.toISOString() }),
      dimensions: dimensionsOf(dimensions),
    },
  };
}

const isRating = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5;

/** Of two names that are one to intake the first counts: a row is never lost because its fields are called alike. */
function dimensionsOf(said: readonly Said[]): Record<string, string> {
  const kept = new Map<string, string>();
  for (const [given, value] of said) {
    if (kept.size >= DIMENSIONS_MAX) break;
    const name = dimensionName(given);
    const word = typeof value === 'boolean' ? String(value) : wordOf(value);
    if (name === '' || name.length > 64 || word === '' || kept.has(name)) continue;
    if (word.normalize('NFKC').length <= DIMENSION_VALUE_MAX) kept.set(name, word); // one letter can become eighteen
  }
  return Object.fromEntries(kept);
}

/**
 * Tags as dimensions. "platform:ios" and "platform__ios" are how teams write a value into a tag: they become the
 * dimension `platform`. The others stand together, in order, in `tags`.
 */
export function tagDimensions(tags: unknown): Said[] {
  const words = [...new Set(listOf(tags).map(wordOf))].filter((word) => word !== '').sort();
  const named = new Map<string, string[]>();
  const plain: string[] = [];
  for (const word of words) {
    const [, name, value] = /^([\p{L}][\p{L}\p{N} _-]*?)(?::|__)\s*([^\s/].*)$/u.exec(word.slice(0, 300)) ?? [];
    if (name && value) named.set(name, [...(named.get(name) ?? []), value]);
    else plain.push(word);
  }
  const each = [...named].map(([name, values]): Said => [name, joined(values.sort())]);
  return [['tags', joined(plain)], ...each];
}

/** As many whole words as one value may hold. */
export function joined(words: readonly string[]): string {
  let line = '';
  for (const word of words) {
    const longer = line ? `${line}, ${word}` : word;
    if (longer.normalize('NFKC').length > DIMENSION_VALUE_MAX) break;
    line = longer;
  }
  return line;
}

const FIELD_VALUE_MAX = 60;
/** Addresses, numbers of phones, cards and orders: they name one person or thing and never a group. */
const NAMES_ONE = /@|\d(?:[\s().-]?\d){6,}/;

/**
 * Fields that a team added itself, where they hold a choice: short, one line, nothing that names one person. Answers in
 * sentences and ids of single things are left where they are.
 */
export function fieldDimension(name: string, value: unknown): Said[] {
  if (typeof value === 'boolean') return [[name, value]];
  const word = Array.isArray(value) ? joined(value.map(wordOf).filter(Boolean).sort()) : wordOf(value);
  const isChoice = word !== '' && word.length <= FIELD_VALUE_MAX && !/[\n\r]/.test(word) && !NAMES_ONE.test(word);
  return isChoice ? [[name, word]] : [];
}

export const fieldDimensions = (values: unknown): Said[] =>
  Object.entries(fieldsOf(values)).flatMap(([name, value]) => fieldDimension(name, value));

/** Everything of one page: what intake is given, and what could not be read. */
export function readAll(items: readonly unknown[], read: (item: unknown) => Read) {
  const rows: NewSignal[] = [];
  const refused: Unread[] = [];
  for (const item of items) {
    const one = read(item);
    if (one && 'row' in one) rows.push(one.row);
    else if (one) refused.push(one.refused);
  }
  return { rows, refused };
}
