/** What the dictionary of dimensions decides: which value a row keeps, and which values mean the same. Pure. */
import { NAMES_CAP, OTHER_VALUE, Refusal } from '@groundswell/contract';
import type { Dimensions } from './dimensions.ts';

/** What is known of one name at the source that brings it, as far as a delivery asks. */
export interface KnownName {
  /** The source has not brought it before. */
  readonly isNew: boolean;
  readonly cap: number;
  /** Values that are told apart so far; "other" is none. */
  readonly values: number;
  /** Asked values that count as another one. */
  readonly countsAs: ReadonlyMap<string, string>;
  /** Of the values that the asked ones count as: those that were met before. */
  readonly met: ReadonlySet<string>;
}

export interface Dictionary {
  /** How many names the source has brought so far. */
  readonly names: number;
  /** Every name that was asked about. */
  readonly byName: ReadonlyMap<string, KnownName>;
}

interface Span {
  rows: number;
  firstAt: number;
  lastAt: number;
}

/** What a delivery adds to one name. */
export interface NameTally extends Span {
  readonly name: string;
  newValues: number;
  cappedRows: number;
  readonly values: Map<string, Span>;
}

interface Arriving {
  readonly at: Date;
  readonly dimensions: Dimensions;
}

export interface Settled<A> {
  readonly arrivals: A[];
  readonly tallies: NameTally[];
  /** Rows of which at least one name was left out. */
  readonly rowsCut: number;
}

/** Every pair of name and value once, in two lists that belong together. */
export function pairsOf(arrivals: readonly Arriving[]): { readonly names: string[]; readonly values: string[] } {
  const seen = new Map<string, Set<string>>();
  for (const { dimensions } of arrivals) {
    for (const name in dimensions) {
      const values = seen.get(name);
      if (values) values.add(dimensions[name]!);
      else seen.set(name, new Set([dimensions[name]!]));
    }
  }
  const names: string[] = [];
  const values: string[] = [];
  for (const [name, own] of seen) {
    for (const value of own) {
      names.push(name);
      values.push(value);
    }
  }
  return { names, values };
}

/**
 * First come, first kept: a value that was met stays itself, a new one too while there is room, any other becomes "other".
 * The same rows in the same order always give the same.
 */
export function settle<A extends Arriving>(arrivals: readonly A[], dictionary: Dictionary): Settled<A> {
  const open = new Map<string, OpenName | null>();
  let room = NAMES_CAP - dictionary.names;
  let rowsCut = 0;
  const enter = (name: string): OpenName | null => {
    const known = dictionary.byName.get(name)!;
    const own = !known.isNew || room > 0 ? openName(name, known) : null;
    if (own && known.isNew) room--;
    open.set(name, own);
    return own;
  };
  const settled = arrivals.map((arrival) => {
    const { dimensions } = arrival;
    const at = arrival.at.getTime();
    let changed: Dimensions | null = null;
    let cut = false;
    for (const name in dimensions) {
      const said = dimensions[name]!;
      const own = open.get(name) ?? (open.has(name) ? null : enter(name));
      const kept = own && keep(own, said, at);
      if (kept === said) continue;
      changed ??= { ...dimensions };
      if (kept === null) delete changed[name];
      else changed[name] = kept;
      cut ||= kept === null;
    }
    if (cut) rowsCut++;
    return changed ? { ...arrival, dimensions: changed } : arrival;
  });
  return { arrivals: settled, tallies: [...open.values()].flatMap((own) => own?.tally ?? []), rowsCut };
}

/** A name while a delivery is settled. */
interface OpenName {
  readonly known: Pick<KnownName, 'countsAs' | 'met'>;
  room: number;
  readonly tally: NameTally;
}

function openName(name: string, known: KnownName): OpenName {
  const tally = { name, newValues: 0, cappedRows: 0, values: new Map<string, Span>(), ...noSpan() };
  return { known, room: known.cap - known.values, tally };
}

const noSpan = (): Span => ({ rows: 0, firstAt: Number.POSITIVE_INFINITY, lastAt: Number.NEGATIVE_INFINITY });

function keep(own: OpenName, said: string, at: number): string {
  const { tally, known } = own;
  let value = known.countsAs.get(said) ?? said;
  let span = tally.values.get(value);
  if (!span && !known.met.has(value) && value !== OTHER_VALUE) {
    if (own.room > 0) {
      own.room--;
      tally.newValues++;
    } else {
      tally.cappedRows++;
      value = OTHER_VALUE; // a source that says "other" itself means just that: it needs no room
      span = tally.values.get(value);
    }
  }
  if (!span) {
    span = noSpan();
    tally.values.set(value, span);
  }
  count(span, at);
  count(tally, at);
  return value;
}

function count(span: Span, at: number): void {
  span.rows++;
  if (at < span.firstAt) span.firstAt = at;
  if (at > span.lastAt) span.lastAt = at;
}

/** A merge that holds. */
export interface Merge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export interface MergePlan {
  /** Values that get a merge of their own. */
  readonly add: string[];
  /** Merges that give way: the same value counted as something else. */
  readonly undo: Merge[];
}

/** What must change so that all of `from` count as `to`. */
export function planMerge(live: readonly Merge[], from: readonly string[], to: string): MergePlan {
  if (from.includes(OTHER_VALUE)) {
    throw new Refusal(
      'request.invalid',
      `"${OTHER_VALUE}" holds every value for which there was no room, so it cannot count as one of them. Raise the limit instead.`,
    );
  }
  const next = new Map(live.map((merge) => [merge.from, merge.to]));
  const moved = new Set(from.filter((value) => value !== to));
  if (moved.size === 0) {
    throw new Refusal('dimension.merge_in_circle', 'A value cannot be merged into itself. Choose another one.');
  }
  for (let at: string | undefined = to; at !== undefined; at = next.get(at)) {
    if (moved.has(at)) {
      throw new Refusal(
        'dimension.merge_in_circle',
        'The value to merge into already counts as one of those that you merge. Nothing was changed. Take that merge back first.',
      );
    }
  }
  return {
    add: [...moved].filter((value) => next.get(value) !== to),
    undo: live.filter((merge) => moved.has(merge.from) && merge.to !== to),
  };
}

/** By what each merged value counts in the end: the end of its chain. */
export function endsOf(live: readonly Pick<Merge, 'from' | 'to'>[]): Map<string, string> {
  const next = new Map(live.map(({ from, to }) => [from, to]));
  const ends = new Map<string, string>();
  for (const from of next.keys()) {
    const way = [from];
    let at = next.get(from)!;
    while (next.has(at) && !ends.has(at)) {
      way.push(at);
      at = next.get(at)!;
    }
    const end = ends.get(at) ?? at;
    for (const passed of way) ends.set(passed, end);
  }
  return ends;
}

/** Values that look like one, and the one that most rows have. */
export interface Alike {
  readonly to: string;
  readonly from: string[];
  readonly rows: number;
}

/**
 * Values that differ only by case, spaces and common punctuation; those that most rows would gain by first. A person
 * decides: whether "SE" and "se" are the same nobody else knows.
 */
export function findAlike(
  values: readonly { readonly value: string; readonly rows: number }[],
  limit: number,
): Alike[] {
  const groups = new Map<string, { value: string; rows: number }[]>();
  for (const one of values) {
    const key = gist(one.value);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const [first, ...rest] = group.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
      return {
        to: first!.value,
        from: rest.map(({ value }) => value),
        rows: rest.reduce((n, { rows }) => n + rows, 0),
      };
    })
    .sort((a, b) => b.rows - a.rows || (a.to < b.to ? -1 : 1))
    .slice(0, limit);
}

/** Not + or #: C, C++ and C# are three. */
const IDLE = /[\s\-_.,/\\'"’“”()[\]:;]+/gu;

/**
 * What is left of a value when how it is written is taken away. Between two digits punctuation is not how but what: 7.1.0
 * is not 71.0, and 14-2 is not 142. Null where nothing but digits is left.
 */
function gist(value: string): string | null {
  const folded = value.normalize('NFKC').toLowerCase();
  const key = folded.replace(IDLE, (run, at: number) =>
    /\d/.test(folded[at - 1] ?? '') && /\d/.test(folded[at + run.length] ?? '') ? run.trim() || ' ' : '',
  );
  return /\p{L}/u.test(key) ? key : null;
}
