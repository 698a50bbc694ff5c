/** What was decided stands on the screen at once, and goes back if the answer is no. */
import type { IssueRow } from '@groundswell/contract';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { HOME, ISSUES } from './issue-keys.ts';

/** Of a row, as far as a decision changes it. What it may be next, only the server knows. */
export type IssuePatch = Partial<
  Pick<IssueRow, 'state' | 'title' | 'renamed' | 'version' | 'can' | 'changedAt' | 'news' | 'unread' | 'following'>
>;

type Shown =
  | IssueRow
  | { emerging: IssueRow[]; working: IssueRow[] }
  | InfiniteData<{ issues: IssueRow[] }>
  | undefined;

/** Wherever it is shown: in lists, on home, on its page. Returns how to take it back. */
export async function patchIssue(client: QueryClient, id: string, patch: IssuePatch): Promise<() => void> {
  await Promise.all([ISSUES, HOME].map((queryKey) => client.cancelQueries({ queryKey }))); // an older answer comes too late
  const before = [ISSUES, HOME].flatMap((queryKey) => client.getQueriesData<Shown>({ queryKey }));
  for (const [key, shown] of before) client.setQueryData<Shown>(key, patched(shown, id, patch));
  return () => {
    for (const [key, shown] of before) client.setQueryData(key, shown);
  };
}

/** What concerns this reader alone: shown at once, and nothing that is under way is given up for it. */
export function showAs(client: QueryClient, ids: readonly string[], patch: IssuePatch): void {
  for (const [key, shown] of [ISSUES, HOME].flatMap((queryKey) => client.getQueriesData<Shown>({ queryKey }))) {
    client.setQueryData<Shown>(
      key,
      ids.reduce((next, id) => patched(next, id, patch), shown),
    );
  }
}

/** Other answers hang below the same word; what has no issue in a shape that is known stays as it is. */
function patched(shown: Shown, id: string, patch: IssuePatch): Shown {
  if (typeof shown !== 'object' || shown === null) return shown;
  const one = <R extends IssueRow>(row: R): R => (row.id === id ? { ...row, ...patch } : row);
  if ('pages' in shown) {
    const patchedPage = <P extends { issues?: IssueRow[] }>(page: P): P =>
      page.issues ? { ...page, issues: page.issues.map(one) } : page;
    return { ...shown, pages: shown.pages.map(patchedPage) };
  }
  if ('emerging' in shown) return { ...shown, emerging: shown.emerging.map(one), working: shown.working.map(one) };
  return 'state' in shown ? one(shown) : shown;
}

const own = new Set<string>();
export const noteOwn = (id: string): void => void own.add(id);
/** Decided here, on this page: its reader knows where it went. */
export const isOwn = (id: string): boolean => own.has(id);
