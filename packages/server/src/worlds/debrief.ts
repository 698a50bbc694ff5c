/** The truth of a world beside what was found in it. Pure. */
import type { DebriefIncident } from '@groundswell/contract';
import type { Incident } from '@groundswell/simulator';

/** Of what was said in a topic since shortly before its alert, so much must be of one incident to count as found by it. */
const MOSTLY = 0.5;
const BEFORE_ONSET_MS = 2 * 3_600_000;

/** An issue with the alert that opened it. Moments are of the world's own clock. */
export interface FoundIssue {
  readonly id: string;
  readonly topicId: string;
  readonly compartment: string;
  readonly number: number;
  readonly title: string;
  readonly alertAt: Date;
  readonly onsetAt: Date;
  readonly slice: Record<string, string> | null;
  readonly historical: boolean;
}

export interface Member {
  readonly id: string;
  readonly at: Date;
}

/** An issue, what of its topic was said during the surge, and which incident most of that belongs to. */
export interface Judged {
  readonly issue: FoundIssue;
  readonly members: readonly Member[];
  readonly incidentId: string | null;
}

/** @param incidentOf sender's id of a signal → its incident; what is not in it belongs to none */
export function judgeIssue(issue: FoundIssue, all: readonly Member[], incidentOf: ReadonlyMap<string, string>): Judged {
  const since = issue.onsetAt.getTime() - BEFORE_ONSET_MS;
  const members = all.filter(({ at }) => at.getTime() >= since);
  const counts = new Map<string, number>();
  for (const { id } of members) {
    const incident = incidentOf.get(id);
    if (incident !== undefined) counts.set(incident, (counts.get(incident) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return { issue, members, incidentId: most && most[1] >= members.length * MOSTLY ? most[0] : null };
}

/** A signal of an incident that has been told. */
export interface Told {
  readonly id: string;
  readonly at: number;
  readonly author: string;
}

export interface Deeds {
  /** Issue → when somebody first looked at it, and first decided; on the world's clock. */
  readonly looked: ReadonlyMap<string, Date>;
  readonly decided: ReadonlyMap<string, Date>;
}

interface Room {
  readonly keyOf: (issue: FoundIssue) => string;
  readonly deeds: Deeds;
  readonly dayFrom: Date;
  readonly causeOf: (incident: Incident) => string | null;
}

export function debriefOf(
  incident: Incident,
  told: readonly Told[],
  judged: readonly Judged[],
  { keyOf, deeds, dayFrom, causeOf }: Room,
): DebriefIncident {
  const { id, kind, what, onset, fixedAt, slice, confidential, cohort } = incident;
  const own = judged.filter(({ incidentId }) => incidentId === id);
  const first = told[0]?.at ?? onset;
  const last = told.at(-1)?.at ?? onset;
  return {
    id,
    kind,
    what,
    isIncident: incident.story !== '',
    confidential,
    onsetAt: new Date(first).toISOString(),
    endAt: new Date(last).toISOString(),
    fixedAt: fixedAt !== null && fixedAt <= last + 7 * 86_400_000 ? new Date(fixedAt).toISOString() : null,
    cause: causeOf(incident),
    slice: { ...slice },
    affected: cohort.length,
    wrote: new Set(told.map(({ author }) => author)).size,
    signals: told.length,
    historical: onset < dayFrom.getTime(),
    found: own.length === 0 ? null : foundOf(own, told, first, keyOf),
    noticedAt: earliest(own, deeds.looked, deeds.decided),
    actedAt: earliest(own, deeds.decided),
  };
}

function foundOf(
  own: readonly Judged[],
  told: readonly Told[],
  first: number,
  keyOf: Room['keyOf'],
): NonNullable<DebriefIncident['found']> {
  const { issue } = own[0]!; // by time of the alert
  const alertAt = issue.alertAt.getTime();
  const truth = new Set(told.map(({ id }) => id));
  const members = new Set(own.flatMap((one) => one.members.map(({ id }) => id)));
  const right = [...members].filter((id) => truth.has(id)).length;
  return {
    issueKey: keyOf(issue),
    alertAt: issue.alertAt.toISOString(),
    afterSignals: told.filter(({ at }) => at <= alertAt).length,
    delayMs: Math.max(0, alertAt - first),
    precision: members.size === 0 ? 0 : right / members.size,
    recall: truth.size === 0 ? 0 : right / truth.size,
    slice: issue.slice,
    issueKeys: own.map((one) => keyOf(one.issue)),
  };
}

function earliest(own: readonly Judged[], ...when: readonly ReadonlyMap<string, Date>[]): string | null {
  const moments = own.flatMap(({ issue }) => when.flatMap((map) => map.get(issue.id) ?? []));
  if (moments.length === 0) return null;
  return new Date(Math.min(...moments.map((at) => at.getTime()))).toISOString();
}

/**
 * A moment of the house on the clock of the world: between two pairs it ran evenly. It never ran back: a pair that says so was
 * written by somebody who had read it a moment before, or while the clock of the house was put back.
 */
export function worldTime(times: readonly { at: Date; playedTo: Date }[], at: Date, playedTo: Date): Date {
  let before: { at: number; to: number } | null = null;
  for (const one of times) {
    const next: { at: number; to: number } = {
      at: one.at.getTime(),
      to: Math.max(one.playedTo.getTime(), before?.to ?? Number.NEGATIVE_INFINITY),
    };
    if (next.at >= at.getTime()) {
      if (!before || next.at <= before.at) return new Date(next.to);
      const share = (at.getTime() - before.at) / (next.at - before.at);
      return new Date(before.to + share * (next.to - before.to));
    }
    before = next;
  }
  return playedTo;
}
