/** What would become of rows, without taking any: the same judgement, the same question to what is known, nothing kept. */
import type { RefusedRow } from '@groundswell/contract';
import { type Actor, mustBeOwnSource, mustHave, SYSTEM } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import type { Found } from '../privacy/index.ts';
import { addFound } from './guard.ts';
import { judgeRows } from './intake.actions.ts';
import { type IncomingRow, type JudgedRow, ROWS_PER_TRANSACTION } from './intake.ts';
import { arrange, type Outcome } from './revisions.ts';
import { loadKnown } from './signal.store.ts';
import type { Draft } from './signal.ts';
import { loadSource } from './source.store.ts';

export interface Tried {
  readonly added: number;
  readonly revised: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
  /** Rows that would be taken, as they would be kept. */
  readonly kept: readonly { readonly row: number; readonly draft: Draft }[];
  readonly redacted: Found;
}

/** For whoever may import: judged as the import itself would. At most as many rows as one transaction takes. */
export async function trySignals(
  tools: Tools,
  actor: Actor,
  sourceId: string,
  batches: AsyncIterable<readonly IncomingRow[]>,
): Promise<Tried> {
  mustHave(actor, 'import.run');
  mustBeOwnSource(actor, sourceId);
  const { compartment } = await tools.db.as(actor, (db) => loadSource(db, sourceId));
  const intake = SYSTEM.intake(compartment);
  const judged: JudgedRow[] = [];
  for await (const rows of batches) {
    judged.push(...(await judgeRows(tools, intake, sourceId, rows)).rows);
    if (judged.length > ROWS_PER_TRANSACTION) throw new RangeError(`more than ${ROWS_PER_TRANSACTION} rows were tried`);
  }
  const kept = judged.flatMap(({ row, draft }) => (draft ? [{ row, draft }] : []));
  const drafts = kept.map(({ draft }) => draft);
  const items = [...new Set(drafts.map(({ itemId }) => itemId))];
  const known = items.length > 0 ? await tools.db.as(intake, (db) => loadKnown(db, items)) : [];
  const { outcomes, arrivals } = arrange(drafts, known);
  const count = (what: Outcome) => outcomes.filter((outcome) => outcome === what).length;
  return {
    added: count('added'),
    revised: count('revised'),
    unchanged: count('unchanged'),
    refused: judged.flatMap(({ refusal }) => refusal ?? []),
    kept,
    redacted: addFound(arrivals.map(({ found }) => found)),
  };
}
