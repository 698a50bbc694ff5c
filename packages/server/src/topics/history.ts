/** How far the history runs of imports are, for the import screen. */
import type { HistoryRun } from '@groundswell/contract';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import { countFound } from './count.store.ts';
import { finishedImports } from './intake.store.ts';
import { historyRuns } from './run.store.ts';
import { isHistory } from './stream.ts';

export type HistoryProgress = z.infer<typeof HistoryRun>;

/** By import; one without a history run is not in it. The parts of a resumed import are told as one. */
export async function historyOf(db: Db, importIds: readonly string[]): Promise<Map<string, HistoryProgress>> {
  const runs = await historyRuns(db, importIds);
  const found = await countFound(
    db,
    runs.map(({ id }) => id),
  );
  const progress = new Map<string, HistoryProgress>();
  for (const [importId, parts] of Map.groupBy(runs, (run) => run.importId!)) {
    const sum = (pick: (run: (typeof parts)[number]) => number) => parts.reduce((all, run) => all + pick(run), 0);
    const states = ['failed', 'running', 'waiting', 'done'] as const;
    progress.set(importId, {
      state: states.find((state) => parts.some((run) => run.state === state))!,
      read: sum((run) => run.applied),
      total: sum((run) => run.total),
      alerts: sum((run) => found.get(run.id)?.alerts ?? 0),
      issues: sum((run) => found.get(run.id)?.issues ?? 0),
    });
  }
  // Between the end of an import and the engine's next look at it there is no run yet, and still it will be history.
  for (const one of await finishedImports(db, importIds)) {
    if (progress.has(one.id) || one.newRows === 0 || !isHistory(one)) continue;
    progress.set(one.id, { state: 'waiting', read: 0, total: one.newRows, alerts: 0, issues: 0 });
  }
  return progress;
}
