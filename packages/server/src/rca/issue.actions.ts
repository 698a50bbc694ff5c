/** Where an issue is: worked out when its surge is raised or grows, kept, and read by whoever opens it. */
import { type IssueExplanation, Refusal, type SignalExplanation } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { issuesById } from '../issues/index.ts';
import type { Tools } from '../platform/tools.ts';
import { type Alert, idOf, loadAlerts, loadTopics, rootOf, showAlerts } from '../topics/index.ts';
import { type Asked, explainSelection, type Room } from './explain.actions.ts';
import { type Kept, keep, loadKept } from './kept.store.ts';

const DAY_MS = 86_400_000;
/** How far back its own past is read. */
const PAST_DAYS = 28;
/** With fewer signals of its own past, the other signals of its time are the measure. */
const LEAST_PAST = 30;

/** For the reaction to an event of an alert, by an actor of its compartment alone. */
export async function explainAlert(tools: Tools, actor: Actor, alertId: string, room: Room): Promise<void> {
  const found = await tools.db.as(actor, async (db) => {
    const alert = (await loadAlerts(db, [alertId])).get(alertId);
    if (!alert) return null;
    const topicId = await rootOf(db, alert.topicId);
    const issueId = idOf('issue', topicId);
    return (await issuesById(db, [issueId])).has(issueId) ? { issueId, alert: { ...alert, topicId } } : null;
  });
  if (!found) return; // its issue is still to be made, and tells it again
  const kept = await explainNow(tools, actor, found, room);
  await tools.db.change(actor, (trx) => keep(trx, kept));
}

async function explainNow(
  tools: Tools,
  actor: Actor,
  { issueId, alert }: { issueId: string; alert: Alert },
  room: Room,
): Promise<Kept> {
  const computedAt = tools.clock.now();
  const end = await tools.db.as(actor, async (db) => {
    const shown = (await showAlerts(db, [alert], computedAt)).get(alert.id)!;
    return alert.historical ? alert.updatedAt : shown.engineAt;
  });
  const explanation = await explainSurge(tools, actor, alert, end, room);
  return { issueId, compartment: alert.compartment, alertId: alert.id, computedAt, explanation };
}

/** Against its own past where it has one, else against what else was said in its time; null where neither can be. */
async function explainSurge(
  tools: Tools,
  actor: Actor,
  { topicId, onsetAt }: Alert,
  end: Date,
  room: Room,
): Promise<SignalExplanation | null> {
  const to = new Date(Math.max(end.getTime(), onsetAt.getTime()) + 1000).toISOString();
  const selection = { topic: topicId, from: onsetAt.toISOString(), to };
  const past = {
    against: 'range' as const,
    againstFrom: new Date(onsetAt.getTime() - PAST_DAYS * DAY_MS).toISOString(),
    againstTo: onsetAt.toISOString(),
  };
  const own = await answered(tools, actor, { ...selection, ...past }, room);
  if (own && own.baseline.looked >= LEAST_PAST) return own;
  return answered(tools, actor, { ...selection, against: 'others' }, room);
}

/** Null where there is nothing to compare. */
async function answered(tools: Tools, actor: Actor, asked: Asked, room: Room): Promise<SignalExplanation | null> {
  try {
    return await explainSelection(tools, actor, asked, room);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'request.invalid') return null;
    throw error;
  }
}

/** What was kept; for an issue from before explanations were kept it is worked out now, as this reader may see it. */
export async function readExplanation(tools: Tools, actor: Actor, id: string, room: Room): Promise<IssueExplanation> {
  const { issue, kept, alert, changedAt } = await tools.db.as(actor, async (db) => {
    const issue = (await issuesById(db, [id])).get(id);
    if (!issue) throw new Refusal('issue.not_found', `There is no issue ${id}.`);
    const alert = (await loadAlerts(db, [issue.alertId])).get(issue.alertId)!;
    const { changedAt } = (await loadTopics(db, [issue.topicId])).get(issue.topicId)!;
    return { issue, kept: await loadKept(db, id), alert: { ...alert, topicId: issue.topicId }, changedAt };
  });
  const known = kept ?? (await explainNow(tools, actor, { issueId: issue.id, alert }, room));
  return {
    computedAt: known.computedAt.toISOString(),
    old: changedAt > known.computedAt,
    explanation: known.explanation,
  };
}
