import { concentration, type SliceCount } from '../stats/concentration.ts';
import type { Data } from './state.ts';

/**
 * Open dimensions as small numbers. A dimension with more than 300 values, like an order number, explains nothing and
 * would fill the memory: its further values are ignored.
 */

const MOST_VALUES = 300;
const MOST_DIMENSIONS = 32;

/** Ids of the values of an item, in a fixed order. */
export function dimsOf(data: Data, dimensions: Readonly<Record<string, string>>): number[] {
  const ids: number[] = [];
  for (const name of Object.keys(dimensions).sort()) {
    const value = dimensions[name];
    if (value === '' || value.length > 80) continue;
    const id = valueId(data, name, value);
    if (id >= 0) ids.push(id);
  }
  return ids;
}

function valueId(data: Data, name: string, value: string): number {
  const d = data.dimensions;
  const key = `${name}\u0000${value}`;
  const known = d.ids.get(key);
  if (known !== undefined) return known;
  const size = d.sizes.get(name) ?? 0;
  if (size >= MOST_VALUES || (size === 0 && d.sizes.size >= MOST_DIMENSIONS)) return -1;
  d.sizes.set(name, size + 1);
  const id = d.names.length;
  d.ids.set(key, id);
  d.names.push(name);
  d.values.push(value);
  d.recent.push(0);
  return id;
}

/** Share of a value, or of several together as if independent, among the items of the last days; never 0. */
export function shareNow(data: Data, ids: readonly number[]): number {
  const total = data.ring.slots.length - data.ring.head;
  return ids.reduce((share, id) => share * Math.min(1, (data.dimensions.recent[id] + 1) / (total + 1)), 1);
}

/** The value or values in which these items stand out from the last days, at most three, or null. */
export function standingSlice(data: Data, slots: readonly number[]): Record<string, string> | null {
  const { dims } = data.store;
  const d = data.dimensions;
  const counts = new Map<number, number>();
  for (const slot of slots) for (const id of dims[slot]) counts.set(id, (counts.get(id) ?? 0) + 1);
  const total = data.ring.slots.length - data.ring.head;
  const rows: SliceCount[] = [...counts].map(([id, inGroup]) => ({
    dimension: d.names[id],
    value: d.values[id],
    inGroup,
    groupTotal: slots.length,
    inStream: Math.min(total, d.recent[id]),
    streamTotal: total,
  }));
  const standing = concentration(rows).filter((row) => row.stands && row.share >= 0.5);
  if (standing.length === 0) return null;
  return Object.fromEntries(standing.slice(0, 3).map((row) => [row.dimension, row.value]));
}
