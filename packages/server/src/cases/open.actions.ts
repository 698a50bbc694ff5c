/** How a case begins: by a form, by a program, from signals, an alert or an issue. Each way brings what is known. */
import { randomUUID } from 'node:crypto';
import { type CaseFacts, type CaseSource, type NewCase, Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { type LegalLine, legalLine } from '../clocks/index.ts';
import { type Issue, loadIssue } from '../issues/index.ts';
import type { Db, Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { pseudonymsOf, redact } from '../privacy/index.ts';
import { loadSignals } from '../signals/index.ts';
import { loadAlerts } from '../topics/index.ts';
import { addPeople, addSignals, compartmentsOfSignals, type Subject, teamNames, watch } from './around.store.ts';
import { say } from './case.events.ts';
import { insertCase, openedBefore, takeNumber } from './case.store.ts';
import type { Case } from './case.ts';
import { insertIssueLink } from './issue-link.store.ts';
import { proposePriority } from './priority.ts';

export type Opening = NewCase & { readonly key?: string | undefined };

export async function openCase(tools: Tools, actor: Actor, said: Opening): Promise<Case> {
  mustHave(actor, 'case.work');
  mustStandIn(actor, said.compartment);
  const clean = await cleaned(tools, actor, said);
  const at = tools.clock.now();

  return tools.db.change(actor, async (trx) => {
    const before = said.key && (await openedBefore(trx, actor.id, said.key));
    if (before) return before;
    const from = await openedFrom(trx, said);
    if (said.team !== null) await mustBeTeam(trx, said.team);
    const legal = await legalOf(trx, said.facts, at);
    const number = await takeNumber(trx, said.compartment, at.getUTCFullYear());
    // Of two that say the same at once, the second waited for the number: only now it can see what the first has opened.
    const meanwhile = said.key && (await openedBefore(trx, actor.id, said.key));
    if (meanwhile) return meanwhile;
    const kase = newCase(actor, clean, { at, number, legal });
    await insertCase(trx, kase);
    await addPeople(trx, kase, [...clean.people, ...from.people], at);
    await addSignals(trx, kase, said.signals);
    for (const issue of from.issues) await insertIssueLink(trx, kase, issue.id, actor.id, at);
    if (actor.kind === 'person') await watch(trx, kase, actor.id, at);
    await sayOpened({ trx, actor, at }, kase, from.issues);
    return kase;
  });
}

async function sayOpened(hand: Parameters<typeof say>[0], kase: Case, issues: readonly Issue[]): Promise<void> {
  const { kind, source, priority, requesterKind: requester, facts } = kase;
  const payload = {
    kind,
    source,
    priority,
    requester,
    legal: facts.legal,
    language: kase.language,
    region: kase.region,
  };
  await say(hand, kase, { name: 'case.opened', payload });
  for (const { id } of issues) await say(hand, kase, { name: 'case.issue_linked', payload: { issueId: id } });
}

export function mustStandIn(actor: Actor, compartment: string): void {
  if (actor.compartments.includes(compartment)) return;
  throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
}

/** What was typed by or about people outside, as it may be kept. */
async function cleaned(tools: Tools, actor: Actor, said: Opening): Promise<Opening & { people: Subject[] }> {
  const named = await pseudonymsOf(tools, actor, said.compartment);
  const clean = (text: string) => cleanWords(text, said);
  const { requester } = said;
  return {
    ...said,
    title: said.title && clean(said.title),
    ask: clean(said.ask),
    requester: requester && {
      ...requester,
      name: requester.kind === 'creator' ? asPseudonym(named)(requester.name) : clean(requester.name),
      ref: requester.ref && clean(requester.ref),
    },
    people: said.people.map(({ person, role }) => ({ person: asPseudonym(named)(person), role })),
  };
}

/** Personal data is replaced, as in signals. */
export const cleanWords = (text: string, { region, language }: Pick<Case, 'region' | 'language'>): string =>
  redact(text, { regions: region ? [region] : [], language }).text;

const PSEUDONYM = /^p\d+_[a-z2-7]{26}$/;
/** What signals show already stays as it is; anything else is an account of another system. */
export const asPseudonym =
  (named: (author: string) => string) =>
  (person: string): string =>
    PSEUDONYM.test(person) ? person : named(person);

interface From {
  readonly people: readonly Subject[];
  readonly issues: readonly Issue[];
}

/** All that it is opened from stands in the compartment of the case: nothing is carried over a wall. */
async function openedFrom(trx: Trx, said: Opening): Promise<From> {
  const signals = await loadSignals(trx, said.signals);
  if (signals.length < new Set(said.signals).size) {
    throw new Refusal(
      'signal.not_found',
      'Some of these signals are not there, or you cannot see them. No case was opened.',
    );
  }
  const issues: Issue[] = [];
  for (const ref of new Set(said.issues)) issues.push(await loadIssue(trx, ref));
  const alert = said.alert === null ? undefined : (await loadAlerts(trx, [said.alert])).get(said.alert);
  if (said.alert !== null && !alert) {
    throw new Refusal('issue.not_found', 'There is no such alert, or you cannot see it. No case was opened.');
  }
  const walls = [...(await compartmentsOfSignals(trx, said.signals)), ...issues.map((one) => one.compartment)];
  if ([...walls, ...(alert ? [alert.compartment] : [])].some((one) => one !== said.compartment)) {
    throw new Refusal(
      'case.other_compartment',
      'Some of what the case is opened from stands in another compartment. Choose that one, or leave it out.',
    );
  }
  const people = [...new Set(signals.flatMap(({ author }) => author ?? []))];
  return { people: people.map((person) => ({ person, role: 'affected' })), issues };
}

export async function mustBeTeam(db: Db, team: string): Promise<void> {
  if ((await teamNames(db, [team])).has(team)) return;
  throw new Refusal('team.not_found', 'There is no such team. Choose one of those in the list.');
}

/** The line of law that is in effect now; it is kept with the case, whatever is changed later. */
export const legalOf = async (db: Db, { legal }: CaseFacts, at: Date): Promise<LegalLine | null> =>
  legal === null ? null : legalLine(db, legal, at.toISOString().slice(0, 10));

function sourceOf({ alert, issues, signals, source }: Opening): CaseSource {
  if (alert !== null) return 'alert';
  if (issues.length > 0) return 'issue';
  return signals.length > 0 ? 'signals' : source;
}

interface Given {
  readonly at: Date;
  readonly number: number;
  readonly legal: LegalLine | null;
}

function newCase(actor: Actor, said: Opening, { at, number, legal }: Given): Case {
  const { priority, reasons } = proposePriority(said.facts, legal);
  return {
    ...{ id: randomUUID(), compartment: said.compartment, year: at.getUTCFullYear(), number, version: 1 },
    ...{ kind: said.kind, state: 'new', waitingFor: null, title: said.title, ask: said.ask, facts: said.facts },
    ...{ priority, proposed: priority, reasons, overrideReason: null, overrideBy: null },
    legalClockId: legal?.id ?? null,
    language: said.language,
    region: said.region,
    requesterKind: said.requester?.kind ?? null,
    requesterName: said.requester?.name ?? null,
    requesterRef: said.requester?.ref ?? null,
    source: sourceOf(said),
    ...{ ownerId: null, teamId: said.team, ...NO_END },
    ...{ openedBy: actor.id, openedKey: said.key ?? null, alertId: said.alert, openedAt: at, acknowledgedAt: null },
    ...{ stateAt: at, changedAt: at, changedBy: actor.id },
  };
}

const NO_END = {
  outcome: null,
  toldBy: null,
  untold: null,
  searched: null,
  exitReason: null,
  note: null,
  mergedInto: null,
} as const;

/** A case made of another: nothing that was said is taken along. */
export const partOf = (kase: Case, actor: Actor, { at, number }: Pick<Given, 'at' | 'number'>): Case => ({
  ...kase,
  ...NO_END,
  ...{ id: randomUUID(), year: at.getUTCFullYear(), number, version: 1, state: 'new', waitingFor: null },
  ...{ title: null, ask: '', source: 'split', ownerId: null, openedBy: actor.id, openedKey: null, alertId: null },
  ...{ openedAt: at, acknowledgedAt: null, stateAt: at, changedAt: at, changedBy: actor.id },
});
