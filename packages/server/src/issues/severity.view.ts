/** How grave many issues are, by the same rules as on the page of each: what people said, else what the table says. */
import {
  type Impact,
  type IssueRow,
  type previewSeverityRules,
  proposeSeverity,
  type ReplyOf,
  type Severity,
  type SeverityRules,
} from '@groundswell/contract';
import { activeOnEach } from '../background/index.ts';
import type { Db } from '../platform/db.ts';
import { loadRules } from './impact.store.ts';
import { contactOf, growthOf } from './impact.ts';
import { keyOf } from './issue.key.ts';
import { type Stand, standsOf } from './issue.stand.ts';
import { GROUPS, type Issue, titleOf } from './issue.ts';
import { countTwoDaysEach, everyIssue, type Graves, toldOf } from './severity.store.ts';

export type Grave = IssueRow['severity'];

const OPEN = [...GROUPS.emerging, ...GROUPS.working];
const AT_ONCE = 5_000;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

interface Known {
  readonly impact: Impact;
  /** What a person said. */
  readonly said: Severity | null;
}

/** What is known of each, in the order of the stands. */
async function knownOf(db: Db, stands: readonly Stand[]): Promise<Known[]> {
  if (stands.length === 0) return [];
  const told = await toldOf(
    db,
    stands.map(({ issue }) => issue.id),
  );
  // what is over is falling, whatever its last two days were
  const going = stands.filter(({ trend }) => trend !== 'over');
  const counted = await countTwoDaysEach(
    db,
    going.map(({ issue, until }) => ({ topicId: issue.topicId, until })),
  );
  const days = new Map(going.map((stand, i) => [stand, counted[i]!]));
  const active = await activeOnEach(
    db,
    stands.map(({ issue, until }) => ({
      compartment: issue.compartment,
      from: dayOf(issue.onsetAt),
      to: dayOf(until),
    })),
  );
  return stands.map((stand, i): Known => {
    const { issue, trend } = stand;
    const two = days.get(stand);
    const { harm = null, severity: said = null } = told.get(issue.id) ?? {};
    const per1000 = contactOf(issue.people ?? 0, active[i]!)?.per1000 ?? null;
    const impact = { people: issue.people, per1000, growth: two ? growthOf(two) : null, over: trend === 'over', harm };
    return { impact, said };
  });
}

const graveBy =
  (rules: SeverityRules) =>
  ({ impact, said }: Known): Grave =>
    said === null ? { is: proposeSeverity(impact, rules).severity, said: false } : { is: said, said: true };

/** In the order of the stands. */
export async function severitiesOf(db: Db, stands: readonly Stand[]): Promise<Grave[]> {
  const known = await knownOf(db, stands);
  return known.map(graveBy((await loadRules(db)).rules));
}

const SHOWN = 20;

/** What other rules would make of the open issues that the reader may see. */
export async function previewRules(
  db: Db,
  rules: SeverityRules,
  now: Date,
): Promise<ReplyOf<typeof previewSeverityRules>> {
  const issues = await everyIssue(db, OPEN);
  const known = await knownOf(db, await standsOf(db, issues, now));
  const before = known.map(graveBy((await loadRules(db)).rules));
  const after = known.map(graveBy(rules));
  const changes = issues.flatMap((issue, i) => {
    const [from, to] = [before[i]!.is, after[i]!.is];
    return from === to ? [] : [{ id: issue.id, key: keyOf(issue), title: titleOf(issue), from, to }];
  });
  return {
    open: issues.length,
    said: known.filter(({ said }) => said !== null).length,
    changed: changes.length,
    issues: changes.sort((a, b) => a.to - b.to || b.from - a.from || a.key.localeCompare(b.key)).slice(0, SHOWN),
  };
}

/** All of these states at once, or of every state: what a list can be sorted and narrowed down by only together. */
export async function gravesOf(db: Db, now: Date, states?: readonly Issue['state'][]): Promise<Graves> {
  const issues = await everyIssue(db, states);
  const graves = new Map<string, Severity>();
  for (let from = 0; from < issues.length; from += AT_ONCE) {
    const some = issues.slice(from, from + AT_ONCE);
    const severities = await severitiesOf(db, await standsOf(db, some, now));
    for (const [i, { id }] of some.entries()) graves.set(id, severities[i]!.is);
  }
  return graves;
}
