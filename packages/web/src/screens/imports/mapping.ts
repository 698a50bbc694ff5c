/** Where the columns of a file go, as plain values. */
import type { Mapping, MappingTarget } from '@groundswell/contract';

/** What a signal cannot do without. */
const NEEDED = ['ts', 'text'] as const;
/** More than one column may become one of these; every other target takes exactly one. */
const MANY: ReadonlySet<MappingTarget> = new Set(['dimension', 'ignore']);

/** The column that goes to a target, or null. */
export function columnFor(mapping: Mapping, target: MappingTarget): string | null {
  return Object.entries(mapping).find(([, to]) => to === target)?.[0] ?? null;
}

/**
 * Sends a column to a target. A column that stood there before becomes a dimension, so that nothing is lost silently.
 * @example
 * sendColumn({ a: 'text', b: 'dimension' }, 'b', 'text'); // { a: 'dimension', b: 'text' }
 */
export function sendColumn(mapping: Mapping, column: string, target: MappingTarget): Mapping {
  const next = { ...mapping };
  if (!MANY.has(target))
    for (const [other, to] of Object.entries(next)) if (to === target && other !== column) next[other] = 'dimension';
  next[column] = target;
  return next;
}

/** The needed targets that no column goes to yet. */
export function missingTargets(mapping: Mapping): readonly (typeof NEEDED)[number][] {
  return NEEDED.filter((target) => columnFor(mapping, target) === null);
}

/**
 * What a source's last file taught, for a file that has at least those columns; null when it has not. Columns that are
 * new keep what is suggested for them.
 * @example
 * mappingAsBefore({ a: 'text', b: 'dimension' }, { b: 'dimension', a: 'ignore', c: 'ignore' }); // { …, a: 'text', c: 'ignore' }
 */
export function mappingAsBefore(saved: Mapping | null, suggested: Mapping): Mapping | null {
  if (saved === null) return null;
  const used = Object.keys(saved).filter((column) => saved[column] !== 'ignore');
  if (used.length === 0 || used.some((column) => !(column in suggested))) return null;
  const known = Object.entries(saved).filter(([column]) => column in suggested);
  const free = (target: MappingTarget) => MANY.has(target) || !known.some(([, to]) => to === target);
  const fresh = Object.entries(suggested).map(([column, to]): [string, MappingTarget] => [
    column,
    free(to) ? to : 'dimension',
  ]);
  return Object.fromEntries([...fresh, ...known]);
}
