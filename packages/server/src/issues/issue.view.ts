/** Issues as lists show them: a page costs five queries, however long it is. */
import type { IssueRow, SparkPoint } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import {
  type Alert,
  loadAlerts,
  type Point,
  readSeries,
  showAlerts,
  sparkWindow,
  trendOfShown,
} from '../topics/index.ts';
import { keyOf } from './issue.key.ts';
import { type Issue, openMoves } from './issue.ts';

export async function viewIssues(db: Db, actor: Actor, issues: readonly Issue[], now: Date): Promise<IssueRow[]> {
  const alerts = await loadAlerts(
    db,
    issues.map(({ alertId }) => alertId),
  );
  const shown = await showAlerts(db, [...alerts.values()], now);
  const frames = issues.map(({ alertId }) => shown.get(alertId)!);
  const windows = frames.map(sparkWindow);
  const series = await readSeries(db, windows);
  return issues.map((issue, i) => {
    const trend = trendOfShown(frames[i]!, windows[i]!, series[i]!);
    return { ...viewOf(issue, actor), surge: surgeOf(issue, frames[i]!.alert, trend), spark: series[i]!.map(asSpark) };
  });
}

const viewOf = (issue: Issue, actor: Actor): Omit<IssueRow, 'surge' | 'spark'> => ({
  id: issue.id,
  key: keyOf(issue),
  version: issue.version,
  compartment: issue.compartment,
  title: titleOf(issue),
  renamed: issue.title !== null,
  state: issue.state,
  historical: issue.historical,
  signals: issue.signals,
  people: issue.people,
  changedAt: issue.changedAt.toISOString(),
  can: actor.can.has('issue.decide') ? [...openMoves(issue.state), 'rename'] : [],
});

export const titleOf = (issue: Pick<Issue, 'title' | 'label'>): string => issue.title ?? issue.label;

const surgeOf = (issue: Issue, alert: Alert, trend: IssueRow['surge']['trend']): IssueRow['surge'] => ({
  pattern: alert.pattern,
  onsetAt: alert.onsetAt.toISOString(),
  noticedAt: alert.at.toISOString(),
  observed: issue.observed,
  expected: issue.expected,
  low: alert.low,
  high: alert.high,
  ratio: issue.ratio,
  trend,
  slice: alert.slice && { ...alert.slice },
});

export const asSpark = ({ at, count, low, mean, high }: Point): SparkPoint => ({
  at: at.toISOString(),
  count,
  low,
  mean,
  high,
});
