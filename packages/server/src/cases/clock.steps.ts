/** What an event of a case means for its clocks: one table, for what happens now and for a past that is read again. Pure. */
import type { Standing } from '@groundswell/analytics';
import type { CaseState, WaitingFor } from '@groundswell/contract';
import { askedUntil, type Step } from '../clocks/index.ts';
import type { RecordedEvent } from '../events.ts';
import type { Case } from './case.ts';

/** What a promise may depend on, in codes. */
const factsOfCase = (kase: Case): Readonly<Record<string, string>> => ({
  ...{ priority: `P${kase.priority}`, kind: kase.kind, source: kase.source, compartment: kase.compartment },
  ...{ team: kase.teamId ?? '', harm: kase.facts.harm ?? '', support: kase.facts.support ?? '' },
  ...{ requester: kase.requesterKind ?? '', language: kase.language ?? '', region: kase.region ?? '' },
  // The line that was applied, and the code by which people know it.
  ...{ law: kase.legalClockId ?? '', legal: kase.facts.legal ?? '' },
});

export interface Known {
  /** As it stands behind the event. */
  readonly kase: Case;
  /** For how long a requester of the case that was taken in waits; null if none does. */
  readonly waitedMs: number | null;
}

/** Null for what clocks do not care about. */
export function stepOf(event: RecordedEvent, { kase, waitedMs }: Known): Step | null {
  const when = { id: event.id, at: event.at.getTime() };
  switch (event.name) {
    case 'case.opened':
      return { happening: { ...when, kind: 'opened', ...openingOf(kase, event.payload.priority) } };
    case 'case.acknowledged':
      return { happening: { ...when, kind: 'acknowledged' } };
    case 'case.contained':
      return { happening: { ...when, kind: 'contained' } };
    case 'case.owner_changed':
      return { happening: { ...when, kind: 'owner_changed', taken: event.payload.ownerId === event.actor } };
    case 'case.message_in':
      return { happening: { ...when, kind: 'message_in' } };
    case 'case.message_out':
      return { happening: { ...when, kind: 'message_out', automatic: event.payload.authorId === null } };
    case 'case.moved':
      return movedStep(when, event.payload);
    case 'case.merged':
      return { happening: { ...when, kind: 'merged_away' } };
    case 'case.took_in':
      return { happening: { ...when, kind: 'absorbed', waitedMs } };
    case 'case.changed':
      return { happening: { ...when, kind: 'facts_changed', facts: factsOfCase(kase) } };
    case 'case.priority_changed':
      return { happening: { ...when, kind: 'facts_changed', facts: { priority: `P${event.payload.to}` } } };
    default:
      return askStep(event);
  }
}

/** Somebody who asks waits for an answer. What was split off begins with our own words, and an investigation too. */
function openingOf(kase: Case, priority: number) {
  const requester = kase.requesterKind !== null;
  const requesterWrote = requester && kase.kind === 'escalation' && kase.source !== 'split';
  return { facts: { ...factsOfCase(kase), priority: `P${priority}` }, requester, requesterWrote };
}

const OVER: ReadonlySet<CaseState> = new Set<CaseState>(['resolved', 'closed', 'duplicate', 'not_ours']);

/** A duplicate leaves by `case.merged`. Whatever had ended and goes on again is reopened, also when an end is taken back. */
function movedStep(
  when: { readonly id: string; readonly at: number },
  { from, to, waitingFor }: { from: CaseState; to: CaseState; waitingFor?: WaitingFor },
): Step | null {
  if (to === 'duplicate') return null;
  if (OVER.has(from) && !OVER.has(to)) return { happening: { ...when, kind: 'reopened', requesterWrote: false } };
  return { happening: { ...when, kind: 'set_to', standing: standingOf(to, waitingFor) } };
}

function standingOf(to: CaseState, waitingFor: WaitingFor | undefined): Standing {
  if (to === 'waiting') return { is: 'waiting', for: waitingFor ?? 'other' };
  if (to === 'not_ours') return { is: 'left' };
  return { is: OVER.has(to) ? 'resolved' : 'active' };
}

/** Each question is a clock of its own, and runs to the time that its partner was given. */
function askStep(event: RecordedEvent): Step | null {
  const when = { id: event.id, at: event.at.getTime() };
  switch (event.name) {
    case 'case.partner_asked': {
      const { askId: ask, dueAt } = event.payload;
      return { happening: { ...when, kind: 'partner_asked', ask, facts: askedUntil(ask, Date.parse(dueAt)) } };
    }
    case 'case.partner_answered':
      return { happening: { ...when, kind: 'partner_answered', ask: event.payload.askId } };
    case 'case.ask_withdrawn':
      return { happening: { ...when, kind: 'partner_released', ask: event.payload.askId } };
    case 'case.ask_postponed': {
      const due = { ask: event.payload.askId, at: Date.parse(event.payload.dueAt) };
      return { happening: { ...when, kind: 'facts_changed', facts: {} }, due };
    }
    default:
      return null;
  }
}
