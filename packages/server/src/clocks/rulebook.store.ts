/** What holds today, as the core wants it: policies, laws, and calendars ready to count with. */
import {
  type Calendar,
  type CalendarOf,
  compileCalendar,
  type Policy,
  type Reference,
  type Rulebook,
} from '@groundswell/analytics';
import type { Db } from '../platform/db.ts';
import { legalLines } from './legal.store.ts';
import { lawPolicy } from './promise.ts';
import { calendarVersions, newestCalendars, newestPolicies, type PolicyRow } from './rule.store.ts';

/** By the key of a version, which no other database has: versions never change, so one that was compiled stays right. */
const compiled = new Map<string, Calendar>();
/** Of one with 5,000 holidays about a megabyte. */
const COMPILED_MAX = 200;

const nameOf = ({ id, version }: Reference): string => `${id}@${version}`;

/** Ready for these versions, and for no others. */
export async function calendarsFor(db: Db, wanted: readonly Reference[]): Promise<CalendarOf> {
  const byName = new Map<string, Calendar>();
  const distinct = new Map(wanted.map((one) => [nameOf(one), one]));
  const known = new Map(compiled); // another request may make room meanwhile
  for (const { key, spec, ...reference } of await calendarVersions(db, [...distinct.values()], [...known.keys()])) {
    const calendar = known.get(key) ?? compileCalendar(spec!);
    if (!compiled.has(key) && compiled.size >= COMPILED_MAX) compiled.clear();
    compiled.set(key, calendar);
    byName.set(nameOf(reference), calendar);
  }
  return (reference) => {
    const found = byName.get(nameOf(reference));
    if (!found) throw new RangeError(`a clock is counted by calendar ${nameOf(reference)}, which does not exist`);
    return found;
  };
}

/** With where each policy of the house stands: a draft is put in between. */
export type HouseRules = Rulebook & { readonly places: Readonly<Record<string, number>> };

/** `pinned`: versions that clocks at hand point to, newest or not. */
export async function loadRulebook(db: Db, pinned: readonly Reference[]): Promise<HouseRules> {
  const policies = await newestPolicies(db);
  const calendars = await newestCalendars(db);
  const laws = await legalLines(db, undefined);
  return {
    policies: [...policies.map(policyOf), ...laws.flatMap(lawPolicy)],
    calendars: Object.fromEntries(calendars.map(({ id, version }) => [id, version])),
    teams: Object.fromEntries([
      ...calendars.flatMap(({ id, forAll }) => (forAll ? [['', id]] : [])),
      ...calendars.flatMap(({ id, teams }) => teams.map((team) => [team, id])),
    ]),
    calendarOf: await calendarsFor(db, [...calendars, ...pinned]),
    places: Object.fromEntries(policies.map(({ id, place }) => [id, place])),
  };
}

export function policyOf({ id, version, spec }: Pick<PolicyRow, 'id' | 'version' | 'spec'>): Policy {
  return {
    ...{ id, version, track: 'house', when: spec.when, targets: spec.targets },
    ...(spec.from !== null && { from: Date.parse(spec.from) }),
    ...(spec.until !== null && { until: Date.parse(spec.until) }),
  };
}
