/** How grave many issues are, by the same rules as on the page of each: what people said, else what the table says. */
import { type IssueRow, proposeSeverity, type Severity } from '@groundswell/contract';
import { activeOnEach } from '../background/index.ts';
import type { Db } from '../platform/db.ts';
import { loadRules } from './impact.store.ts';
import { contactOf, growthOf } from './impact.ts';
import { type Stand, standsOf } from './issue.stand.ts';
import { countTwoDaysEach, everyIssue, type Graves, toldOf } from './severity.store.ts';

export type Grave = IssueRow['severity'];

const AT_ONCE = 5_000;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** In the order of the stands. */
export async function severitiesOf(db: Db, stands: readonly Stand[]): Promise<Grave[]> {
  if (stands.length === 0) return [];
  const told = await toldOf(
    db,
    stands.map(({ issue }) => issue.id),
  );
  const days = await countTwoDaysEach(
    db,
    stands.map(({ issue, until }) => ({ topicId: issue.topicId, until })),
  );
  const active = await activeOnEach(
    db,
    stands.map(({ issue, until }) => ({
      compartment: issue.compartment,
      from: dayOf(issue.onsetAt),
      to: dayOf(until),
    })),
  );
  const { rules } = await loadRules(db);
  return stands.map(({ issue, trend }, i): Grave => {
    const { harm = null, severity = null } = told.get(issue.id) ?? {};
    if (severity !== null) return { is: severity, said: true };
    const contact = contactOf(issue.people ?? 0, active[i]!);
    const growth = growthOf(days[i]!);
    const known = { people: issue.people, per1000: contact?.per1000 ?? null, growth, over: trend === 'over', harm };
    return { is: proposeSeverity(known, rules).severity, said: false };
  });
}

/** All of them at once: what a list can be sorted and narrowed down by only together. */
export async function gravesOf(db: Db, now: Date): Promise<Graves> {
  const issues = await everyIssue(db);
  const graves = new Map<string, Severity>();
  for (let from = 0; from < issues.length; from += AT_ONCE) {
    const some = issues.slice(from, from + AT_ONCE);
    const severities = await severitiesOf(db, await standsOf(db, some, now));
    for (const [i, { id }] of some.entries()) graves.set(id, severities[i]!.is);
  }
  return graves;
}
