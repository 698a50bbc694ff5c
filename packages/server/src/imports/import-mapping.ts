/** What columns are: whether a mapping is enough to begin with, and which one a new file starts from. Pure. */
import { type Mapping, Refusal } from '@groundswell/contract';

/** What we write behind the columns of a refused row, in this order, as the last of the file. */
export const OWN_COLUMNS = ['row in the file', 'line as it stood', 'reason'] as const;

const NEEDED = { ts: 'the time', text: 'the text' } as const;

export function mustBeComplete(mapping: Mapping, columns: readonly string[]): void {
  for (const [target, what] of Object.entries(NEEDED)) {
    if (columns.some((column) => mapping[column] === target)) continue;
    throw new Refusal('import.mapping_incomplete', `No column is mapped to "${target}": say which one holds ${what}.`, {
      target,
    });
  }
  const once = Object.values(mapping).filter((target) => target !== 'dimension' && target !== 'ignore');
  const twice = once.find((target, i) => once.indexOf(target) !== i);
  if (!twice) return;
  throw new Refusal('import.mapping_incomplete', `Two columns are mapped to "${twice}": choose one of them.`, {
    target: twice,
  });
}

export function sameMapping(a: Mapping | null, b: Mapping): boolean {
  const said = (mapping: Mapping) => JSON.stringify(Object.entries(mapping).sort(([x], [y]) => (x < y ? -1 : 1)));
  return a !== null && said(a) === said(b);
}

/**
 * What a new file starts from: what its source's last file was read as, if that still fits, else what the columns look
 * like. It fits when every column is there that it gives a place of its own; columns that it does not know stay as they
 * are suggested, unless their place is taken.
 */
export function startingFrom(columns: readonly string[], suggested: Mapping, saved: Mapping | null): Mapping {
  if (!saved) return suggested;
  const placed = Object.keys(saved).filter((column) => saved[column] !== 'dimension' && saved[column] !== 'ignore');
  if (placed.length === 0 || !placed.every((column) => columns.includes(column))) return suggested;
  const taken = new Set(placed.map((column) => saved[column]));
  const next = (column: string): Mapping[string] => {
    if (saved[column]) return saved[column];
    const guess = suggested[column] ?? 'ignore';
    return taken.has(guess) ? 'dimension' : guess;
  };
  return Object.fromEntries(columns.map((column) => [column, next(column)]));
}

/** Columns that we wrote behind the rows of a refused list say nothing about the row itself. */
export function withoutOwn(columns: readonly string[], suggested: Mapping): Mapping {
  if (!isMended(columns)) return suggested;
  return { ...suggested, ...Object.fromEntries(OWN_COLUMNS.map((column) => [column, 'ignore' as const])) };
}

/** A list of refused rows that was downloaded here comes back. */
export const isMended = (columns: readonly string[]): boolean =>
  OWN_COLUMNS.every((column, i) => columns[columns.length - OWN_COLUMNS.length + i] === column);
