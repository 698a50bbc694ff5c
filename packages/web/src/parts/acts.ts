/** What can be done on this page, for the palette: in the words that the buttons have, and only what this person may do. */
import { useEffect, useRef } from 'react';
import type { IconName } from './icon.tsx';
import type { ShortcutName } from './shortcuts.ts';

export interface Act {
  /** Already in words. */
  readonly label: string;
  readonly icon?: IconName;
  readonly shortcut?: ShortcutName;
  readonly run: () => void;
}

const standing = new Map<symbol, readonly Act[]>();

/** Those that stand now; asked when the palette opens, and what it runs is what stands then. */
export const actsHere = (): readonly Act[] => [...standing.values()].flat();

/** Offers acts while the caller is on screen. */
export function useActs(acts: readonly Act[]): void {
  const latest = useRef(acts);
  latest.current = acts;
  const shape = acts.map(({ label, shortcut }) => `${label}:${shortcut ?? ''}`).join('|');
  useEffect(() => {
    const of = Symbol(shape);
    standing.set(
      of,
      latest.current.map((act, at) => ({ ...act, run: () => latest.current[at]?.run() })),
    );
    return () => void standing.delete(of);
  }, [shape]);
}
