/** Everything about one issue, on one page. */
import type { HistoryLine, IssueDetail } from '@groundswell/contract';
import { type Actor, namesOf } from '../access/index.ts';
import { eventsOf, type RecordedEvent } from '../events.ts';
import type { Db } from '../platform/db.ts';
import { loadSignals } from '../signals/index.ts';
import {
  type Alert,
  countTopics,
  loadAlerts,
  loadTopics,
  newestOf,
  readSeries,
  readWhere,
  type Streams,
  seriesWindow,
  showAlerts,
  sourcesOf,
  spread,
} from '../topics/index.ts';
import type { Issue } from './issue.ts';
import { asSpark, viewIssues } from './issue.view.ts';
import { tagsOf } from './tags.ts';

const TYPICAL = 5;
const NEWEST = 5;

interface Around {
  /** False alerts a week. */
  readonly budget: number;
  readonly now: Date;
  readonly streams: Streams;
}

export async function detailOf(
  db: Db,
  actor: Actor,
  kept: Issue,
  { budget, now, streams }: Around,
): Promise<IssueDetail> {
  const { topicId, alertId } = kept;
  const count = (await countTopics(db, [topicId])).get(topicId);
  const issue = count ? { ...kept, ...count } : kept; // this one is counted anew; lists may be a minute older
  const [row] = await viewIssues(db, actor, [issue], now);
  const topic = (await loadTopics(db, [topicId])).get(topicId)!;
  const alert = { ...(await loadAlerts(db, [alertId])).get(alertId)!, topicId }; // it may be of one that was merged into it
  const shown = (await showAlerts(db, [alert], now)).get(alertId)!;
  const window = seriesWindow(shown);
  const [points] = await readSeries(db, [window]);
  return {
    ...row!,
    topicId,
    phrases: [...topic.phrases],
    budget: { falseAlertsPerWeek: budget, logEvidence: alert.logEvidence, threshold: alert.threshold },
    note: issue.note,
    dismissReason: issue.dismissReason,
    series: { bucketMs: window.bucketMs, points: points!.map(asSpark) },
    where: await readWhere(db, shown, streams),
    ...(await quotesOf(db, topic.medoid, alert)),
    sources: await sourcesOf(db, topicId),
    history: await historyOf(db, issue),
  };
}

/** The one to quote, some that show the range of what was said during the surge, and the latest. */
async function quotesOf(db: Db, medoid: string, alert: Alert) {
  const typical = spread(
    alert.samples.filter((id) => id !== medoid),
    TYPICAL,
  );
  const newest = await newestOf(db, alert.topicId, NEWEST);
  const ids = [...new Set([medoid, ...typical, ...newest])];
  const tags = await tagsOf(db, ids);
  const found = await loadSignals(db, ids);
  const views = new Map(found.map((signal) => [signal.id, { ...signal, topic: tags.get(signal.id) ?? null }]));
  const pick = (ids: readonly string[]) => ids.flatMap((id) => views.get(id) ?? []);
  return { medoid: views.get(medoid) ?? null, typical: pick(typical), newest: pick(newest) };
}

const LINES = 200;

/** What happened to the issue and how its surge grew, oldest first. */
export async function historyOf(db: Db, issue: Issue, limit = LINES): Promise<HistoryLine[]> {
  const moves = await eventsOf(db, { kind: 'issue', id: issue.id }, limit);
  const surge = await eventsOf(db, { kind: 'alert', id: issue.alertId }, limit);
  const grew = surge.filter(({ name }) => name === 'alert.grew');
  const events = [...moves, ...grew].sort((a, b) => a.at.getTime() - b.at.getTime());
  return linesOf(db, events);
}

/** With the names of the people who did it; null where the engine did. */
export async function linesOf(db: Db, events: readonly RecordedEvent[]): Promise<HistoryLine[]> {
  const names = await namesOf(
    db,
    events.map(({ actor }) => actor),
  );
  return events.map(({ id, at, name, actor, payload }) => {
    return { id, at: at.toISOString(), name, actor: names.get(actor) ?? null, payload: { ...payload } };
  });
}
