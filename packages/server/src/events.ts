/** What can have happened, and the one way to write it down. Payloads hold ids and codes: no word that a person typed. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DismissReason, IssueState, LinkKind, SeverityRules } from '@groundswell/contract';
import type { Asker, Db, Trx } from './platform/db.ts';
import { enqueueEach } from './platform/jobs.ts';

/** A slice with many events says them beside its own code, by declaration merging. */
export interface Payloads {
  'person.set_up': { personId: string };
  'session.started': { personId: string };
  'session.ended': { personId: string; count: number };
  'password.changed': { personId: string; sessions: number };
  'password.reset': { personId: string; linkId: string; sessions: number };
  'password.link_made': { personId: string; linkId: string };
  'person.invited': { invitationId: string };
  'invitation.renewed': { invitationId: string };
  'invitation.withdrawn': { invitationId: string };
  'person.joined': { personId: string; invitationId: string };
  'person.changed': { personId: string };
  'person.deactivated': { personId: string; sessions: number };
  'person.reactivated': { personId: string };
  'role.given': { personId: string; roleId: string };
  'role.taken': { personId: string; roleId: string };
  'membership.offered': { invitationId: string };
  'membership.given': { personId: string };
  'membership.taken': { personId: string };
  /** Back by a link of somebody outside: waits until those inside say. */
  'membership.held': { personId: string; linkId: string };
  /** Whoever waited was not let in. */
  'membership.refused': { personId: string };
  'compartment.made': Record<never, never>;
  'compartment.changed': Record<never, never>;
  'compartment.removed': Record<never, never>;
  'role.made': { roleId: string; capabilities: readonly string[] };
  'role.changed': { roleId: string; capabilities: readonly string[] };
  'role.removed': { roleId: string; movedTo: string | null; people: number };
  'team.made': { teamId: string };
  'team.changed': { teamId: string };
  'team.removed': { teamId: string };
  'team.joined': { teamId: string; personId: string };
  'team.left': { teamId: string; personId: string };
  'token.made': { tokenId: string; sourceId: string | null };
  'token.revoked': { tokenId: string; sourceId: string | null };
  'source.created': { sourceId: string; kind: string };
  'source.changed': { sourceId: string };
  'import.started': { importId: string; sourceId: string };
  'import.finished': {
    importId: string;
    added: number;
    revised: number;
    unchanged: number;
    refused: number;
    oldRows: number;
  };
  'import.failed': { importId: string };
  'import.cancelled': { importId: string };
  'import.refused_downloaded': { importId: string };
  'history.finished': { importId: string; runId: string; alerts: number };
  'alert.raised': { alertId: string; topicId: string; historical: boolean };
  'alert.grew': { alertId: string; topicId: string };
  'issue.suspected': { issueId: string; alertId: string };
  /** `undone`: the move before it was taken back. */
  'issue.moved': { from: IssueState; to: IssueState; reason?: DismissReason; undone?: true };
  'issue.renamed': { version: number };
  /** On the duplicate, and on the one that was kept; `key` is the other's. */
  'issue.merged': { actId: string; key: string; signals: number };
  'issue.took_in': { actId: string; key: string; signals: number };
  'issue.unmerged': { actId: string; key: string; signals: number };
  'issue.gave_back': { actId: string; key: string; signals: number };
  /** On the one that was divided, and on the new one. */
  'issue.split': { actId: string; key: string; signals: number };
  'issue.split_off': { actId: string; key: string; signals: number };
  'issue.unsplit': { actId: string; key: string; signals: number };
  'issue.signals_left': { actId: string; key: string | null; signals: number; undone?: true };
  'issue.signals_joined': { actId: string; signals: number; undone?: true };
  'issue.linked': { actId: string; key: string; link: LinkKind; turned?: true };
  'issue.unlinked': { actId: string; key: string; link: LinkKind; turned?: true };
  /** `was`: whose it was before, since that is kept; it is handed back to them when it is taken back. */
  'issue.assigned': { ownerId: string | null; was?: string | null; undone?: true };
  'issue.followed': { personId: string };
  'issue.unfollowed': { personId: string };
  'comment.written': { commentId: string; mentions: readonly string[] };
  'comment.edited': { commentId: string; mentions: readonly string[] };
  'comment.deleted': { commentId: string };
  'view.saved': { viewId: string };
  'view.removed': { viewId: string };
  'view.restored': { viewId: string };
  'view.ordered': { personId: string };
  'view.started': { viewId: string; starts: boolean };
  'watch.set': { viewId: string; above: number };
  'watch.ended': { viewId: string };
  'watch.exceeded': { viewId: string; personId: string; signals: number; above: number };
  'detection.changed': { falseAlertsPerWeek: number };
  'connector.made': { connectorId: string; sourceId: string; kind: string };
  'connector.changed': { connectorId: string };
  'connector.paused': { connectorId: string };
  'connector.resumed': { connectorId: string };
  'connector.run_asked': { connectorId: string };
  'connector.failing': { connectorId: string; problem: string };
  'connector.recovered': { connectorId: string };
  'connector.backfill_asked': { connectorId: string; from: string };
  'connector.removed': { connectorId: string };
  'pseudonyms.rotated': { version: number };
  'pseudonyms.older_keys_forgotten': { version: number };
  'author.looked_up': { versions: number };
  'dimension.merged': { mergeId: string };
  'dimension.unmerged': { mergeId: string };
  'dimension.capped': { sourceId: string; cap: number };
  'change.recorded': { changeId: string; kind: string };
  'change.withdrawn': { changeId: string };
  'changes.received': { added: number; replaced: number };
  'world.opened': { number: number; kind: string };
  'world.closed': { number: number; kind: string };
  'world.removed': { number: number; kind: string };
  'issue.looked_at': { issueId: string };
  /** Null: the proposal counts again. */
  'issue.severity_said': { severity: number | null };
  'issue.harm_said': { harm: string | null };
  /** How many were hurt in all; null when that was taken back. */
  'issue.cohort_said': { people: number | null };
  'severity_rules.changed': { version: number; rules: SeverityRules };
  /** Rows that left the house at once; `covered`: with the texts of X2 and above. One event for each compartment. */
  'export.made': { list: string; rows: number; covered: boolean };
  'export.asked': { exportId: string; list: string; rows: number; covered: boolean };
  /** In the background, as whoever asked. */
  'export.written': { exportId: string; list: string; rows: number; covered: boolean };
  'export.failed': { exportId: string; list: string };
  'export.downloaded': { exportId: string; list: string; rows: number; covered: boolean };
  'active_users.received': { rows: number; from: string; to: string };
}
export type EventName = keyof Payloads;
export type SubjectKind =
  | 'person'
  | 'session'
  | 'invitation'
  | 'role'
  | 'team'
  | 'shift'
  | 'token'
  | 'source'
  | 'import'
  | 'connector'
  | 'dimension'
  | 'change'
  | 'compartment'
  | 'export'
  | 'look'
  | 'world'
  | 'alert'
  | 'issue'
  | 'case'
  | 'broadcast'
  | 'template'
  | 'legal_clock'
  | 'clock_policy'
  | 'clock_calendar'
  | 'view'
  | 'severity_rules'
  | 'stream';

export type NewEvent = {
  [N in EventName]: {
    readonly name: N;
    readonly at: Date;
    readonly compartment: string;
    readonly subject: { readonly kind: SubjectKind; readonly id: string };
    readonly payload: Payloads[N];
  };
}[EventName];

/** What happened, without when and to what. */
export type Happening = { [N in EventName]: { readonly name: N; readonly payload: Payloads[N] } }[EventName];

export type RecordedEvent = NewEvent & { readonly id: string; readonly actor: string };

/** Keys in order: jsonb forgets the order in which they were written, and the hash must be made again from what it kept. */
export function canonicalJson(payload: object): string {
  return JSON.stringify(payload, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** The event, its payload and the job that starts whoever reacts: all in the caller's transaction, or none of them. */
export async function record(trx: Trx, actor: Asker, event: NewEvent): Promise<void> {
  await recorded(trx, actor, event);
}

/** The same, for whoever goes on with what was recorded. */
export async function recorded(trx: Trx, actor: Asker, event: NewEvent): Promise<RecordedEvent> {
  const [one] = await recordAll(trx, actor, [event]);
  return one!;
}

/** Many of them, for the price of one: three statements however many there are. */
export async function recordAll(trx: Trx, actor: Asker, events: readonly NewEvent[]): Promise<RecordedEvent[]> {
  if (events.length === 0) return [];
  const drafts = events.map((event) => {
    const payload = canonicalJson(event.payload);
    const salt = randomBytes(16);
    // The payload can be erased, its proof stays.
    return { event, id: randomUUID(), payload, salt, hash: createHash('sha256').update(salt).update(payload).digest() };
  });
  await trx
    .insertInto('events')
    .values(
      drafts.map(({ event: { at, name, subject, compartment }, id, hash }) => ({
        ...{ id, at, name, actor: actor.id, subject_kind: subject.kind, subject_id: subject.id, compartment },
        salt_hash: hash,
      })),
    )
    .execute();
  await trx
    .insertInto('event_payloads')
    .values(
      drafts.map(({ event: { compartment }, id, salt, payload }) => ({ event_id: id, compartment, salt, payload })),
    )
    .execute();
  await enqueueEach(
    trx,
    'react',
    drafts.map(({ id }) => ({ eventId: id })),
  );
  return drafts.map(({ event, id }) => ({ ...event, id, actor: actor.id }));
}

const EVENT = [
  'events.id',
  'events.name',
  'events.at',
  'events.actor',
  'events.compartment',
  'events.subject_kind as subjectKind',
  'events.subject_id as subjectId',
  'event_payloads.payload',
] as const;

/** The event as its readers see it. Fails when the reader may not see it: nobody reacts to what they cannot read. */
export async function loadEvent(db: Db, id: string): Promise<RecordedEvent> {
  const row = await eventRows(db).where('events.id', '=', id).executeTakeFirstOrThrow();
  return asEvent(row);
}

/** What happened to one thing, oldest first. */
export async function eventsOf(
  db: Db,
  subject: { kind: SubjectKind; id: string },
  limit: number,
): Promise<RecordedEvent[]> {
  const rows = await eventRows(db)
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .orderBy('events.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse().map(asEvent);
}

/** What happened to things of one kind since a moment, newest first. */
export async function eventsSince(db: Db, kind: SubjectKind, since: Date, limit: number): Promise<RecordedEvent[]> {
  const rows = await eventRows(db)
    .where('subject_kind', '=', kind)
    .where('events.at', '>', since)
    .orderBy('events.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(asEvent);
}

const eventRows = (db: Db) =>
  db.selectFrom('events').innerJoin('event_payloads', 'event_payloads.event_id', 'events.id').select(EVENT);

type Row = Awaited<ReturnType<ReturnType<typeof eventRows>['execute']>>[number];

/** The name in the row decides the shape of the payload; what `record` wrote is believed. */
function asEvent({ subjectKind, subjectId, ...row }: Row): RecordedEvent {
  return { ...row, subject: { kind: subjectKind, id: subjectId } } as unknown as RecordedEvent;
}
