/** A signal: one immutable thing somebody or something told us. Reads what a sender gave, row by row. Pure. */
import { hash } from 'node:crypto';
import { NewSignal, type SignalKind, type SignalView, TEXT_MAX } from '@groundswell/contract';
import type { Found } from '../privacy/index.ts';
import { type Dimensions, typeDimensions } from './dimensions.ts';
import { type Guard, idToShow, Redactor } from './guard.ts';
import { languageOf, languageTag } from './language.ts';
import { reasonOf, wanted } from './reasons.ts';
import { plainVector } from './search-words.ts';
import { cleanLine, cleanText, keepFirst } from './text.ts';

/** From here up a text stays covered until somebody asks for it. */
export const COVERED_FROM = 2;

/** A signal as it will be kept, before it is known whether it is new. */
export interface Draft {
  readonly signalId: string;
  readonly itemId: string;
  readonly externalId: string;
  readonly revision: string;
  readonly revisedAt: Date;
  readonly at: Date;
  readonly title: string | null;
  readonly text: string;
  readonly length: number;
  readonly truncated: boolean;
  readonly language: string | null;
  readonly author: string | null;
  readonly creatorTier: string | null;
  readonly exposure: number;
  readonly rating: number | null;
  readonly dimensions: Dimensions;
  /** What was redacted in it. */
  readonly found: Found;
  /** For the index, when it can be made without the database: here, so that nothing waits for it in a transaction. */
  readonly vector: string | null;
}

/** What the index is made of. */
export const saidIn = ({ title, text }: Pick<Draft, 'title' | 'text'>): string =>
  title === null ? text : `${title} ${text}`;

export type Judged = { readonly draft: Draft } | { readonly reason: string; readonly id: string | null };

/** Judges one row by itself: either all of it is kept, or the reason says what to change. */
export function readRow(value: unknown, sourceId: string, receivedAt: Date, guard: Guard): Judged {
  const parsed = NewSignal.safeParse(value);
  if (!parsed.success) return { reason: reasonOf(parsed.error, value), id: idOf(value) };
  try {
    mustHaveNames(value as { dimensions?: unknown });
    return { draft: draftOf(parsed.data, sourceId, receivedAt, guard) };
  } catch (error) {
    if (error instanceof Unusable) return { reason: error.message, id: idOf(value) };
    throw error;
  }
}

const idOf = (value: unknown): string | null => {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? idToShow(cleanLine(id.slice(0, 400)).slice(0, 200)) : null;
};

/** A row that has the right shape and still says something that cannot be. */
class Unusable extends Error {}

/** Of a longer text so much is read: what begins before the cut is found whole. */
const READ_BEYOND_CUT = 200;

function draftOf(row: NewSignal, sourceId: string, receivedAt: Date, guard: Guard): Draft {
  const at = readMoment('ts', row.ts, receivedAt);
  const saidTitle = row.title === undefined ? '' : cleanLine(row.title);
  const said = keepFirst(cleanText(row.text), TEXT_MAX + READ_BEYOND_CUT);
  // Asked of what was said: placeholders are words of no language.
  const language = readLanguage(row.language) ?? languageOf(saidTitle === '' ? said.text : `${saidTitle} ${said.text}`);
  const redactor = new Redactor(guard, language);
  const title = saidTitle === '' ? null : redactor.text(saidTitle);
  const kept = keepFirst(redactor.text(said.text), TEXT_MAX);
  const rating = row.rating ?? null;
  const revisedAt = row.updated_at ? readMoment('updated_at', row.updated_at, receivedAt) : null;
  const revision = revisedAt?.toISOString() ?? hash('sha256', JSON.stringify([title, kept.text, rating]));
  const externalId = redactor.id(readId(row.id));
  return {
    ...kept,
    truncated: kept.truncated || said.truncated,
    ...identity(sourceId, externalId, revision),
    externalId,
    revision,
    revisedAt: revisedAt ?? at,
    at,
    title,
    rating,
    language,
    author: redactor.author(cleanLine(row.author ?? '')),
    creatorTier: redactor.text(cleanLine(row.creator_tier ?? '')) || null,
    exposure: row.exposure ?? 0,
    dimensions: redactor.dimensions(readDimensions(row.dimensions ?? {})),
    found: redactor.found,
    vector: plainVector(saidIn({ title, text: kept.text })),
  };
}

/** An id is never changed: two that look alike are two. What the database could not keep apart is refused. */
function readId(id: string): string {
  if (id.isWellFormed() && !/\p{Cc}/u.test(id)) return id;
  throw new Unusable(
    '"id" holds characters that cannot be kept (control characters or half a character). Give it without them.',
  );
}

/** Nothing that this team works on was said earlier; such a date is a field that was left empty. */
const EARLIEST = new Date('2000-01-01T00:00:00Z');
/** Clocks of senders are wrong by hours, not by days. */
const AHEAD_MAX_MS = 24 * 3_600_000;

function readMoment(field: 'ts' | 'updated_at', said: string, receivedAt: Date): Date {
  const at = new Date(said);
  if (Number.isNaN(at.getTime())) throw new Unusable(wanted(field));
  if (at < EARLIEST) {
    throw new Unusable(`"${field}" is before the year 2000, which looks like a wrong date. Give ${MEANING[field]}.`);
  }
  if (at.getTime() - receivedAt.getTime() > AHEAD_MAX_MS) {
    throw new Unusable(`"${field}" is more than a day in the future. Check the sender's clock and time zone.`);
  }
  return at;
}
const MEANING = { ts: 'the time when it was said', updated_at: 'the time when it was last changed' };

/** A tag, or null when the text is to be asked. */
function readLanguage(said: string | null | undefined): string | null {
  const tag = languageTag(said ?? '');
  if (tag === undefined) throw new Unusable(wanted('language'));
  return tag;
}

/** The schema has left that name out of `given`, so the row itself is asked. */
function mustHaveNames({ dimensions }: { dimensions?: unknown }): void {
  if (typeof dimensions !== 'object' || dimensions === null || !Object.hasOwn(dimensions, '__proto__')) return;
  throw new Unusable('"dimensions" has the name "__proto__", which cannot be kept. Give it another name.');
}

function readDimensions(given: NonNullable<NewSignal['dimensions']>): Dimensions {
  const typed = typeDimensions(given);
  if ('reason' in typed) throw new Unusable(typed.reason);
  return typed.dimensions;
}

/**
 * The same thing has the same ids wherever and however often it arrives. The three parts are joined as JSON, so that no
 * other three can give the same string.
 */
export function identity(sourceId: string, externalId: string, revision: string): { signalId: string; itemId: string } {
  return {
    signalId: uuidOf(JSON.stringify([sourceId, externalId, revision])),
    itemId: uuidOf(JSON.stringify([sourceId, externalId])),
  };
}

/** A UUIDv8 (RFC 9562 §5.8): 122 bits of the SHA-256, and the six that say which kind of UUID it is. */
function uuidOf(name: string): string {
  const hex = hash('sha256', name);
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A signal as it was kept. */
export interface KeptSignal {
  readonly id: string;
  readonly sourceId: string;
  readonly sourceName: string;
  readonly kind: SignalKind;
  readonly externalId: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly language: string | null;
  readonly exposure: number;
  readonly title: string | null;
  readonly text: string;
  readonly length: number;
  readonly truncated: boolean;
  readonly author: string | null;
  readonly rating: number | null;
  readonly creatorTier: string | null;
  readonly dimensions: Dimensions;
  readonly latest: boolean;
}

/** As it is shown: from X2 up without its words, unless they were asked for. */
export function viewSignal(
  kept: KeptSignal,
  { topic = null, copies = null }: Partial<Pick<SignalView, 'topic' | 'copies'>> = {},
  { reveal = false } = {},
): SignalView {
  const covered = kept.exposure >= COVERED_FROM && !reveal;
  return {
    ...kept,
    at: kept.at.toISOString(),
    receivedAt: kept.receivedAt.toISOString(),
    title: covered ? null : kept.title,
    text: covered ? null : kept.text,
    topic,
    copies,
  };
}
