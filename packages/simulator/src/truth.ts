/** What is true of a world and nobody in it is told: what was planted, whom it hurt, what caused and what ended it. */
import { causeIdOf, fixIdOf } from './changes.ts';
import type { Handling, Harm } from './handling.ts';
import type { Incident } from './incident.ts';
import { HOUR_MS } from './plan.ts';
import type { FaultKind } from './process-faults.ts';
import type { Course } from './recipes.ts';
import type { World } from './world.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** One incident with everything that can be judged: who was hurt, who of them wrote, what the fix did. */
export interface IncidentTruth {
  readonly id: string;
  readonly kind: Incident['kind'];
  readonly story: string;
  readonly what: string;
  readonly confidential: boolean;
  readonly onset: string;
  readonly firstSignal: string | null;
  readonly lastSignal: string | null;
  readonly signals: number;
  readonly slice: Readonly<Record<string, string>>;
  /** In the change log; null where nothing of ours caused it. */
  readonly cause: string | null;
  readonly fix: FixTruth | null;
  readonly affected: number;
  readonly affectedByTier: Readonly<Record<string, number>>;
  readonly affectedByCountry: Readonly<Record<string, number>>;
  /** People of the cohort who wrote, by tier. */
  readonly wrote: number;
  readonly wroteByTier: Readonly<Record<string, number>>;
  /** Signals of people who only thought that they had the same. */
  readonly mistaken: number;
}

interface FixTruth {
  readonly at: string;
  /** The entry of the change log. */
  readonly change: string | null;
  readonly effect: 'works' | 'works_in_part' | 'does_nothing' | 'works_and_returns';
  /** Of the rate before it, what is left once it has taken hold. */
  readonly left: number;
  readonly returnsAt: string | null;
  /** Signals per hour in the day before it, and in the day that begins a day after it; null where the world ends before. */
  readonly perHourBefore: number;
  readonly perHourAfter: number | null;
}

/** What a fault of the process did: the cases that it struck, and what each of them lost. */
export interface FaultTruth {
  readonly kind: FaultKind;
  readonly what: string;
  readonly name: string | null;
  readonly from: string;
  readonly queues: readonly string[];
  readonly labels: readonly string[];
  readonly cases: readonly string[];
  readonly extraHours: number;
  readonly medianExtraHours: number | null;
  readonly extraEvents: number;
}

/** Counts what the faults did while cases go by. */
export class FaultTally {
  readonly #struck = new Map<FaultKind, { caseId: string; extraMs: number; extraEvents: number }[]>();

  add(caseId: string, harms: readonly Harm[]): void {
    for (const { fault, extraMs, extraEvents } of harms) {
      const cases = this.#struck.get(fault) ?? [];
      cases.push({ caseId, extraMs, extraEvents });
      this.#struck.set(fault, cases);
    }
  }

  truth({ faults }: Handling): FaultTruth[] {
    return faults.map(({ from, kind, what, name, queues, labels }) => {
      const cases = this.#struck.get(kind) ?? [];
      const hours = cases.map(({ extraMs }) => extraMs / HOUR_MS).sort((a, b) => a - b);
      return {
        ...{ kind, what, name, from: iso(from), queues, labels },
        cases: cases.map(({ caseId }) => caseId),
        extraHours: rounded(hours.reduce((sum, one) => sum + one, 0)),
        medianExtraHours: hours.length === 0 ? null : rounded(hours[hours.length >> 1]!),
        extraEvents: cases.reduce((sum, { extraEvents }) => sum + extraEvents, 0),
      };
    });
  }
}

const rounded = (n: number): number => Math.round(n * 100) / 100;

/**
 * The truth of a world as one object. Labels and cohorts are rows of their own: a million do not fit in one.
 * @param faults from `FaultTally`, after all cases went by
 * @example
 * truthOf(world, []).incidents[0]!.affected; // many more than wrote
 */
export function truthOf(world: World, faults: readonly FaultTruth[]) {
  const { seed, start, end, days, signalsPerDay, incidents, floods, spam } = world;
  return {
    world: { seed, start: iso(start), end: iso(end), days, signalsPerDay },
    incidents: incidents.filter(({ story }) => story !== '').map((incident) => incidentTruth(world, incident)),
    confounders: {
      mixShifts: incidents
        .filter(({ story }) => story === '')
        .map(({ id, what, onset, course, slice }) => ({
          ...{ id, what, slice, from: iso(onset), to: iso(Math.min(end, onset + course.hours * HOUR_MS)) },
          cause: causeIdOf(world, incidents.find((one) => one.id === id)!),
        })),
      floods: floods.map(({ from, to, times }) => ({ from: iso(from), to: iso(to), times })),
      spam: spam.map(({ id, kind, letters }) => ({
        ...{ id, kind, signals: letters.length, authors: new Set(letters.map(({ person }) => person.id)).size },
        from: iso(letters[0]!.at),
        to: iso(letters.at(-1)!.at),
      })),
    },
    processFaults: faults,
  };
}

export type WorldTruth = ReturnType<typeof truthOf>;

function incidentTruth(world: World, incident: Incident): IncidentTruth {
  const { id, kind, story, what, confidential, onset, letters, slice, cohort } = incident;
  const hurt = new Set(cohort.map((person) => person.id));
  const writers = new Set(letters.map(({ person }) => person.id));
  const wrote = cohort.filter((person) => writers.has(person.id));
  return {
    ...{ id, kind, story, what, confidential, onset: iso(onset) },
    firstSignal: letters[0] ? iso(letters[0].at) : null,
    lastSignal: letters.length > 0 ? iso(letters.at(-1)!.at) : null,
    signals: letters.length,
    slice,
    cause: causeIdOf(world, incident),
    fix: fixTruth(world, incident),
    affected: cohort.length,
    affectedByTier: countsOf(cohort.map(({ tier }) => tier)),
    affectedByCountry: countsOf(cohort.map(({ country }) => country.code)),
    wrote: wrote.length,
    wroteByTier: countsOf(wrote.map(({ tier }) => tier)),
    mistaken: letters.filter(({ person }) => !hurt.has(person.id)).length,
  };
}

function countsOf(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of [...values].sort()) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const DAY = 24;
function fixTruth(world: World, incident: Incident): FixTruth | null {
  const { onset, course, fixedAt, letters } = incident;
  if (fixedAt === null || fixedAt >= world.end) return null;
  const perHour = (from: number): number =>
    rounded(letters.filter(({ at }) => at >= from && at < from + DAY * HOUR_MS).length / DAY);
  const settled = fixedAt + DAY * HOUR_MS;
  const returnsAt = course.shape === 'returns' ? onset + course.backAfter * HOUR_MS : null;
  return {
    at: iso(fixedAt),
    change: fixIdOf(world, incident),
    ...effectOf(course),
    returnsAt: returnsAt !== null && returnsAt < world.end ? iso(returnsAt) : null,
    perHourBefore: perHour(fixedAt - DAY * HOUR_MS),
    perHourAfter: settled + DAY * HOUR_MS <= world.end ? perHour(settled) : null,
  };
}

function effectOf(course: Course): Pick<FixTruth, 'effect' | 'left'> {
  if (course.shape === 'returns') return { effect: 'works_and_returns', left: 0 };
  if (course.shape !== 'until_fixed') return { effect: 'does_nothing', left: 1 };
  return { effect: course.left === 0 ? 'works' : 'works_in_part', left: course.left };
}

/** One row for each person hurt by an incident. */
export interface CohortRow {
  readonly incident: string;
  readonly person: string;
  readonly tier: string;
  readonly country: string;
  /** How many signals came of it. */
  readonly wrote: number;
}

/** Everybody who was hurt, incident by incident. */
export function* cohortsOf({ incidents }: World): Generator<CohortRow> {
  for (const { id, cohort, letters } of incidents) {
    const wrote = new Map<string, number>();
    for (const { person } of letters) wrote.set(person.id, (wrote.get(person.id) ?? 0) + 1);
    for (const { id: person, tier, country } of cohort)
      yield { incident: id, person, tier, country: country.code, wrote: wrote.get(person) ?? 0 };
  }
}
