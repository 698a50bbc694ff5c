import type { TFunction } from 'i18next';

/** How the two compartments of an invented world are called in the database. */
const OF_WORLD = /^sample_\d+(_closed)?$/;

/**
 * A compartment as people call it: those of an invented world have names that only the database needs.
 * @example
 * sayCompartment('minors', t); // 'minors'
 * sayCompartment('sample_1_closed', t); // 'Confidential part'
 */
export function sayCompartment(name: string, t: TFunction): string {
  const found = OF_WORLD.exec(name);
  if (!found) return name;
  return t(found[1] ? 'world.closedPart' : 'world.openPart');
}
