/** The secret of a link stands behind the #, so that it never reaches a server's log. */
import { useSyncExternalStore } from 'react';

export const useLinkToken = (): string => readable(useSyncExternalStore(onHashChange, readHash).slice(1));

const readHash = () => globalThis.location.hash;

/** A link that was cut off in the middle of a sign is no link; it is not a fault either. */
function readable(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** Who opened the bare address first pastes the link into the same tab: then only what stands behind the # changes. */
function onHashChange(listen: () => void): () => void {
  globalThis.addEventListener('hashchange', listen);
  return () => globalThis.removeEventListener('hashchange', listen);
}
