/** How many users stood behind the past items, and how many stand behind the window: rates instead of counts. */
import { type Column, versionOf } from './column.ts';

/** Users (or hours, or sessions) per slice, in the past and in the window. The same dimensions as those of the rows, or some of them. */
export interface Exposure {
  /** Shape [dimensions], each with codes of shape [rows of this table]. */
  readonly columns: readonly Column[];
  /** Sum over the baseline; shape [rows of this table], ≥ 0. */
  readonly base: ArrayLike<number>;
  /** Sum over the window, same unit. */
  readonly current: ArrayLike<number>;
}

/** What a past item lets expect in the window. */
export interface Weights {
  /** Of each past row. */
  readonly weightOf: (row: number) => number;
  /** Later versions without a past that borrow this row. */
  readonly borrowersOf: (row: number) => readonly Borrower[];
  /** Which column borrowers replace; -1 when none do. */
  readonly versions: number;
  /** Versions that borrow, and from whom, for the record. */
  readonly borrowed: readonly { readonly dimension: string; readonly value: string; readonly from: string }[];
  /** Whether a row is in the table. */
  readonly isKnown: (row: number) => boolean;
}

interface Borrower {
  /** Index into the dictionary of the version column of the rows. */
  readonly code: number;
  readonly weight: number;
}

/** A ratio that stands on fewer users than this leans on the ratio of its parent. */
const LEAN_USERS = 50;
const NOBODY: readonly Borrower[] = [];

/** Without a table: every past item lets expect the same. */
export function evenWeights(weight: number): Weights {
  return { weightOf: () => weight, borrowersOf: () => NOBODY, versions: -1, borrowed: [], isKnown: () => true };
}

interface Entry {
  base: number;
  current: number;
  readonly codes: readonly number[];
}

/**
 * @param columns those of the rows; a dimension of the table that the rows do not have is summed away
 * @throws RangeError when the table shares no dimension with the rows, or holds a number below 0 (it is named)
 */
export function exposureWeights(columns: readonly Column[], exposure: Exposure): Weights {
  const shared = columns.flatMap((column, at) => {
    const table = exposure.columns.find(({ name }) => name === column.name);
    return table ? [{ at, column, table }] : [];
  });
  if (shared.length === 0) throw new RangeError('the exposure table has no dimension of the rows');
  const sizes = shared.map(({ table }) => table.values.length + 1);
  const entries = readTable(
    exposure,
    shared.map(({ table }) => table),
    sizes,
  );
  const weights = shrunken(entries, sizes);
  const toTable = shared.map(({ column, table }) => {
    const index = new Map(table.values.map((value, code) => [value, code]));
    return Uint32Array.from(column.values, (value) => index.get(value) ?? table.values.length);
  });
  const keyOfRow = (row: number): number =>
    shared.reduce((key, { column }, i) => key * sizes[i] + toTable[i][column.codes[row]], 0);
  const loans = loansOf(entries, shared);
  return {
    weightOf: (row) => weights.byKey.get(keyOfRow(row)) ?? weights.overall,
    isKnown: (row) => weights.byKey.has(keyOfRow(row)),
    borrowersOf: (row) => loans.byKey.get(keyOfRow(row)) ?? NOBODY,
    versions: loans.versions,
    borrowed: loans.borrowed,
  };
}

function readTable({ base, current }: Exposure, tables: readonly Column[], sizes: readonly number[]) {
  const entries = new Map<number, Entry>();
  for (let row = 0; row < base.length; row++) {
    if (!(base[row] >= 0 && base[row] < Infinity))
      throw new RangeError(`base[${row}] must be at least 0, got ${base[row]}`);
    if (!(current[row] >= 0 && current[row] < Infinity))
      throw new RangeError(`current[${row}] must be at least 0, got ${current[row]}`);
    const codes = tables.map(({ codes }) => codes[row]);
    const key = codes.reduce((sum, code, i) => sum * sizes[i] + code, 0);
    const entry = entries.get(key) ?? { base: 0, current: 0, codes };
    entry.base += base[row];
    entry.current += current[row];
    entries.set(key, entry);
  }
  return entries;
}

/** Ratio of users, leaning on that of the parent (without the dimension of most values) where users are few. */
function shrunken(entries: ReadonlyMap<number, Entry>, sizes: readonly number[]) {
  const widest = sizes.indexOf(Math.max(...sizes));
  const parentOf = ({ codes }: Entry): string => codes.filter((_, i) => i !== widest).join(' ');
  const parents = new Map<string, { base: number; current: number }>();
  const all = { base: 0, current: 0 };
  for (const entry of entries.values()) {
    const parent = parents.get(parentOf(entry)) ?? { base: 0, current: 0 };
    parents.set(parentOf(entry), { base: parent.base + entry.base, current: parent.current + entry.current });
    all.base += entry.base;
    all.current += entry.current;
  }
  const overall = all.base > 0 ? all.current / all.base : 0;
  const lean = (own: { base: number; current: number }, on: number): number =>
    (own.current + LEAN_USERS * on) / (own.base + LEAN_USERS);
  const byKey = new Map<number, number>();
  for (const [key, entry] of entries) {
    if (entry.base > 0) byKey.set(key, lean(entry, lean(parents.get(parentOf(entry))!, overall)));
  }
  return { byKey, overall };
}

interface Shared {
  readonly at: number;
  readonly column: Column;
  readonly table: Column;
}

/** A version without past users takes the past of the nearest older version that had some, among the same others. */
function loansOf(entries: ReadonlyMap<number, Entry>, shared: readonly Shared[]) {
  const place = shared.findIndex(
    ({ table }) => table.values.filter((v) => /\d\.\d/.test(v) && versionOf(v)).length >= 2,
  );
  const byKey = new Map<number, Borrower[]>();
  const borrowed = new Map<string, { dimension: string; value: string; from: string }>();
  if (place < 0) return { byKey, versions: -1, borrowed: [] };
  const { table, column, at } = shared[place];
  const around = ({ codes }: Entry): string => codes.filter((_, i) => i !== place).join(' ');
  const lenders = new Map<string, [number, Entry][]>();
  for (const [key, entry] of entries) {
    if (entry.base > 0) lenders.set(around(entry), [...(lenders.get(around(entry)) ?? []), [key, entry]]);
  }
  for (const entry of entries.values()) {
    if (entry.base > 0 || entry.current <= 0) continue;
    const value = table.values[entry.codes[place]];
    const code = column.values.indexOf(value);
    const lender = nearestOlder(value, lenders.get(around(entry)) ?? [], (codes) => table.values[codes[place]]);
    if (code < 0 || !lender) continue;
    const [key, { base, codes }] = lender;
    byKey.set(key, [...(byKey.get(key) ?? []), { code, weight: entry.current / base }]);
    const from = table.values[codes[place]];
    borrowed.set(`${value} ${from}`, { dimension: column.name, value, from });
  }
  return { byKey, versions: at, borrowed: [...borrowed.values()] };
}

function nearestOlder(
  value: string,
  lenders: readonly [number, Entry][],
  versionIn: (codes: readonly number[]) => string,
): [number, Entry] | null {
  let best: [number, Entry] | null = null;
  for (const lender of lenders) {
    const candidate = versionIn(lender[1].codes);
    if (!isOlder(candidate, value)) continue;
    if (!best || isOlder(versionIn(best[1].codes), candidate)) best = lender;
  }
  return best;
}

function isOlder(a: string, b: string): boolean {
  const [x, y] = [versionOf(a), versionOf(b)];
  if (!x || !y || x.family !== y.family) return false;
  for (let i = 0; i < Math.max(x.parts.length, y.parts.length); i++) {
    const difference = (x.parts[i] ?? 0) - (y.parts[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
