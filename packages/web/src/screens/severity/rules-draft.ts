/** Rules of severity as they stand in a form: numbers as they are typed, and what is wrong with them. Pure. */
import { IMPACTS, type ImpactLevel, type SeverityRules, URGENCIES, type Urgency } from '@groundswell/contract';

export const STEPS = ['wide', 'many', 'some'] as const;
export const MEASURES = ['people', 'per1000'] as const;
export type Measure = (typeof MEASURES)[number];
type Three = readonly [string, string, string];

export interface RulesDraft {
  readonly people: Three;
  readonly per1000: Three;
  readonly table: SeverityRules['table'];
}

const typed = ([wide, many, some]: SeverityRules['people']): Three => [String(wide), String(many), String(some)];

export const draftOf = ({ people, per1000, table }: SeverityRules): RulesDraft => ({
  people: typed(people),
  per1000: typed(per1000),
  table,
});

const NUMBER = /^\d{1,12}(?:[.,]\d{1,6})?$/;

/** A comma is a point to many. Null for what is no number above nothing. */
function numberOf(said: string): number | null {
  const plain = said.trim().replaceAll(/[\s_']/g, '');
  if (!NUMBER.test(plain)) return null;
  const value = Number(plain.replace(',', '.'));
  return value > 0 ? value : null;
}

/** What keeps steps from being kept: one that is no number, or one that is not below the step before it. */
export type Trouble = 'no_number' | 'not_lower';

/** By step, null where it is as it should be. */
export function troublesOf(steps: Three): (Trouble | null)[] {
  const numbers = steps.map(numberOf);
  return numbers.map((value, i) => {
    if (value === null) return 'no_number';
    const above = i > 0 ? numbers[i - 1] : null;
    return above != null && value >= above ? 'not_lower' : null;
  });
}

/** Null while something is wrong. */
export function rulesOf({ people, per1000, table }: RulesDraft): SeverityRules | null {
  if ([...troublesOf(people), ...troublesOf(per1000)].some((trouble) => trouble !== null)) return null;
  const numbers = (steps: Three) => steps.map((step) => numberOf(step)!) as SeverityRules['people'];
  return { people: numbers(people), per1000: numbers(per1000), table };
}

export interface Cell {
  readonly impact: ImpactLevel;
  readonly urgency: Urgency;
}

/** Where fewer people, or a calmer course, would count as graver: allowed, and hardly meant. */
export function oddCells(table: SeverityRules['table']): Cell[] {
  const cells = IMPACTS.flatMap((impact) => URGENCIES.map((urgency) => ({ impact, urgency })));
  return cells.filter(({ impact, urgency }) => {
    const here = table[impact][urgency];
    const above = IMPACTS[IMPACTS.indexOf(impact) - 1];
    const before = URGENCIES[URGENCIES.indexOf(urgency) - 1];
    return (above && table[above][urgency] > here) || (before && table[impact][before] > here);
  });
}

export const isSame = (a: SeverityRules, b: SeverityRules): boolean =>
  MEASURES.every((measure) => a[measure].every((value, i) => value === b[measure][i])) &&
  IMPACTS.every((impact) => URGENCIES.every((urgency) => a.table[impact][urgency] === b.table[impact][urgency]));
