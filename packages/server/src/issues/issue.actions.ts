/** What happens to issues: alerts make them and bring them back, people decide about them. */
import type { IssueMove } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { eventsOf, record } from '../events.ts';
import type { Asker, Db, Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type Alert, appendCommand, countTopics, idOf, loadAlerts, loadTopics, rootOf } from '../topics/index.ts';
import {
  type Counts,
  holdIssueOf,
  insertIssue,
  listCounted,
  loadIssue,
  lockNumbers,
  saveCounts,
  saveIssue,
} from './issue.store.ts';
import { applyMove, type Issue, nextState, ratioOf } from './issue.ts';

/** A surge was raised: its topic gets an issue, or the issue that it has hears of it. Said twice, it is heard once. */
export async function hearSurge({ db, clock }: Tools, actor: Asker, alertId: string): Promise<void> {
  const now = clock.now();
  await db.change(actor, async (trx) => {
    const alert = (await loadAlerts(trx, [alertId])).get(alertId)!;
    // Taken first: of two surges of one topic, the second waits here and then finds the issue of the first.
    const numbers = await lockNumbers(trx, alert.compartment);
    const topicId = await rootOf(trx, alert.topicId);
    const before = await holdIssueOf(trx, topicId);
    if (!before) return openIssue(trx, actor, { ...alert, topicId }, await numbers.take(), now);
    if (alert.id === before.alertId || alert.at <= before.noticedAt) return recount(trx, before, now);
    return surgeAgain(trx, actor, before, alert, now);
  });
}

async function openIssue(trx: Trx, actor: Asker, alert: Alert, number: number, now: Date): Promise<void> {
  const { compartment, topicId } = alert;
  const issue: Issue = {
    id: idOf('issue', topicId),
    compartment,
    number,
    version: 1,
    topicId,
    state: 'suspected',
    title: null,
    dismissReason: null,
    note: null,
    ownerId: null,
    duplicateOf: null,
    ...shownOf(alert),
    ...(await counted(trx, alert, topicId, now)),
    createdAt: now,
    changedAt: now,
  };
  await insertIssue(trx, issue);
  const payload = { issueId: issue.id, alertId: alert.id };
  await record(trx, actor, {
    name: 'issue.suspected',
    at: now,
    compartment,
    subject: { kind: 'issue', id: issue.id },
    payload,
  });
}

export const shownOf = (alert: Alert) => ({
  alertId: alert.id,
  historical: alert.historical,
  onsetAt: alert.onsetAt,
  noticedAt: alert.at,
});

/**
 * A further surge of a topic that has an issue. What was dismissed, a duplicate or verified comes back by itself; what is
 * being worked on, or is an accepted risk, shows the new numbers and stays where it is.
 */
async function surgeAgain(trx: Trx, actor: Asker, before: Issue, alert: Alert, now: Date): Promise<void> {
  const move = { type: 'surge_again' } as const;
  const moves = nextState(before.state, move) !== undefined;
  const after = moves ? applyMove(before, move, 'data', now) : before;
  await saveIssue(
    trx,
    { ...after, ...shownOf(alert), ...(await counted(trx, alert, before.topicId, now)), changedAt: now },
    before.version,
  );
  if (moves) await recordMove(trx, actor, before, after, now);
}

export async function recordMove(
  trx: Trx,
  actor: Asker,
  before: Issue,
  after: Issue,
  at: Date,
  said: { undone?: true } = {},
): Promise<void> {
  const reason = after.state === 'dismissed' && after.dismissReason ? { reason: after.dismissReason } : {};
  await record(trx, actor, {
    name: 'issue.moved',
    at,
    compartment: after.compartment,
    subject: { kind: 'issue', id: after.id },
    payload: { from: before.state, to: after.state, ...reason, ...said },
  });
}

/** The alert may be of a topic that was merged into the issue's own. */
export async function counted(
  db: Db,
  alert: Alert,
  topicId: string,
  now: Date,
): Promise<Counts & Pick<Issue, 'label'>> {
  const topic = (await loadTopics(db, [topicId])).get(topicId)!;
  const { signals, people } = (await countTopics(db, [topicId])).get(topicId) ?? {
    signals: 0,
    people: null,
  };
  const { observed, expected } = alert;
  return {
    label: topic.label,
    observed,
    expected,
    ratio: ratioOf(observed, expected),
    signals,
    people,
    countedAt: now,
  };
}

type Countable = Pick<Issue, 'id' | 'alertId' | 'topicId'>;

async function recount(trx: Trx, issue: Countable, now: Date): Promise<void> {
  const alert = (await loadAlerts(trx, [issue.alertId])).get(issue.alertId)!;
  await saveCounts(trx, issue.id, await counted(trx, alert, issue.topicId, now));
}

/** A surge grew: its issue shows the new numbers. Where it stands is for people to decide. */
export async function hearGrowth({ db, clock }: Tools, actor: Asker, alertId: string): Promise<void> {
  await db.change(actor, async (trx) => {
    const alert = (await loadAlerts(trx, [alertId])).get(alertId)!;
    const issue = await holdIssueOf(trx, await rootOf(trx, alert.topicId));
    if (issue) await recount(trx, issue, clock.now());
  });
}

/** Issues whose topics changed since they were counted, each counted in a transaction of its own. */
export async function recountChanged({ db, clock }: Tools, actor: Asker): Promise<number> {
  const stale = await db.as(actor, async (reader) => {
    const issues = await listCounted(reader);
    const topics = await loadTopics(
      reader,
      issues.map(({ topicId }) => topicId),
    );
    return issues.filter(({ topicId, countedAt }) => topics.get(topicId)!.changedAt >= countedAt);
  });
  for (const issue of stale) await db.change(actor, (trx) => recount(trx, issue, clock.now()));
  return stale.length;
}

export interface Decision {
  readonly version: number;
  readonly move: IssueMove;
}

export async function moveIssue(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  { version, move }: Decision,
): Promise<Issue> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const before = await loadIssue(trx, ref);
    const after = await saveIssue(trx, applyMove(before, move, 'person', at), version);
    await recordMove(trx, actor, before, after, at);
    if (move.type === 'dismiss') {
      await appendCommand(trx, after.compartment, { kind: 'dismiss', topicId: after.topicId }, at);
    }
    return after;
  });
}

export async function renameIssue(
  { db, clock }: Tools,
  actor: Actor,
  ref: string,
  { version, title }: { version: number; title: string },
): Promise<Issue> {
  mustHave(actor, 'issue.decide');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const before = await loadIssue(trx, ref);
    const after = await saveIssue(trx, { ...before, title, changedAt: at }, version);
    await record(trx, actor, {
      name: 'issue.renamed',
      at,
      compartment: after.compartment,
      subject: { kind: 'issue', id: after.id },
      payload: { version: after.version },
    });
    return after;
  });
}

/**
 * In an invented world it counts when somebody first looked at an issue: a shift is gone through afterwards. In the house
 * nobody's looks are written down, but for restricted ones.
 */
export async function noteLook({ db, clock }: Tools, actor: Actor, { id, compartment }: Issue): Promise<void> {
  if (actor.world === undefined) return;
  await db.change(actor, async (trx) => {
    const before = await eventsOf(trx, { kind: 'look', id }, 1);
    if (before.length > 0) return;
    const subject = { kind: 'look', id } as const;
    await record(trx, actor, {
      name: 'issue.looked_at',
      at: clock.now(),
      compartment,
      subject,
      payload: { issueId: id },
    });
  });
}
