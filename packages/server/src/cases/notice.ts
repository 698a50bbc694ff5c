/** Who must know what of an event of a case. Pure. */
import { type NoticeFacts, type NoticeKind, PRIORITIES } from '@groundswell/contract';
import type { RecordedEvent } from '../events.ts';
import type { News } from '../notify/index.ts';
import { referenceOf } from './case.key.ts';
import type { Case } from './case.ts';

export interface Around {
  readonly kase: Case;
  readonly watchers: readonly string[];
  /** Of the case's team. */
  readonly team: readonly string[];
  /** Who asked the partner that has answered. */
  readonly asker: string | null;
}

/** From three quarters of the time: what comes before is nothing that somebody must act on at once. */
const WARNS_FROM = 0.75;

/** Nobody is told what they did themselves. */
export function newsOf(event: RecordedEvent, around: Around): News[] {
  return newsFor(event, around).map((news) => ({ ...news, people: news.people.filter((one) => one !== event.actor) }));
}

function newsFor(event: RecordedEvent, { kase, watchers, team, asker }: Around): News[] {
  const priority = PRIORITIES[kase.priority];
  const one = (kind: NoticeKind, cause: string, to: readonly (string | null)[], facts: NoticeFacts = {}): News => ({
    ...{ eventId: event.id, at: event.at, compartment: event.compartment, kind, cause: `case ${kase.id} ${cause}` },
    subject: { kind: 'case', id: kase.id, ref: referenceOf(kase) },
    facts: { ...(priority && { priority }), ...facts },
    people: to.filter((id) => id !== null),
  });
  const responsible = kase.ownerId !== null ? [kase.ownerId] : team.length > 0 ? team : watchers;
  switch (event.name) {
    case 'case.owner_changed': {
      const { ownerId, was } = event.payload;
      return [one('case_assigned', 'owner', [ownerId]), one('case_handed', 'owner', [was])];
    }
    case 'case.clock_warned': {
      const { key, metric, share, reached } = event.payload;
      const facts = { metric: metric as NonNullable<NoticeFacts['metric']>, share, reached };
      return share < WARNS_FROM ? [] : [one('clock_warned', `clock ${key}`, responsible, facts)];
    }
    case 'case.clock_breached': {
      const { key, metric, reached } = event.payload;
      const facts = { metric: metric as NonNullable<NoticeFacts['metric']>, share: 1, reached };
      return [one('clock_breached', `clock ${key}`, [...responsible, ...watchers], facts)];
    }
    case 'case.message_in':
      return [one('requester_answered', 'requester', responsible)];
    case 'case.partner_answered':
      return [one('partner_answered', `ask ${event.payload.askId}`, [...responsible, asker])];
    default:
      return [];
  }
}
