/** Reading what an issue does to people, and saying what only people know of it. */
import { LEAST_PAST } from '@groundswell/analytics';
import {
  type HarmCode,
  type IssueImpact,
  proposeSeverity,
  Refusal,
  type Severity,
  type SeverityRules,
} from '@groundswell/contract';
import { type Actor, mustHave, namesOf } from '../access/index.ts';
import { activeOn } from '../background/index.ts';
import { type Happening, record } from '../events.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import {
  countPeople,
  countTwoDays,
  type KeptRules,
  loadRules,
  loadSaid,
  pastCohorts,
  saveRules,
  saveSaid,
} from './impact.store.ts';
import { contactOf, growthOf, largest, type SaidImpact, silentOf, withWriters } from './impact.ts';
import { standsOf } from './issue.stand.ts';
import { loadIssue } from './issue.store.ts';
import type { Issue } from './issue.ts';
import { say } from './triage.actions.ts';

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

export async function readImpact({ db, clock }: Tools, actor: Actor, ref: string): Promise<IssueImpact> {
  mustHave(actor, 'issue.read');
  return db.as(actor, async (reader) => impactOf(reader, actor, await loadIssue(reader, ref), clock.now()));
}

async function impactOf(db: Db, actor: Actor, issue: Issue, now: Date): Promise<IssueImpact> {
  const people = await countPeople(db, issue.topicId, issue.signals);
  const [stand] = await standsOf(db, [issue], now);
  const { until, trend } = stand!;
  const days = { compartment: issue.compartment, from: dayOf(issue.onsetAt), to: dayOf(until) };
  const contact = contactOf(people.all, await activeOn(db, days));
  const growth = growthOf(await countTwoDays(db, issue.topicId, until));
  const said = await loadSaid(db, issue.id);
  const past = await pastCohorts(db, issue.id, dayOf(now));
  const { rules } = await loadRules(db);
  const counted = people.all > 0 ? people.all : null;
  const names = await namesOf(
    db,
    [said.severity?.by, said.cohort?.by].flatMap((id) => id ?? []),
  );
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    version: said.version,
    people: counted,
    error: people.error,
    nameless: people.nameless,
    tiers: [...people.tiers],
    countries: largest(people.countries),
    contact,
    growth,
    silent: silentOf(past, people.tiers),
    past: { known: past.length, needed: LEAST_PAST },
    harm: said.harm,
    cohort: said.cohort && {
      ...said.cohort,
      segments: [...said.cohort.segments],
      by: nameOf(said.cohort.by),
      at: said.cohort.at.toISOString(),
    },
    proposed: proposeSeverity(
      { people: counted, per1000: contact?.per1000 ?? null, growth, over: trend === 'over', harm: said.harm },
      rules,
    ),
    said: said.severity && { ...said.severity, by: nameOf(said.severity.by), at: said.severity.at.toISOString() },
    can: actor.can.has('issue.decide') ? ['decide'] : [],
  };
}

type Change = (
  said: SaidImpact,
  issue: Issue,
  db: Db,
) => Promise<Omit<SaidImpact, 'version'>> | Omit<SaidImpact, 'version'>;

async function change(
  { db, clock }: Tools,
  actor: Actor,
  { ref, version }: { ref: string; version: number },
  decide: Change,
  happening: Happening,
): Promise<IssueImpact> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const issue = await loadIssue(trx, ref);
    const before = await loadSaid(trx, issue.id);
    await saveSaid(trx, issue, { ...(await decide(before, issue, trx)), version }, version);
    await say({ trx, actor, at }, issue, happening);
    return impactOf(trx, actor, issue, at);
  });
}

interface Seen {
  readonly ref: string;
  readonly version: number;
}

export async function saySeverity(
  tools: Tools,
  actor: Actor,
  seen: Seen,
  said: { severity: Severity; reason: string } | null,
): Promise<IssueImpact> {
  const reason = said?.reason.trim() ?? '';
  if (said && reason === '') {
    throw new Refusal('issue.reason_missing', 'Say why it is graver or less grave than proposed. Nothing was changed.');
  }
  const by = { by: actor.id, at: tools.clock.now() };
  const next = said && { severity: said.severity, reason, ...by };
  return change(tools, actor, seen, (before) => ({ ...before, severity: next }), {
    name: 'issue.severity_said',
    payload: { severity: said?.severity ?? null },
  });
}

export async function sayHarm(tools: Tools, actor: Actor, seen: Seen, harm: HarmCode | null): Promise<IssueImpact> {
  return change(tools, actor, seen, (before) => ({ ...before, harm }), { name: 'issue.harm_said', payload: { harm } });
}

export interface SaidCohort {
  readonly segments: readonly { readonly segment: string; readonly people: number }[];
  readonly endedOn: string;
  readonly source: string;
}

export async function sayCohort(
  tools: Tools,
  actor: Actor,
  seen: Seen,
  cohort: SaidCohort | null,
): Promise<IssueImpact> {
  const at = tools.clock.now();
  if (cohort && cohort.endedOn > dayOf(at)) {
    throw new Refusal(
      'impact.cohort_impossible',
      'It cannot have ended on a day that is still to come. Nothing was changed.',
    );
  }
  const decide: Change = async (before, issue, db) => {
    if (!cohort) return { ...before, cohort: null };
    const { tiers } = await countPeople(db, issue.topicId, issue.signals);
    const { endedOn, source } = cohort;
    return { ...before, cohort: { segments: withWriters(cohort.segments, tiers), endedOn, source, by: actor.id, at } };
  };
  const people = cohort?.segments.reduce((sum, segment) => sum + segment.people, 0) ?? null;
  return change(tools, actor, seen, decide, { name: 'issue.cohort_said', payload: { people } });
}

export async function changeRules(
  { db, clock }: Tools,
  actor: Actor,
  { rules, version }: { rules: SeverityRules; version: number },
): Promise<KeptRules> {
  mustHave(actor, 'engine.configure');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kept = await saveRules(trx, rules, version);
    const subject = { kind: 'severity_rules', id: 'house' } as const;
    await record(trx, actor, {
      name: 'severity_rules.changed',
      at,
      compartment: 'open',
      subject,
      payload: { ...kept },
    });
    return kept;
  });
}
