/** Telling people, and being told that they have read it. */
import { NOTICES_LISTED, type NoticeSubject, Refusal } from '@groundswell/contract';
import { type Actor, compartmentNames, SYSTEM } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import {
  countUnread,
  forgetBefore,
  holdNotice,
  listMine,
  type Mine,
  markTold,
  saveAllRead,
  saveRead,
  tellPeople,
} from './notice.store.ts';
import type { News, Notice, Place } from './notice.ts';

/**
 * In the caller's transaction, by `SYSTEM.reactions`: whoever of `people` has not heard of this event hears of it, once.
 * Whether they may see what it is about is for the caller to know.
 *
 *     await tell(trx, { eventId, at, compartment, kind: 'mention', cause: `comment ${id}`, subject, facts: {}, people });
 */
export async function tell(trx: Trx, news: News): Promise<Notice[]> {
  const people = await markTold(trx, news);
  return people.length === 0 ? [] : tellPeople(trx, news, people);
}

/** A right that is taken away takes the notices about its things with it. */
const RIGHTS = { case: 'case.read', issue: 'issue.read' } as const satisfies Record<NoticeSubject, string>;

const mineOf = (actor: Actor): Mine | null =>
  actor.kind === 'person'
    ? {
        personId: actor.id,
        about: (Object.keys(RIGHTS) as NoticeSubject[]).filter((kind) => actor.can.has(RIGHTS[kind])),
      }
    : null;

export interface Page {
  readonly notices: readonly Notice[];
  readonly unread: number;
  readonly next: Place | null;
}

export async function myNotices(
  { db }: Tools,
  actor: Actor,
  asked: { unread: boolean; after: Place | null },
): Promise<Page> {
  const whose = mineOf(actor);
  if (!whose) return { notices: [], unread: 0, next: null };
  return db.as(actor, async (reader) => {
    const found = await listMine(reader, whose, { ...asked, limit: NOTICES_LISTED });
    const notices = found.slice(0, NOTICES_LISTED);
    return {
      notices,
      unread: await countUnread(reader, whose),
      next: found.length > NOTICES_LISTED ? notices.at(-1)! : null,
    };
  });
}

export async function myUnread({ db }: Tools, actor: Actor): Promise<number> {
  const whose = mineOf(actor);
  return whose ? db.as(actor, (reader) => countUnread(reader, whose)) : 0;
}

export async function markRead({ db, clock }: Tools, actor: Actor, id: string, read: boolean): Promise<Notice> {
  const whose = mineOf(actor);
  return db.change(actor, async (trx) => {
    const before = whose && (await holdNotice(trx, whose, id));
    if (!whose || !before) throw new Refusal('notice.not_found', 'There is no such notice of yours.');
    if (read === (before.readAt !== null)) return before;
    await saveRead(trx, id, read ? clock.now() : null);
    return (await holdNotice(trx, whose, id))!;
  });
}

export async function markAllRead({ db, clock }: Tools, actor: Actor, until: Date): Promise<number> {
  const whose = mineOf(actor);
  return whose ? db.change(actor, (trx) => saveAllRead(trx, whose, until, clock.now())) : 0;
}

const DAY_MS = 24 * 3_600_000;
const READ_STAYS_MS = 90 * DAY_MS;
/** Longer than any job is tried again. */
const TOLD_STAYS_MS = 30 * DAY_MS;

export async function forgetOldNotices({ db, clock }: Tools): Promise<void> {
  const ago = (ms: number) => new Date(clock.now().getTime() - ms);
  for (const compartment of await compartmentNames(db)) {
    await db.change(SYSTEM.reactions(compartment), (trx) => forgetBefore(trx, ago(READ_STAYS_MS), ago(TOLD_STAYS_MS)));
  }
}
