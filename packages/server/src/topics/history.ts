/** How far the history runs of imports are, for the import screen. */
import type { HistoryRun } from '@groundswell/contract';
import type { z } from 'zod';
import type { Db } from '../platform/db.ts';
import { countFound } from './count.store.ts';
import { historyRuns } from './run.store.ts';

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
  return progress;
}
