/** Long pages grow: what is seen first is drawn with the press that asked for it, the rest right after it was painted. */
import { startTransition, useEffect, useState } from 'react';

/** The steps of this tab's history in which a list was drawn whole. */
const whole = new Set<string>();

const stepHere = (): string =>
  String((globalThis.history?.state as { __TSR_key?: string } | null)?.__TSR_key ?? globalThis.location.href);

/**
 * How many to draw now. Whoever comes back to a step of their history finds all of them at once: the browser looks for
 * the place to which they had scrolled.
 * @param first as many as fit on a large screen
 */
export function useGrowing(total: number, first: number): number {
  const [shown, setShown] = useState(() => (whole.has(stepHere()) ? Number.POSITIVE_INFINITY : first));
  const isWhole = shown >= total;
  useEffect(() => {
    if (shown !== Number.POSITIVE_INFINITY) startTransition(() => setShown(Number.POSITIVE_INFINITY));
    else whole.add(stepHere());
  }, [shown]);
  return isWhole ? total : shown;
}

/** Whether what stands below the first screen of a page may be drawn: right after the top of it was painted. */
export const useBelow = (): boolean => useGrowing(2, 1) === 2;
