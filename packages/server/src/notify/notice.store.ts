/** Notices at rest. The wall shows everybody their own; what tells them is `system.reactions`. */
import type { NoticeFacts, NoticeKind, NoticeSubject } from '@groundswell/contract';
import { type Generated, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { News, Notice, Place } from './notice.ts';

declare module '../platform/database.ts' {
  interface Database {
    notices: NoticesTable;
    notices_told: { event_id: string; person_id: string; compartment: string; at: Date };
  }
}

interface NoticesTable {
  id: Generated<string>;
  compartment: string;
  person_id: string;
  kind: NoticeKind;
  cause: string;
  subject_kind: NoticeSubject;
  subject_id: string;
  subject_ref: string;
  facts: NoticeFacts;
  first_at: Date;
  at: Date;
  times: Generated<number>;
  read_at: Date | null;
}

const NOTICE = sql`id, compartment, person_id as "personId", kind, facts, first_at as "firstAt", at, times, read_at as "readAt",
  jsonb_build_object('kind', subject_kind, 'id', subject_id, 'ref', subject_ref) as subject`;

/** Those who have not heard of this event; from here on they have. */
export async function markTold(trx: Trx, { eventId, people, compartment, at }: News): Promise<string[]> {
  if (people.length === 0) return [];
  const rows = [...new Set(people)].map((person_id) => ({ event_id: eventId, person_id, compartment, at }));
  const told = trx
    .insertInto('notices_told')
    .values(rows)
    .onConflict((one) => one.doNothing());
  return (await told.returning('person_id').execute()).map(({ person_id }) => person_id);
}

/** In place of what is unread of the same cause. What is older than that counts, and changes nothing else. */
export async function tellPeople(trx: Trx, news: News, people: readonly string[]): Promise<Notice[]> {
  const { compartment, kind, cause, subject, facts, at } = news;
  const before = news.once
    ? sql`and not exists (select from notices n where n.person_id = p and n.cause = ${cause})`
    : sql``;
  const { rows } = await sql<Notice>`
    insert into notices (compartment, person_id, kind, cause, subject_kind, subject_id, subject_ref, facts, first_at, at)
    select ${compartment}, p, ${kind}, ${cause}, ${subject.kind}, ${subject.id}::uuid, ${subject.ref},
           ${JSON.stringify(facts)}::jsonb, ${at}, ${at}
      from unnest(${people}::uuid[]) p where true ${before} order by p
    on conflict (person_id, cause) where read_at is null do update set
      times = notices.times + 1,
      kind = case when excluded.at >= notices.at then excluded.kind else notices.kind end,
      facts = case when excluded.at >= notices.at then excluded.facts else notices.facts end,
      at = greatest(excluded.at, notices.at)
    returning ${NOTICE}`.execute(trx);
  return rows;
}

/** Of one person, about the kinds of things that they may see. */
export interface Mine {
  readonly personId: string;
  readonly about: readonly NoticeSubject[];
}

const mine = ({ personId, about }: Mine) => sql`person_id = ${personId}::uuid and subject_kind = any(${about}::text[])`;

/** One more than asked for says that there is a further page. */
export async function listMine(
  db: Db,
  whose: Mine,
  { unread, after, limit }: { unread: boolean; after: Place | null; limit: number },
): Promise<Notice[]> {
  const open = unread ? sql`and read_at is null` : sql``;
  const behind = after ? sql`and (at, id) < (${after.at}, ${after.id}::uuid)` : sql``;
  const { rows } = await sql<Notice>`
    select ${NOTICE} from notices where ${mine(whose)} ${open} ${behind}
     order by at desc, id desc limit ${limit + 1}`.execute(db);
  return rows;
}

export async function countUnread(db: Db, whose: Mine): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from notices where ${mine(whose)} and read_at is null`.execute(db);
  return rows[0]!.n;
}

/** Held until the end of the transaction: of two who mark it the second sees the first. */
export async function holdNotice(trx: Trx, whose: Mine, id: string): Promise<Notice | undefined> {
  const { rows } = await sql<Notice & { cause: string }>`
    select ${NOTICE} from notices where ${mine(whose)} and id = ${id}::uuid for update`.execute(trx);
  return rows[0];
}

/** Unread again only while nothing newer of the same cause is unread: else nothing changes. */
export async function saveRead(trx: Trx, id: string, at: Date | null): Promise<void> {
  const free = sql`not exists (select from notices o where o.person_id = notices.person_id and o.cause = notices.cause
                                  and o.read_at is null and o.id <> notices.id)`;
  await sql`update notices set read_at = ${at} where id = ${id}::uuid ${at ? sql`` : sql`and ${free}`}`.execute(trx);
}

export async function saveAllRead(trx: Trx, whose: Mine, until: Date, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update notices set read_at = ${at} where ${mine(whose)} and read_at is null and at <= ${until}`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** What was read before then, and who was told what before then. */
export async function forgetBefore(trx: Trx, read: Date, told: Date): Promise<void> {
  await trx.deleteFrom('notices').where('read_at', '<', read).execute();
  await trx.deleteFrom('notices_told').where('at', '<', told).execute();
}
