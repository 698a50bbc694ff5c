/** Saved views, and watches on them. Pure. */
import { SignalFilter, type ViewKind, type ViewSearch, type ViewShare } from '@groundswell/contract';

export interface View {
  readonly id: string;
  readonly compartment: string;
  readonly version: number;
  readonly ownerId: string;
  readonly kind: ViewKind;
  readonly name: string;
  readonly search: ViewSearch;
  readonly share: ViewShare;
}

export interface Watch {
  readonly viewId: string;
  readonly personId: string;
  readonly compartment: string;
  readonly above: number;
  readonly toldAt: Date | null;
}

export const DAY_MS = 86_400_000;

/** Told once a day at most: whoever has been told looks by themselves. */
export const isDue = ({ toldAt }: Watch, now: Date): boolean =>
  toldAt === null || now.getTime() - toldAt.getTime() >= DAY_MS;

/** What a search says of signals, over the last day; times of its own are set aside. Null if it cannot be asked any more. */
export function dayOf(search: ViewSearch, now: Date): SignalFilter | null {
  return since(search, new Date(now.getTime() - DAY_MS));
}

/** The same from a moment on. */
export function since(search: ViewSearch, from: Date): SignalFilter | null {
  const { q, source, language, rating, topic, copies, d } = search;
  const asked = SignalFilter.safeParse({
    ...Object.fromEntries(Object.entries({ q, source, language, rating, topic, copies }).filter(([, said]) => said)),
    ...(d !== undefined && { dimension: d }),
    from: from.toISOString(),
  });
  return asked.success ? asked.data : null;
}
