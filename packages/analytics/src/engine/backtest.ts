import type { Item } from './entry.ts';
import { createEngine, type EngineOptions } from './state.ts';
import { step } from './step.ts';

/**
 * What other settings would have told of a past: the past is read once more, in order of time, by an engine of its own.
 * Each surge that it tells is held against what is known to have happened, by the members that both share.
 */

/** Shares with the rule by which an alarm joins a group: a third of the members, and never one or two by chance. */
const LEAST_SHARE = 0.34;
const LEAST_SHARED = 3;
const LEAST_FOR_RANGE = 6; // below that no two of n times hold the median with 95 %

/** Something that is known to have happened. */
export interface Known {
  readonly id: string;
  readonly items: readonly string[];
  /** When a person first did something about it, ms; null where nobody did or nobody knows. */
  readonly actedAt: number | null;
}

export interface Told {
  /** When it would have been told, and when it began, ms. */
  readonly at: number;
  readonly onsetAt: number;
  readonly label: string;
  readonly slice: Readonly<Record<string, string>> | null;
  /** Members at the moment of telling. */
  readonly items: readonly string[];
  /** Which of the known it shares its members with, or null. */
  readonly known: string | null;
}

export interface Backtest {
  readonly told: readonly Told[];
  /** How many of `told` belong to something known, and how many different known things these are. */
  readonly matched: number;
  readonly found: number;
  /** From the first telling of a known thing to the first act of a person, ms; below 0 where the person was earlier. */
  readonly lead: Lead | null;
}

export interface Lead {
  readonly median: number;
  /** Exact 95 % range of the median by order; null for fewer than six. */
  readonly range: readonly [number, number] | null;
  readonly n: number;
}

export interface Past {
  /** In any order. What lies before `from` is read to learn from and tells nothing. */
  readonly items: readonly Item[];
  /** First and last moment that count, ms. */
  readonly from?: number;
  readonly to?: number;
  readonly known?: readonly Known[];
}

/**
 * @param past    texts, the period that counts, and what is known to have happened
 * @param options settings of the engine; always read as history
 * @returns       what would have been told, in order of time; O(items), memory of one engine
 *
 * @example
 * backtest({ items: [] }, { falseAlertsPerWeek: 1 }).told; // []
 */
export function backtest(past: Past, options: EngineOptions): Backtest {
  const { from = -Infinity, to = Infinity, known = [] } = past;
  const items = [...past.items].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const state = createEngine({ ...options, historical: true });
  const labels = new Map<string, string>();
  const surges: { group: string; told: Omit<Told, 'label'> }[] = [];
  items.forEach((item, i) => {
    if (item.at > to) return;
    for (const output of step(state, { position: i + 1, kind: 'items', items: [item] })) {
      if (output.kind === 'group') labels.set(output.group, output.label);
      if (output.kind !== 'surge' || output.update || output.at < from) continue;
      const { at, onsetAt, slice, group } = output;
      surges.push({ group, told: { at, onsetAt, slice, items: output.items, known: knownOf(output.items, known) } });
    }
  });
  return summed(
    surges.map(({ group, told }) => ({ ...told, label: labels.get(group) ?? '' })),
    known,
  );
}

/**
 * The known thing with which most members are shared, if these are three and a third of the members at least.
 *
 * @example
 * knownOf(['a', 'b', 'c'], [{ id: 'k', items: ['a', 'b', 'c', 'd'], actedAt: null }]); // 'k'
 */
export function knownOf(items: readonly string[], known: readonly Known[]): string | null {
  const members = new Set(items);
  let best: string | null = null;
  let most = Math.max(LEAST_SHARED, Math.ceil(LEAST_SHARE * members.size)) - 1;
  for (const { id, items: others } of known) {
    const shared = new Set(others.filter((item) => members.has(item))).size;
    if (shared > most) [best, most] = [id, shared];
  }
  return best;
}

/**
 * @example
 * summed([], []).matched; // 0
 */
export function summed(told: readonly Told[], known: readonly Known[]): Backtest {
  const first = new Map<string, number>();
  for (const { known: id, at } of told) {
    if (id !== null) first.set(id, Math.min(at, first.get(id) ?? Infinity));
  }
  const leads = known.flatMap(({ id, actedAt }) => {
    const at = first.get(id);
    return at === undefined || actedAt === null ? [] : [actedAt - at];
  });
  return { told, matched: told.filter((one) => one.known !== null).length, found: first.size, lead: leadOf(leads) };
}

/**
 * The median and its exact range: the widest ranks k and n + 1 − k outside of which it lies with at most 2.5 % each.
 *
 * @example
 * leadOf([3, 1, 2]); // { median: 2, range: null, n: 3 }
 */
export function leadOf(leads: readonly number[]): Lead | null {
  const n = leads.length;
  if (n === 0) return null;
  const sorted = [...leads].sort((a, b) => a - b);
  const median = (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
  if (n < LEAST_FOR_RANGE) return { median, range: null, n };
  let below = 0;
  let logMass = -n * Math.LN2; // of the binomial (n, 1/2) at `below`
  let sum = Math.exp(logMass);
  while (sum <= 0.025) {
    logMass += Math.log((n - below) / (below + 1));
    below++;
    sum += Math.exp(logMass);
  }
  return { median, range: [sorted[below - 1], sorted[n - below]], n };
}
