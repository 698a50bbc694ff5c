/** What a list of issues can be narrowed down by, with how many there would be of each. */
import { type IssueFacet, leavesOf, parseQuery, type QueryNote, type Why, withoutField } from '@groundswell/contract';
import type { Db } from '../platform/db.ts';
import { askLabelled } from '../signals/index.ts';
import {
  countCompartments,
  countGraves,
  countMarks,
  countOwners,
  countStates,
  countTeams,
} from './issue.facet.store.ts';
import { keyOf } from './issue.key.ts';
import { conditionOf, type IssueQuery, statesIn } from './issue.list.store.ts';
import { issuesAsked } from './issue.query.store.ts';
import { type Issue, titleOf } from './issue.ts';
import { MARKS, type Marked, markedAs } from './news.store.ts';
import type { Graves } from './severity.store.ts';
import { gravesOf } from './severity.view.ts';
import { ISSUES_ABOVE } from './tags.ts';

/** Found out once for all counts of a list. */
interface Known {
  readonly marked: Marked;
  /** Only where a list is sorted or narrowed down by it. */
  readonly graves?: Graves;
}

export type Asked = Awaited<ReturnType<typeof askLabelled>> & Known;

/** How grave each issue is, if that is asked for at all: it takes all of them to know. */
export async function gravesFor(
  db: Db,
  { q = '', sort, group, state }: Partial<Pick<IssueQuery, 'q' | 'sort' | 'group' | 'state'>>,
  now: Date,
): Promise<Graves | undefined> {
  const asked = leavesOf(parseQuery(q).tree).some(({ node }) => node.type === 'field' && node.name === 'severity');
  if (asked) return gravesOf(db, now); // how many there are in other groups is counted too
  return sort === 'severity' ? gravesOf(db, now, statesIn({ group: group ?? 'all', state })) : undefined;
}

/** What the words of a list ask for; undefined where they ask for nothing. */
export async function askIssues(db: Db, q: string | undefined, known: Partial<Known> = {}): Promise<Asked | undefined> {
  if (q === undefined || q.trim() === '') return undefined;
  const marked = known.marked ?? (await marksIn(db, q));
  const { graves } = known;
  const of = issuesAsked(marked, graves);
  return { ...(await askLabelled(db, q, ISSUES_ABOVE, { kind: 'issues', of })), marked, ...(graves && { graves }) };
}

/** Which issues bear the marks that a query names. */
async function marksIn(db: Db, q: string): Promise<Marked> {
  const said = new Set(
    leavesOf(parseQuery(q).tree).flatMap(({ node }) =>
      node.type === 'field' && node.name === 'is'
        ? node.any.flatMap((test) => (test.is === 'value' ? [test.text.toLowerCase()] : []))
        : [],
    ),
  );
  const marked: { -readonly [mark in keyof Marked]: Marked[mark] } = {};
  for (const mark of MARKS) if (said.has(mark)) marked[mark] = await markedAs(db, mark);
  return marked;
}

export const showNotes = (asked: Asked | undefined) =>
  (asked?.notes ?? []).map((note: QueryNote) => ({ ...note, at: [...note.at] as [number, number] }));

export function whyFound(asked: Asked, issue: Issue): Why {
  return asked.why([
    ['key', keyOf(issue)],
    ['title', titleOf(issue)],
  ]);
}

/**
 * Values of a field are counted as if nothing were asked of it, so that another one can be chosen beside it. What an issue
 * is to its reader narrows down further each time.
 */
export async function facetsOf(
  db: Db,
  query: IssueQuery,
  asked: Asked | undefined,
  graves: Graves | undefined,
): Promise<IssueFacet[]> {
  const { q = '' } = query;
  const under = async (field: string) => {
    const rest = withoutField(q, field);
    return conditionOf({
      ...query,
      asked: rest === q.trim() ? asked : await askIssues(db, rest, { ...asked, ...(graves && { graves }) }),
    });
  };
  const owned = await under('owner');
  const compartments = await countCompartments(db, await under('compartment'));
  return [
    { name: 'is', values: await countMarks(db, conditionOf({ ...query, asked }), asked?.marked ?? {}) },
    { name: 'owner', values: await countOwners(db, owned) },
    { name: 'team', values: await countTeams(db, owned) },
    { name: 'state', values: await countStates(db, await under('state')) },
    ...(graves ? [{ name: 'severity' as const, values: await countGraves(db, await under('severity'), graves) }] : []),
    ...(compartments.length > 1 ? [{ name: 'compartment' as const, values: compartments }] : []),
  ];
}
