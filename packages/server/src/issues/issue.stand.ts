/** Where issues stand in time: their surges against what was expected, and whether they go on. As many queries for one as for many. */
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
import type { Issue } from './issue.ts';

export interface Stand {
  readonly issue: Issue;
  readonly alert: Alert;
  readonly points: readonly Point[];
  readonly trend: ReturnType<typeof trendOfShown>;
  /** Up to when it is known. */
  readonly until: Date;
}

/** In the order of the issues. */
export async function standsOf(db: Db, issues: readonly Issue[], now: Date): Promise<Stand[]> {
  const alerts = await loadAlerts(
    db,
    issues.map(({ alertId }) => alertId),
  );
  const shown = await showAlerts(db, [...alerts.values()], now);
  const frames = issues.map(({ alertId, topicId }) => {
    const frame = shown.get(alertId)!;
    return { ...frame, alert: { ...frame.alert, topicId } }; // it may be of a topic that was merged into the issue's own
  });
  const windows = frames.map(sparkWindow);
  const series = await readSeries(db, windows);
  return issues.map((issue, i) => {
    const { alert, engineAt } = frames[i]!;
    const points = series[i]!;
    const until = alert.historical ? alert.updatedAt : engineAt;
    return { issue, alert, points, trend: trendOfShown(frames[i]!, windows[i]!, points), until };
  });
}
