/** Which of the arrived rows are new, and which revision of each thing is now the latest. Pure. */
import type { Draft } from './signal.ts';

/** A revision that was kept before. */
export interface Known {
  readonly signalId: string;
  readonly itemId: string;
  readonly revisedAt: Date;
  readonly at: Date;
  readonly latest: boolean;
}

/** A draft that is new, and where it stands among the revisions of its thing. */
export interface Arrival extends Draft {
  readonly latest: boolean;
  readonly replaces: string | null;
}

export type Outcome = 'added' | 'revised' | 'unchanged';

export interface Arrivals {
  /** What became of each draft, in the order given. */
  readonly outcomes: Outcome[];
  readonly arrivals: Arrival[];
  /** Kept before, and now no longer the latest. */
  readonly superseded: Known[];
  /** By how much the number of latest signals changes, per hour (ms since 1970) in which they were said. */
  readonly perHour: ReadonlyMap<number, number>;
}

const HOUR_MS = 3_600_000;

/**
 * The latest revision is the one with the latest time; of two with the same time, the one that arrived later. So a source
 * that gives its update times may send in any order. One that gives none cannot go back to an earlier wording: that is the
 * same revision again, and changes nothing.
 *
 * `replaces` names what was latest before this transaction and not what stands before it in the same one: readers never
 * saw that.
 */
export function arrange(drafts: readonly Draft[], known: readonly Known[]): Arrivals {
  const seen = new Set(known.map((one) => one.signalId));
  const items = new Set(known.map((one) => one.itemId));
  const before = new Map(known.filter((one) => one.latest).map((one) => [one.itemId, one]));
  const latest = new Map<string, { signalId: string; revisedAt: Date }>(before);
  const fresh: Draft[] = [];

  const outcomes = drafts.map((draft): Outcome => {
    const { signalId, itemId, revisedAt } = draft;
    if (seen.has(signalId)) return 'unchanged';
    seen.add(signalId);
    fresh.push(draft);
    const rival = latest.get(itemId);
    if (!rival || revisedAt >= rival.revisedAt) latest.set(itemId, draft);
    if (items.has(itemId)) return 'revised';
    items.add(itemId);
    return 'added';
  });

  const wins = (draft: Draft) => latest.get(draft.itemId)!.signalId === draft.signalId;
  const superseded = [...before.values()].filter((one) => latest.get(one.itemId)!.signalId !== one.signalId);
  return {
    outcomes,
    arrivals: fresh.map((draft) => ({
      ...draft,
      latest: wins(draft),
      replaces: wins(draft) ? (before.get(draft.itemId)?.signalId ?? null) : null,
    })),
    superseded,
    perHour: changesPerHour(fresh.filter(wins), superseded),
  };
}

function changesPerHour(gained: readonly { at: Date }[], lost: readonly { at: Date }[]): Map<number, number> {
  const changes = new Map<number, number>();
  const add = (at: Date, by: number) => {
    const hour = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS;
    changes.set(hour, (changes.get(hour) ?? 0) + by);
  };
  for (const { at } of gained) add(at, 1);
  for (const { at } of lost) add(at, -1);
  return changes;
}
