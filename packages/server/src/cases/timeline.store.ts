/** What happened to one case, from the record of all events. */
import type { TIMELINE_KINDS } from '@groundswell/contract';
import { sql } from 'kysely';
import type { RecordedEvent } from '../events.ts';
import type { Db } from '../platform/db.ts';

export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** By the names of events: whoever adds one gives it a place here, and a test looks whether that was forgotten. */
export const TIMELINE: Readonly<Record<TimelineKind, readonly string[]>> = {
  state: [
    'case.opened',
    'case.acknowledged',
    'case.contained',
    'case.clock_warned',
    'case.clock_breached',
    'case.moved',
    'case.priority_changed',
    'case.changed',
    'case.end_proposed',
    'case.end_withdrawn',
    'case.end_declined',
  ],
  people: [
    'case.owner_changed',
    'case.refused',
    'case.watched',
    'case.unwatched',
    'case.people_changed',
    'case.baton_sent',
    'case.baton_taken_back',
    'case.baton_accepted',
    'case.baton_unanswered',
  ],
  outside: ['case.message_in', 'case.message_held', 'case.message_out', 'case.message_cancelled'],
  partner: [
    'case.ask_held',
    'case.partner_asked',
    'case.partner_answered',
    'case.ask_cancelled',
    'case.ask_withdrawn',
    'case.ask_postponed',
  ],
  inside: ['case.note_written', 'case.note_edited', 'case.note_deleted'],
  task: ['case.task_made', 'case.task_changed', 'case.task_done', 'case.task_undone'],
  links: [
    'case.issue_linked',
    'case.issue_unlinked',
    'case.linked',
    'case.unlinked',
    'case.merged',
    'case.took_in',
    'case.split',
  ],
};

export interface TimelineQuery {
  readonly kinds?: readonly TimelineKind[];
  readonly by?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Behind this event: a number of the record, as text. */
  readonly after?: string | undefined;
  readonly limit: number;
}

type Row = Omit<RecordedEvent, 'subject'> & { readonly subjectId: string; readonly seq: string };

/** Newest first. */
export async function timelineOf(
  db: Db,
  caseId: string,
  { kinds, by, from, to, after, limit }: TimelineQuery,
): Promise<{ lines: RecordedEvent[]; next: string | null }> {
  const names = kinds?.flatMap((kind) => TIMELINE[kind]) ?? null;
  const { rows } = await sql<Row>`
    select e.id, e.seq, e.name, e.at, e.actor, e.compartment, e.subject_id as "subjectId", p.payload
      from events e join event_payloads p on p.event_id = e.id
     where e.subject_kind = 'case' and e.subject_id = ${caseId}
       and (${names}::text[] is null or e.name = any(${names}::text[]))
       and (${by ?? null}::text is null or e.actor = ${by ?? null})
       and (${from ?? null}::timestamptz is null or e.at >= ${from ?? null}::timestamptz)
       and (${to ?? null}::timestamptz is null or e.at < ${to ?? null}::timestamptz)
       and (${after ?? null}::bigint is null or e.seq < ${after ?? null}::bigint)
     order by e.seq desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const lines = shown.map(({ seq: _, subjectId, ...row }) => ({ ...row, subject: { kind: 'case', id: subjectId } }));
  return { lines: lines as unknown as RecordedEvent[], next: rows.length > limit ? shown.at(-1)!.seq : null };
}
