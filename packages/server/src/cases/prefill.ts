/** What is known of a selection of signals, an issue or an alert, before a case is opened from it. Reads only. */
import { CaseFacts, type prefillCase as endpoint, Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import { type Actor, mustHave } from '../access/index.ts';
import { type Issue, issuesOfTopics, keyOf, loadIssue, titleOf } from '../issues/index.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { loadSignals } from '../signals/index.ts';
import { type Alert, loadAlerts, newestOf, rootOf } from '../topics/index.ts';
import { compartmentsOfSignals, lookingAt } from './around.store.ts';
import { referenceOf } from './case.key.ts';
import { casesById } from './case.store.ts';
import { nameOf, proposePriority } from './priority.ts';

type Ask = z.output<typeof endpoint.body>;
type Known = z.output<typeof endpoint.reply>;
type Signals = Awaited<ReturnType<typeof loadSignals>>;

export async function prefillCase({ db }: Tools, actor: Actor, ask: Ask): Promise<Known> {
  mustHave(actor, 'case.work');
  return db.as(actor, async (reader) => {
    const { issue, alert, ids } = await lookedAt(reader, ask);
    const signals = await loadSignals(reader, ids);
    const walls = new Set([...(await compartmentsOfSignals(reader, ids)), ...(issue ? [issue.compartment] : [])]);
    if (walls.size > 1) {
      throw new Refusal(
        'case.other_compartment',
        'These stand in different compartments. A case belongs to one: choose signals of one compartment.',
      );
    }
    const about = factsOf(signals, issue, alert);
    const { priority, reasons } = proposePriority(about.facts, null);
    return {
      kind: 'investigation',
      compartment: [...walls][0] ?? 'open',
      ...about,
      priority: { priority: nameOf(priority), reasons: [...reasons] },
      signals: signals.map(({ id }) => id),
      issues: issue ? [{ id: issue.id, key: keyOf(issue), title: titleOf(issue) }] : [],
      already: await alreadyLookingAt(reader, ids, issue),
    };
  });
}

const SAMPLED = 100;

/** Of an alert its samples; of an issue those of its surge, and the newest. */
async function lookedAt(db: Db, ask: Ask): Promise<{ issue: Issue | null; alert: Alert | null; ids: string[] }> {
  const named = ask.issue === null ? null : await loadIssue(db, ask.issue);
  const alertId = ask.alert ?? named?.alertId ?? null;
  const alert = alertId === null ? null : ((await loadAlerts(db, [alertId])).get(alertId) ?? null);
  if (ask.alert !== null && !alert) {
    throw new Refusal('issue.not_found', 'There is no such alert, or you cannot see it.');
  }
  const topicId = named?.topicId ?? (alert && (await rootOf(db, alert.topicId)));
  const issue = named ?? (topicId ? ((await issuesOfTopics(db, [topicId])).get(topicId) ?? null) : null);
  const newest = named ? await newestOf(db, named.topicId, SAMPLED) : [];
  return { issue, alert, ids: [...new Set([...ask.signals, ...(alert?.samples ?? []), ...newest])] };
}

function factsOf(signals: Signals, issue: Issue | null, alert: Alert | null) {
  const of = signals.length;
  const language = mostOf(signals.map((one) => one.language));
  const region = mostOf(signals.map(({ dimensions }) => countryIn(dimensions)));
  const authors = Map.groupBy(
    signals.flatMap(({ author }) => author ?? []),
    (author) => author,
  );
  const people = [...authors]
    .map(([person, said]) => ({ person, signals: said.length }))
    .sort((a, b) => b.signals - a.signals);
  const affected = issue?.people ?? (people.length > 0 ? people.length : null);
  const growing = alert?.pattern === 'growing';
  const known: Known['known'] = [
    ...(language ? [{ field: 'language' as const, from: language.count, of }] : []),
    ...(region ? [{ field: 'region' as const, from: region.count, of }] : []),
    ...(people.length > 0 ? [{ field: 'people' as const, from: people.length, of }] : []),
    ...(affected !== null ? [{ field: 'usersAffected' as const, from: affected, of: issue?.signals ?? of }] : []),
    ...(growing ? [{ field: 'growing' as const, from: alert.observed, of: Math.round(alert.expected) }] : []),
  ];
  const facts = CaseFacts.parse({ usersAffected: affected, growing });
  return { language: language?.value ?? null, region: region?.value ?? null, people, facts, known };
}

/** Two capital letters name a country; any other word for where something was stays out of the form. */
function countryIn(dimensions: Readonly<Record<string, string>>): string | null {
  const said = dimensions.country?.toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(said) ? said : null;
}

/** What more than half of those that say anything say; one that leads by a nose says nothing. */
function mostOf(said: readonly (string | null)[]): { value: string; count: number } | null {
  const counts = Map.groupBy(
    said.flatMap((one) => one ?? []),
    (one) => one,
  );
  const total = said.filter((one) => one !== null).length;
  const [value, found] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return value !== undefined && found!.length * 2 > total ? { value, count: found!.length } : null;
}

async function alreadyLookingAt(db: Db, signals: readonly string[], issue: Issue | null): Promise<Known['already']> {
  const looking = await lookingAt(db, { signals, issues: issue ? [issue.id] : [] });
  const cases = await casesById(
    db,
    looking.map(({ id }) => id),
  );
  return looking.flatMap(({ id, shared }) => {
    const kase = cases.get(id);
    return kase ? [{ id, reference: referenceOf(kase), state: kase.state, shared }] : [];
  });
}
