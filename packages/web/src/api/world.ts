/** Which invented world this page stands in. The address says it, so that a link leads where it was copied from. */
import { WORLD_HEADER } from '@groundswell/contract';

const IN_WORLD = /^\/sample\/([1-9][0-9]{0,8})(?=\/|$)/;

/** Null in the house itself. A page never changes its world: entering and leaving are page loads. */
export function worldHere(): number | null {
  const found = IN_WORLD.exec(globalThis.location.pathname);
  return found ? Number(found[1]) : null;
}

/** What stands before every path of this page. */
export const basePath = (): string => {
  const world = worldHere();
  return world === null ? '/' : `/sample/${world}`;
};

/** Into a world, as an address of this site. */
export const worldPath = (number: number, path = '/'): string => `/sample/${number}${path}`;

export function worldHeaders(): Record<string, string> {
  const world = worldHere();
  return world === null ? {} : { [WORLD_HEADER]: String(world) };
}
