/**
 * Columns as the scan reads them: small integers whose order means something where the values have an order.
 *
 * Versions (`4.3.2`, `web-119`), numbers and paths (`payments/refund`) are ranked, so that "from 4.3.0", "4.3.*" and
 * "payments/*" are intervals of ranks. Versions of different families (`web-…`, none) are never compared.
 */

export type Order = 'none' | 'version' | 'number' | 'path';

/** One dimension of the rows, coded by a dictionary of its own. Any order of values does. */
export interface Column {
  readonly name: string;
  /** The dictionary; shape [values]. */
  readonly values: readonly string[];
  /** Index into `values` of each row; shape [rows]. */
  readonly codes: ArrayLike<number>;
  /** What the values are; recognised from them when it is left out. */
  readonly order?: Order;
}

/** How an interval is said: one value, from … on, up to …, everything below a prefix, or between two. */
export type Form = 'value' | 'from' | 'to' | 'prefix' | 'between';

export interface Interval {
  /** Ranks, both included. */
  readonly low: number;
  readonly high: number;
  readonly form: Form;
  /** The prefix, for the form `prefix`. */
  readonly prefix: string;
}

export interface Ranked {
  readonly name: string;
  readonly order: Order;
  /** Values of each rank; several where rare values or near numbers share one. */
  readonly members: readonly (readonly string[])[];
  /** Rank of each dictionary entry; shape [values]. */
  readonly rankOf: Uint16Array;
  /** Intervals worth a look, single values first. The rank of "all the others" is in none. */
  readonly intervals: readonly Interval[];
}

/** A dictionary keeps so many values; what is rarer is one value, "the others", and never an answer. */
const MOST_VALUES = 500;
/** Numbers of more values than this are cut into parts of about equal counts. */
const MOST_NUMBERS = 24;
const RECOGNISED_SHARE = 0.95;

/**
 * Codes a column of texts by a dictionary.
 *
 * @param texts one value per row; shape [rows]
 * @returns     values in the order in which they first came, and their index per row; O(rows)
 *
 * @example
 * encodeColumn('platform', ['ios', 'web', 'ios']).codes; // Uint32Array [0, 1, 0]
 */
export function encodeColumn(name: string, texts: readonly string[], order?: Order): Column {
  const index = new Map<string, number>();
  const codes = new Uint32Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    let code = index.get(texts[i]);
    if (code === undefined) {
      code = index.size;
      index.set(texts[i], code);
    }
    codes[i] = code;
  }
  return { name, values: [...index.keys()], codes, ...(order && { order }) };
}

/**
 * Ranks the values of a column and lists the intervals that can be an answer.
 *
 * @param weight   how much each dictionary entry counts when only some can be kept; shape [values]
 * @param worth    entries of less than this can be no answer by themselves: without an order they join "the others"
 */
export function rankColumn(column: Column, weight: ArrayLike<number>, worth: ArrayLike<number>, least: number): Ranked {
  const order = column.order ?? recognise(column.values);
  const kept = keptValues(column, weight, order === 'none' ? (i) => worth[i] >= least : () => true);
  const groups = order === 'number' ? binNumbers(column, kept, weight) : sorted(column, kept, order).map((i) => [i]);
  const rankOf = new Uint16Array(column.values.length).fill(groups.length);
  groups.forEach((group, rank) => {
    for (const i of group) rankOf[i] = rank;
  });
  const members = groups.map((group) => group.map((i) => column.values[i]));
  if (kept.length < column.values.length) members.push([]);
  const intervals = intervalsOf(order, members.slice(0, groups.length));
  return { name: column.name, order, members, rankOf, intervals };
}

function keptValues({ values }: Column, weight: ArrayLike<number>, isWorth: (i: number) => boolean): number[] {
  const all = values.map((_, i) => i).filter((i) => weight[i] > 0 && isWorth(i));
  if (all.length <= MOST_VALUES) return all;
  return all.sort((a, b) => weight[b] - weight[a] || (values[a] < values[b] ? -1 : 1)).slice(0, MOST_VALUES);
}

const VERSION = /^(.*?)(\d+(?:\.\d+)*)$/;
const PATH = /[/>]|::/;
const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));

function recognise(values: readonly string[]): Order {
  const said = values.filter((value) => value !== '');
  const share = (is: (value: string) => boolean): number => said.filter(is).length / said.length;
  if (said.length < 3) return 'none';
  if (share(isNumber) === 1 && !said.some((value) => /^-?0\d/.test(value)) && said.some((v) => !/^\d+\.\d+$/.test(v)))
    return 'number';
  const dotted = said.filter((value) => /\d\.\d/.test(value)).length;
  if (dotted >= 2 && share((value) => VERSION.test(value)) >= RECOGNISED_SHARE) return 'version';
  return share((value) => PATH.test(value)) >= 0.5 ? 'path' : 'none';
}

interface Version {
  readonly family: string;
  readonly parts: readonly number[];
}

/**
 * A version as its family and its numbers; null for what is none.
 *
 * @example
 * versionOf('web-119'); // { family: 'web-', parts: [119] }
 */
export function versionOf(value: string): Version | null {
  const [, family, numbers] = VERSION.exec(value) ?? [];
  return numbers === undefined ? null : { family: family!, parts: numbers.split('.').map(Number) };
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [versionOf(a), versionOf(b)];
  if (!x || !y) return x ? -1 : y ? 1 : compareTexts(a, b);
  if (x.family !== y.family) return compareTexts(x.family, y.family);
  for (let i = 0; i < Math.max(x.parts.length, y.parts.length); i++) {
    const difference = (x.parts[i] ?? 0) - (y.parts[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return compareTexts(a, b);
}
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sorted({ values }: Column, kept: number[], order: Order): number[] {
  return kept.sort((a, b) =>
    order === 'version' ? compareVersions(values[a], values[b]) : compareTexts(values[a], values[b]),
  );
}

/** Parts of about equal counts; a value is never cut in two. */
function binNumbers({ values }: Column, kept: number[], weight: ArrayLike<number>): number[][] {
  const order = kept.sort((a, b) => Number(values[a]) - Number(values[b]) || compareTexts(values[a], values[b]));
  if (order.length <= MOST_NUMBERS) return order.map((i) => [i]);
  const each = order.reduce((sum, i) => sum + weight[i], 0) / MOST_NUMBERS;
  const bins: number[][] = [];
  let filled = Infinity;
  for (const i of order) {
    if (filled >= each) {
      bins.push([]);
      filled = 0;
    }
    bins.at(-1)!.push(i);
    filled += weight[i];
  }
  return bins;
}

function intervalsOf(order: Order, members: readonly (readonly string[])[]): Interval[] {
  const found = new Map<number, Interval>();
  const add = (low: number, high: number, form: Form, prefix = ''): void => {
    const key = low * 1024 + high;
    if (!found.has(key)) found.set(key, { low, high, form: low === high ? 'value' : form, prefix });
  };
  members.forEach((_, rank) => void add(rank, rank, 'value'));
  if (order === 'number') openEnds(0, members.length - 1, add);
  if (order === 'path') pathPrefixes(members, add);
  if (order === 'version') versionIntervals(members, add);
  return [...found.values()];
}

type Add = (low: number, high: number, form: Form, prefix?: string) => void;

function openEnds(first: number, last: number, add: Add): void {
  for (let rank = first + 1; rank < last; rank++) add(rank, last, 'from');
  for (let rank = first + 1; rank < last; rank++) add(first, rank, 'to');
}

function versionIntervals(members: readonly (readonly string[])[], add: Add): void {
  const versions = members.map(([value]) => versionOf(value));
  for (let from = 0; from < versions.length; ) {
    let to = from;
    while (to + 1 < versions.length && versions[to + 1]?.family === versions[from]?.family) to++;
    const said = versions[from];
    if (said && to > from) {
      openEnds(from, to, add);
      for (let depth = 1; depth < 3; depth++) samePrefix(versions.slice(from, to + 1) as Version[], depth, from, add);
      add(from, to, 'prefix', `${said.family}*`);
    }
    from = to + 1;
  }
}

function samePrefix(versions: readonly Version[], depth: number, from: number, add: Add): void {
  const keyOf = ({ parts }: Version): string => parts.slice(0, depth).join('.');
  for (let low = 0; low < versions.length; ) {
    let high = low;
    while (high + 1 < versions.length && keyOf(versions[high + 1]) === keyOf(versions[low])) high++;
    if (high > low) add(from + low, from + high, 'prefix', `${versions[low].family}${keyOf(versions[low])}.*`);
    low = high + 1;
  }
}

/** Sorted texts: everything below one node of the tree stands side by side. */
function pathPrefixes(members: readonly (readonly string[])[], add: Add): void {
  for (let low = 0; low < members.length; low++) {
    const [value] = members[low];
    for (const cut of value.matchAll(/\/|>|::/g)) {
      const prefix = value.slice(0, cut.index + cut[0].length);
      if (low > 0 && members[low - 1][0].startsWith(prefix)) continue;
      let high = low;
      while (high + 1 < members.length && members[high + 1][0].startsWith(prefix)) high++;
      if (high > low) add(low, high, 'prefix', `${prefix}*`);
    }
  }
}
