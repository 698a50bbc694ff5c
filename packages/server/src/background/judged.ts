/** Rows of the background on their way in: judged one by one, a bad one costs only itself. Pure. */
import type { RefusedRow, Sent } from '@groundswell/contract';
import type { z } from 'zod';
import { typeDimensions } from '../signals/index.ts';

export interface IncomingRow {
  readonly row: number;
  readonly value: unknown;
}

export type Verdict<T> = { readonly value: T } | { readonly reason: string };

/** Listed in an answer: whoever has more mends the file and not the rows. */
const REFUSED_LISTED = 1_000;

export interface Judged<T> {
  readonly good: readonly { readonly row: number; readonly value: T }[];
  readonly refused: readonly RefusedRow[];
}

/** `keyOf` tells rows apart: the same thing twice in one delivery is taken once, or refused where the two differ. */
export function judgeRows<T>(
  rows: readonly IncomingRow[],
  judge: (value: unknown) => Verdict<T>,
  keyOf: (value: T) => string,
): Judged<T> {
  const seen = new Map<string, { row: number; said: string }>();
  const good: { row: number; value: T }[] = [];
  const refused: RefusedRow[] = [];
  for (const { row, value } of rows) {
    const verdict = judge(value);
    if ('reason' in verdict) {
      refused.push({ row, id: idOf(value), reason: verdict.reason });
      continue;
    }
    const said = JSON.stringify(verdict.value);
    const before = seen.get(keyOf(verdict.value));
    if (before && before.said !== said) {
      refused.push({ ...saysSomethingElse(row, before.row), id: idOf(value) });
    } else {
      seen.set(keyOf(verdict.value), { row, said });
      good.push({ row, value: verdict.value });
    }
  }
  return { good, refused };
}

export const saysSomethingElse = (row: number, before: number): RefusedRow => ({
  row,
  id: null,
  reason: `Row ${before} says something else of the same. Keep one.`,
});

function idOf(value: unknown): string | null {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 200).toWellFormed() : null;
}

/** What is wrong with a row, by the first field that is; `wanted` says what each field takes. */
export function reasonOf(error: z.ZodError, row: unknown, wanted: Readonly<Record<string, string>>): string {
  const issue = error.issues[0]!;
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'This is no row. Give an object.';
  if (issue.code === 'unrecognized_keys') {
    return `"${issue.keys[0]!.slice(0, 64)}" is not a field here. Put it under "dimensions" or leave it out.`;
  }
  const field = String(issue.path[0] ?? '');
  const missing = (row as Record<string, unknown>)[field] === undefined;
  return `"${field}" ${missing ? 'is missing' : 'cannot be used'}. Give ${wanted[field] ?? 'something else'}.`;
}

/** Spelt as those of signals are, or the two would never meet. */
export function dimensionsOf(given: Record<string, string | number | boolean>): Verdict<Record<string, string>> {
  const typed = typeDimensions(given);
  return 'reason' in typed ? typed : { value: typed.dimensions };
}

export function addUp(parts: readonly Sent[]): Sent {
  const sum = (pick: (part: Sent) => number) => parts.reduce((total, part) => total + pick(part), 0);
  return {
    added: sum((part) => part.added),
    replaced: sum((part) => part.replaced),
    unchanged: sum((part) => part.unchanged),
    refused: parts.flatMap((part) => part.refused).slice(0, REFUSED_LISTED),
    refusedRows: sum((part) => part.refusedRows),
  };
}

export const nothingBut = (refused: readonly RefusedRow[]): Sent => ({
  added: 0,
  replaced: 0,
  unchanged: 0,
  refused: refused.slice(0, REFUSED_LISTED),
  refusedRows: refused.length,
});
