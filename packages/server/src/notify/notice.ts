/** A notice: what one person must know of one cause. It holds codes, times and a reference, and no word of anybody. Pure. */
import type { NoticeFacts, NoticeKind, NoticeSubject, Notice as Told } from '@groundswell/contract';

/** What a slice above has to tell: to whom, of what, and by which event, so that it is told once. */
export interface News {
  readonly eventId: string;
  readonly at: Date;
  readonly compartment: string;
  readonly kind: NoticeKind;
  /** What is told under the same cause is told in place of what was told before. */
  readonly cause: string;
  readonly subject: { readonly kind: NoticeSubject; readonly id: string; readonly ref: string };
  readonly facts: NoticeFacts;
  readonly people: readonly string[];
  /** Tells nobody who was told of this cause before, read or not. */
  readonly once?: true;
}

export interface Notice extends Pick<News, 'compartment' | 'kind' | 'subject' | 'facts' | 'at'> {
  readonly id: string;
  readonly personId: string;
  readonly firstAt: Date;
  readonly times: number;
  readonly readAt: Date | null;
}

/** Where a page ended: of notices with the same time the id decides. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

export const placeWord = ({ at, id }: Place): string => `${at.getTime()}_${id}`;

/** Null for a word that no page has said. */
export function readPlaceWord(word: string): Place | null {
  const found = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(word);
  return found ? { at: new Date(Number(found[1])), id: found[2]! } : null;
}

export const viewNotice = ({ id, kind, subject, facts, firstAt, at, times, readAt }: Notice): Told => ({
  ...{ id, kind, subject, facts, times },
  firstAt: firstAt.toISOString(),
  at: at.toISOString(),
  readAt: readAt?.toISOString() ?? null,
});
