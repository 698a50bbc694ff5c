/**
 * What becomes of personal data in a row, before anything of it is hashed or kept. Pure. Whoever reads a row has only what
 * came out of here: what was said stands nowhere afterwards.
 */
import { placeholderOf, type RedactionClass } from '@groundswell/contract';
import { type Found, redact } from '../privacy/index.ts';
import type { Dimensions } from './dimensions.ts';

export interface Guard {
  /** ISO 3166-1 alpha-2: where the people of the source are. Other regions find other numbers in the same text. */
  readonly regions: readonly string[];
  /** The pseudonym of an author. */
  readonly nameOf: (author: string) => string;
}

/** For whoever only asks whether a row would be taken: nothing is named. */
export const DRY: Guard = { regions: [], nameOf: () => 'somebody' };

/** Reads the parts of one row, and counts what was found in all of them. */
export class Redactor {
  readonly found: Found = {};
  readonly #guard: Guard;
  readonly #language: string | null;

  constructor(guard: Guard, language: string | null) {
    this.#guard = guard;
    this.#language = language;
  }

  text(said: string): string {
    const { text, found } = this.#redact(said);
    for (const [what, places] of Object.entries(found) as [RedactionClass, number][]) this.#count(what, places);
    return text;
  }

  /**
   * A value that is a mail address, a phone number or a card becomes its placeholder, whole: half a value groups nothing.
   * The name stands before it as the cue that a bare number needs. Other classes are left: "1.2.3.4" is a version here.
   */
  dimensions(typed: Dimensions): Dimensions {
    let kept: Dimensions | undefined;
    for (const name in typed) {
      const value = typed[name]!;
      if (!MAY_BE_PERSONAL.test(value)) continue;
      const { found } = this.#redact(`${name.replaceAll('_', ' ')}: ${value}`);
      const what = IN_VALUES.find((one) => found[one]);
      if (!what) continue;
      kept ??= { ...typed };
      kept[name] = placeholderOf(what);
      this.#count(what, 1);
    }
    return kept ?? typed;
  }

  /**
   * An id is the identity of a thing and stays as it is, also when it looks like a number of a person: two things must
   * never become one. One that holds a mail address, or is a phone number as it is dialled from abroad, is kept as a
   * pseudonym, so that the same id is the same thing until the key is rotated. The Message-ID of a mail, in its angle
   * brackets, names no person and stays.
   */
  id(said: string): string {
    if (!MAY_NAME_ONE.test(said) || MESSAGE_ID.test(said)) return said;
    const { found } = this.#redact(said);
    const what = found.email ? 'email' : said.startsWith('+') && found.phone ? 'phone' : null;
    if (what === null) return said;
    this.#count(what, 1);
    return this.#guard.nameOf(ADDRESS.test(said) ? said.toLowerCase() : said);
  }

  author(said: string): string | null {
    return said === '' ? null : this.#guard.nameOf(said);
  }

  #redact(said: string) {
    return redact(said, { regions: this.#guard.regions, language: this.#language });
  }

  #count(what: RedactionClass, places: number): void {
    this.found[what] = (this.found[what] ?? 0) + places;
  }
}

const IN_VALUES = ['email', 'phone', 'card'] as const;
/** Everything that is looked for holds an @ or seven digits; most values hold neither. */
const MAY_BE_PERSONAL = /@|(?:\p{Nd}\D{0,3}){7}/u;
const ADDRESS = /^[^\s@<>]{1,64}@[^\s@<>]{1,253}$/;
const MESSAGE_ID = /^<[^\s<>]+>$/;
/** Of ids only; a bare number is more often an order than a person. */
const MAY_NAME_ONE = /@|^\+/;

/** The id of a row that was refused, for the list of refusals: there it identifies nothing, it only helps to find the row. */
export function idToShow(said: string): string {
  if (ADDRESS.test(said)) return placeholderOf('email');
  if (!MAY_NAME_ONE.test(said) || MESSAGE_ID.test(said)) return said;
  return redact(said, { regions: [], language: null }).text;
}

export function addFound(parts: readonly Found[]): Found {
  const sum: Found = {};
  for (const part of parts) {
    for (const what in part) {
      const one = what as RedactionClass;
      sum[one] = (sum[one] ?? 0) + part[one]!;
    }
  }
  return sum;
}
