/** Rows somewhere in a JSON document, read as signals by a mapping. */
import type { Mapping } from '@groundswell/contract';
import { jsonCells } from '@groundswell/formats';
import { rowReader } from '../signals/index.ts';
import type { Page } from './adapter.ts';

/** What stands at dotted names: `meta.next`. Undefined where there is nothing; only what the document itself holds. */
export function valueAt(body: unknown, path: string): unknown {
  if (path === '') return body;
  return path.split('.').reduce<unknown>((here, name) => {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    return (here as Record<string, unknown>)[name];
  }, body);
}

/** The list at `path`; an object there is a list of one. Null where there is neither. */
export function rowsAt(body: unknown, path: string): readonly unknown[] | null {
  const found = valueAt(body, path);
  if (Array.isArray(found)) return found;
  return typeof found === 'object' && found !== null ? [found] : null;
}

/** Each row by itself: as a signal to be judged, or why it cannot be one. `fields` are the names that the first rows use. */
export function readRows(rows: readonly unknown[], mapping: Mapping) {
  const read = rowReader(mapping);
  const found: unknown[] = [];
  const refused: NonNullable<Page['refused']>[number][] = [];
  const fields = new Set<string>();
  let newest: Date | null = null;
  for (const row of rows) {
    const flat = jsonCells(row);
    if ('reason' in flat) {
      refused.push({ id: null, reason: `The row ${flat.reason}` });
      continue;
    }
    if (fields.size < FIELDS_MAX) for (const name of Object.keys(flat.cells)) fields.add(name);
    const signal = read(flat.cells);
    if ('reason' in signal) {
      refused.push({ id: signal.id, reason: signal.reason });
      continue;
    }
    found.push(signal.value);
    if (!newest || signal.at > newest) newest = signal.at;
  }
  return { rows: found, refused, fields: [...fields].slice(0, FIELDS_MAX), newest };
}

/** More than a person maps by hand. */
const FIELDS_MAX = 200;
