/** From counts to the head of the signals screen: which bars, and which values of what. Pure. */
import type { Facet, SignalFilter } from '@groundswell/contract';
import { type Bar, bucketFor, type Histogram, histogram } from './histogram.ts';

const HOUR_MS = 3_600_000;

/** One value of one facet, and how often it was found. */
export interface Value {
  /** `source`, `language`, `rating`, or `dimension.<name>`. */
  readonly facet: string;
  readonly value: string;
  readonly count: number;
  /** How many values of this facet are not among the listed. */
  readonly others: number;
}

/** Bars over the asked range, or over what was found where none was asked for; never narrower than `atLeastMs`. */
export function barsOf(counts: readonly Bar[], { from, to }: SignalFilter, atLeastMs = 0): Histogram {
  const first = from ? new Date(from) : counts[0]?.at;
  const last = to ? new Date(Date.parse(to) - 1) : counts.at(-1)?.at;
  if (!first || !last || counts.length === 0) return { bucketMs: HOUR_MS, bars: [] };
  return histogram(counts, first, last, bucketFor(first, last, atLeastMs));
}

/** Facets in the order of their values, sources by name. */
export function facetsOf(values: readonly Value[], sourceNames: ReadonlyMap<string, string>): Facet[] {
  const facets = new Map<string, Facet>();
  for (const { facet: key, value, count, others } of values) {
    const name = key.replace(/^dimension\./, '');
    const facet = facets.get(key) ?? { name, values: [], more: others > 0 };
    facet.values.push({ value, label: key === 'source' ? (sourceNames.get(value) ?? value) : value, count });
    facets.set(key, facet);
  }
  return [...facets.values()];
}
