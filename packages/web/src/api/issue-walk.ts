/** Going through a list issue by issue: which list it was stands in the address, and its order stays while one goes. */
import { listIssues } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
import { type IssueSearch, queryOf, readIssueSearch, stretchesOf } from './issue-search.ts';

/** The list as one word for an address. */
export function wordOf(search: IssueSearch): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined) words.set(name, String(value));
  return words.toString() || 'group=open';
}

export const listOf = (word: string): IssueSearch => readIssueSearch(Object.fromEntries(new URLSearchParams(word)));

export const issuePath = (key: string, word: string | undefined): string =>
  `/issues/${encodeURIComponent(key)}${word ? `?list=${encodeURIComponent(word)}` : ''}`;

/** Not below the key of issues: a decision changes the list, and who goes through it must not lose their place. */
export const walkKey = (word: string) => ['walk', word] as const;

const WALKED_MAX = 200;

/** The keys of its issues in the order in which the table shows them. The list itself leaves them here when one opens a row. */
export const walk = (word: string | undefined) =>
  queryOptions({
    queryKey: walkKey(word ?? ''),
    queryFn: async () => {
      const { issues } = await call(listIssues, { query: { ...queryOf(listOf(word!)), limit: WALKED_MAX } });
      return orderOf(issues);
    },
    enabled: word !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });

type Row = Parameters<typeof stretchesOf>[0][number] & { key: string };

export const orderOf = (rows: readonly Row[]): readonly string[] =>
  stretchesOf(rows).flatMap(({ rows: own }) => own.map(({ key }) => key));

export interface Step {
  /** From 1. */
  readonly at: number;
  readonly of: number;
  readonly back: string | null;
  readonly next: string | null;
}

/** Null where the issue is not in that list. */
export function stepAt(order: readonly string[], key: string): Step | null {
  const at = order.indexOf(key);
  if (at < 0) return null;
  return { at: at + 1, of: order.length, back: order[at - 1] ?? null, next: order[at + 1] ?? null };
}
