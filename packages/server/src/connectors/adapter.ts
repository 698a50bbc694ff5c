/**
 * The one interface behind which every other system stands. An adapter knows how one system is asked and what its answers
 * mean; it keeps nothing, waits for nothing and never retries: turns, pauses, counts and cursors are the core's.
 */
import type { ConnectorKind } from '@groundswell/contract';
import type { Net } from '../platform/net.ts';

export type Settings = Readonly<Record<string, string | number | boolean | Readonly<Record<string, string>>>>;
export type Secrets = Readonly<Record<string, string>>;

/** What an adapter gets for one question. */
export interface Ask {
  /** Checked against `CONNECTOR_FORMS`, with its standards filled in. */
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** Reaches the hosts of this connector and no other. */
  readonly net: Net;
  readonly now: Date;
  /** Whatever the page before said, through JSON; null at the first. */
  readonly cursor: unknown;
  /** Where to begin when there is no cursor: the day of a back-fill, or some days ago. */
  readonly from: Date;
}

/** One page. Rows and cursor are kept together or not at all, so a page may be asked for twice. */
export interface Page {
  /** Like `NewSignal`, not yet judged: intake refuses what cannot be one, row by row. */
  readonly rows: readonly unknown[];
  /** Rows that the adapter itself could not read. Reasons never quote the row. */
  readonly refused?: readonly { readonly id: string | null; readonly reason: string }[];
  /** Where to go on; any JSON but null. */
  readonly cursor: unknown;
  /** Whether there is more to be had at once. */
  readonly more: boolean;
  /** Up to when the other side has told, by its own clock; null when it does not say. */
  readonly reached: Date | null;
  /** Names of fields of the rows as they came, for a mapping. */
  readonly fields?: readonly string[];
}

export interface Adapter {
  readonly kind: ConnectorKind;
  /** How many pages a minute the other side bears; a turn takes no more, and the next waits for the next minute. */
  readonly pagesPerMinute: number;
  /** Hosts it calls beside the one in `settings.address` or `settings.host`: `host`, or `host:port` if not 443. */
  hosts?(settings: Settings, secrets: Secrets): readonly string[];
  /** Throws a `Problem` for all that the other side or the settings are to blame for. */
  poll(ask: Ask): Promise<Page>;
}

/** How the body of a call is read whose signature was right. */
export interface WebhookReader {
  readonly kind: ConnectorKind;
  /** `body` is the parsed JSON. An event that brings nothing gives no rows. */
  read(body: unknown, settings: Settings): Pick<Page, 'rows' | 'refused'>;
}

/** A turn that went wrong for a reason outside this house, in words: what happened, what to do. Never holds a secret. */
export class Problem extends Error {
  readonly words: string;
  /** Not to be asked again sooner; null when it did not say. */
  readonly retryAfterMs: number | null;
  /** Wrong credentials or address: no use to try again soon. */
  readonly lasting: boolean;
  /** What HTTP said; null where it was not the answer's status that went wrong. */
  readonly status: number | null;

  constructor(words: string, { retryAfterMs = null, lasting = false, status = null }: ProblemOptions = {}) {
    super(words);
    this.name = 'Problem';
    this.words = words;
    this.retryAfterMs = retryAfterMs;
    this.lasting = lasting;
    this.status = status;
  }
}

interface ProblemOptions {
  readonly retryAfterMs?: number | null;
  readonly lasting?: boolean;
  readonly status?: number | null;
}
