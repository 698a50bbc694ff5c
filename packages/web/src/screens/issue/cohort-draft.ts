/** What is written into the form of everybody who was hurt, and what it says. Pure but for the ids of its rows. */
import type { IssueImpact } from '@groundswell/contract';
import type { SaidCohort } from './impact-queries.ts';

export interface SegmentDraft {
  readonly id: string;
  readonly segment: string;
  readonly people: string;
}

export interface CohortDraft {
  readonly segments: readonly SegmentDraft[];
  readonly endedOn: string;
  readonly source: string;
}

/** What is known already; else a row for each tier that wrote in. */
export function draftOf({ cohort, tiers }: Pick<IssueImpact, 'cohort' | 'tiers'>): CohortDraft {
  const rows = cohort
    ? cohort.segments.map(({ segment, people }) => ({ segment, people: String(people) }))
    : tiers.map(({ value }) => ({ segment: value ?? '', people: '' }));
  const segments = (rows.length > 0 ? rows : [{ segment: '', people: '' }]).map((row, i) => ({
    id: `row ${i}`,
    ...row,
  }));
  return { segments, endedOn: cohort?.endedOn ?? '', source: cohort?.source ?? '' };
}

const WHOLE = /^[1-9]\d{0,9}$/;

/** Null while something is missing. Rows without a number are left out; a number may be written in groups. */
export function cohortOf({ segments, endedOn, source }: CohortDraft): NonNullable<SaidCohort> | null {
  const filled = segments
    .map(({ segment, people }) => ({ segment: segment.trim(), people: people.replaceAll(/[\s.,'’]/g, '') }))
    .filter(({ people }) => people !== '');
  const said = filled.length > 0 && filled.every(({ people }) => WHOLE.test(people));
  if (!said || endedOn === '' || source.trim() === '') return null;
  return {
    segments: filled.map(({ segment, people }) => ({ segment, people: Number(people) })),
    endedOn,
    source: source.trim(),
  };
}
