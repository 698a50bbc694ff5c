/** What becomes of rows on their way in. Pure. */
import type { IntakeSummary, RefusedRow } from '@groundswell/contract';
import type { Line } from '@groundswell/formats';
import { DRY, type Guard } from './guard.ts';
import type { Outcome } from './revisions.ts';
import { type Draft, readRow } from './signal.ts';

/** A row as it came: its number for the sender, and whatever stood there, or why that could not be read. */
export type IncomingRow =
  | { readonly row: number; readonly value: unknown; readonly fault?: undefined }
  | { readonly row: number; readonly fault: string };

/** Rows in the order in which they came, each with its draft or with the reason why there is none. */
export interface JudgedRow {
  readonly row: number;
  readonly draft: Draft | null;
  readonly refusal: RefusedRow | null;
}

/** Of one transaction; `intake_batches` holds to it too. */
export const ROWS_PER_TRANSACTION = 5_000;

/** Judged rows for one source, at most as many as one transaction takes. */
export interface Delivery {
  readonly sourceId: string;
  readonly receivedAt: Date;
  readonly rows: readonly JudgedRow[];
}

/** Without a guard it is only said whether the row would be taken. */
export function judge(incoming: IncomingRow, sourceId: string, receivedAt: Date, guard: Guard = DRY): JudgedRow {
  const { row } = incoming;
  if (incoming.fault !== undefined) return { row, draft: null, refusal: { row, id: null, reason: incoming.fault } };
  const judged = readRow(incoming.value, sourceId, receivedAt, guard);
  if ('draft' in judged) return { row, draft: judged.draft, refusal: null };
  return { row, draft: null, refusal: { row, id: judged.id, reason: judged.reason } };
}

/** A line of JSON as a row. */
export function rowOfLine({ row, text, fault }: Line): IncomingRow {
  if (fault !== null) return { row, fault };
  try {
    return { row, value: JSON.parse(text) as unknown };
  } catch {
    const cut = text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}');
    return { row, fault: cut ? 'The line is not a whole JSON object: it seems to be cut off.' : NO_JSON };
  }
}
const NO_JSON = 'The line is not valid JSON. Send one JSON object per line, in UTF-8.';

export const draftsOf = (rows: readonly JudgedRow[]): Draft[] => rows.flatMap(({ draft }) => draft ?? []);
export const refusalsOf = (rows: readonly JudgedRow[]): RefusedRow[] => rows.flatMap(({ refusal }) => refusal ?? []);

/** `outcomes` belongs to the drafts among `rows`, in order. */
export function summarise(rows: readonly JudgedRow[], outcomes: readonly Outcome[]): IntakeSummary {
  const count = (what: Outcome) => outcomes.filter((outcome) => outcome === what).length;
  return {
    added: count('added'),
    revised: count('revised'),
    unchanged: count('unchanged'),
    refused: refusalsOf(rows),
  };
}

export function addUp(parts: readonly IntakeSummary[]): IntakeSummary {
  const sum = (field: 'added' | 'revised' | 'unchanged') => parts.reduce((total, part) => total + part[field], 0);
  return {
    added: sum('added'),
    revised: sum('revised'),
    unchanged: sum('unchanged'),
    refused: parts.flatMap((part) => part.refused),
  };
}

/** The newest time among the drafts; null for none. */
export function newest(drafts: readonly Draft[]): Date | null {
  const at = drafts.reduce((latest, draft) => Math.max(latest, draft.at.getTime()), Number.NEGATIVE_INFINITY);
  return Number.isFinite(at) ? new Date(at) : null;
}
