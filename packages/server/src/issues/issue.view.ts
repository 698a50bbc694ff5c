/** Issues as lists show them: a page costs as many queries, however long it is. */
import type { IssueRow, SparkPoint } from '@groundswell/contract';
import { type Actor, namesOf } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import type { Alert, Point } from '../topics/index.ts';
import { countUnread } from './comment.store.ts';
import { keyOf } from './issue.key.ts';
import { standsOf } from './issue.stand.ts';
import { issuesById } from './issue.store.ts';
import { type Issue, openMoves, titleOf } from './issue.ts';
import { type Notice, noticesOf } from './news.store.ts';
import { severitiesOf } from './severity.view.ts';

export async function viewIssues(db: Db, actor: Actor, issues: readonly Issue[], now: Date): Promise<IssueRow[]> {
  const stands = await standsOf(db, issues, now);
  const severities = await severitiesOf(db, stands);
  const around = await readAround(db, actor, issues);
  return stands.map(({ issue, alert, points, trend }, i) => ({
    ...viewOf(issue, actor, around),
    severity: severities[i]!,
    surge: surgeOf(issue, alert, trend),
    spark: points.map(asSpark),
  }));
}

interface Around {
  readonly names: ReadonlyMap<string, string>;
  readonly kept: ReadonlyMap<string, Issue>;
  readonly unread: ReadonlyMap<string, number>;
  readonly notices: ReadonlyMap<string, Notice>;
}

/** Owners by name, what duplicates were merged into, and what this reader has not read yet. */
async function readAround(db: Db, actor: Actor, issues: readonly Issue[]): Promise<Around> {
  const names = await namesOf(
    db,
    issues.flatMap(({ ownerId }) => ownerId ?? []),
  );
  const kept = await issuesById(
    db,
    issues.flatMap(({ duplicateOf }) => duplicateOf ?? []),
  );
  const ids = issues.map(({ id }) => id);
  if (actor.kind !== 'person') return { names, kept, unread: new Map(), notices: new Map() };
  return { names, kept, unread: await countUnread(db, actor.id, ids), notices: await noticesOf(db, ids) };
}

const ownerOf = ({ ownerId }: Issue, names: ReadonlyMap<string, string>): IssueRow['owner'] =>
  ownerId === null ? null : { id: ownerId, name: names.get(ownerId) ?? '' };

function keptKey({ duplicateOf }: Issue, kept: ReadonlyMap<string, Issue>): string | null {
  const issue = duplicateOf === null ? undefined : kept.get(duplicateOf);
  return issue ? keyOf(issue) : null;
}

const openTo = ({ state, duplicateOf }: Issue): IssueRow['can'] =>
  duplicateOf === null ? [...openMoves(state), 'rename'] : ['rename'];

const viewOf = (issue: Issue, actor: Actor, around: Around): Omit<IssueRow, 'severity' | 'surge' | 'spark'> => ({
  id: issue.id,
  key: keyOf(issue),
  version: issue.version,
  compartment: issue.compartment,
  title: titleOf(issue),
  renamed: issue.title !== null,
  state: issue.state,
  historical: issue.historical,
  signals: issue.signals,
  people: issue.people,
  changedAt: issue.changedAt.toISOString(),
  owner: ownerOf(issue, around.names),
  duplicateOf: keptKey(issue, around.kept),
  unread: around.unread.get(issue.id) ?? 0,
  news: around.notices.get(issue.id)?.news ?? false,
  following: around.notices.get(issue.id)?.following ?? false,
  can: actor.can.has('issue.decide') ? openTo(issue) : [],
});

const surgeOf = (issue: Issue, alert: Alert, trend: IssueRow['surge']['trend']): IssueRow['surge'] => ({
  pattern: alert.pattern,
  onsetAt: alert.onsetAt.toISOString(),
  noticedAt: alert.at.toISOString(),
  observed: issue.observed,
  expected: issue.expected,
  low: alert.low,
  high: alert.high,
  ratio: issue.ratio,
  trend,
  slice: alert.slice && { ...alert.slice },
});

export const asSpark = ({ at, count, low, mean, high }: Point): SparkPoint => ({
  at: at.toISOString(),
  count,
  low,
  mean,
  high,
});
