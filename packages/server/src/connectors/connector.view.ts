/** A connector as people see it: how it is doing, and nothing of its secrets. Pure. */
import { type ConnectorView, isWebhook } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { type Connector, lagOf, openMoves, stateOf } from './connector.ts';

export const mayManage = (actor: Actor): boolean => actor.can.has('source.manage');
const said = (at: Date | null): string | null => at?.toISOString() ?? null;

export function viewConnector(one: Connector, actor: Actor, now: Date): ConnectorView {
  const { id, sourceId, sourceName, kind, everyMinutes, added, refused, lastRefused } = one;
  const isOver = one.pausedAt !== null || one.removedAt !== null;
  const nextTurnAt = isOver ? null : said(one.dueAt);
  return {
    ...{ id, sourceId, sourceName, kind, everyMinutes, added, refused, lastRefused, nextTurnAt },
    state: stateOf(one),
    settings: { ...one.settings } as ConnectorView['settings'],
    secrets: [...one.secretNames],
    webhookPath: isWebhook(kind) ? `/api/webhooks/${id}` : null,
    lastTurnAt: said(one.lastTurnAt),
    lastRowAt: said(one.lastRowAt),
    lastEventAt: said(one.lastEventAt),
    lagMs: lagOf(one, now),
    problem:
      one.problem === null
        ? null
        : { at: one.problemAt!.toISOString(), words: one.problem, tries: one.tries, retryAt: nextTurnAt },
    backfill: one.backfillFrom && {
      from: one.backfillFrom.toISOString(),
      reached: said(one.backfillReached),
      finishedAt: said(one.backfillFinishedAt),
    },
    can: mayManage(actor) ? openMoves(one) : [],
  };
}
