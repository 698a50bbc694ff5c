/** The address of the issue list: which ones, in what order, as a table or a board. */
import type { CallOf, IssueState, listIssues } from '@groundswell/contract';

export const GROUPS = ['open', 'emerging', 'working', 'closed', 'all'] as const;
export const KINDS = ['all', 'live', 'history'] as const;
export const SORTS = ['noticed', 'onset', 'ratio', 'signals', 'people', 'severity', 'changed'] as const;
export type SortBy = (typeof SORTS)[number];

export interface IssueSearch {
  group?: (typeof GROUPS)[number];
  /** Found live, or while history was replayed. */
  kind?: (typeof KINDS)[number];
  q?: string;
  sort?: SortBy;
  order?: 'asc' | 'desc';
  view?: 'table' | 'board';
}

export function readIssueSearch(address: Record<string, unknown>): IssueSearch {
  return {
    group: GROUPS.find((one) => one === address.group),
    kind: KINDS.find((one) => one === address.kind),
    q: typeof address.q === 'string' && address.q !== '' ? address.q : undefined,
    sort: SORTS.find((one) => one === address.sort),
    order: (['asc', 'desc'] as const).find((one) => one === address.order),
    view: (['table', 'board'] as const).find((one) => one === address.view),
  };
}

type IssueQuery = NonNullable<CallOf<typeof listIssues>['query']>;

/** A board shows every state, whatever the table was narrowed to. */
export function queryOf({ group, kind, q, sort, order, view }: IssueSearch): IssueQuery {
  return {
    group: view === 'board' ? 'all' : (group ?? 'open'),
    historical: kind === 'live' ? 'false' : kind === 'history' ? 'true' : undefined,
    q,
    sort: sort ?? 'noticed',
    order: order ?? 'desc',
  };
}

/** The stretches of the table, in the order of what a person must look at. */
const STRETCHES = [
  { name: 'emerging', states: ['suspected'], historical: false },
  { name: 'cameBack', states: ['regressed', 'not_verified'], historical: null },
  { name: 'working', states: ['confirmed', 'investigating', 'fixing'], historical: null },
  { name: 'verifying', states: ['verifying'], historical: null },
  { name: 'past', states: ['suspected'], historical: true },
  { name: 'closed', states: ['verified', 'duplicate', 'dismissed', 'risk_accepted'], historical: null },
] as const satisfies readonly { name: string; states: readonly IssueState[]; historical: boolean | null }[];

export type Stretch = (typeof STRETCHES)[number];

/** What decides in which stretch or column a row stands: of the row, or of the row as it came in. */
export interface Stands {
  readonly state: IssueState;
  readonly historical: boolean;
}

/** The rows of each stretch; stretches without rows are left out. */
export function stretchesOf<R extends Stands>(
  rows: readonly R[],
  standsAt: (row: R) => Stands = (row) => row,
): { stretch: Stretch; rows: R[] }[] {
  return STRETCHES.map((stretch) => ({
    stretch,
    rows: rows.filter((row) => {
      const { state, historical } = standsAt(row);
      const isIn = (stretch.states as readonly IssueState[]).includes(state);
      return isIn && (stretch.historical === null || stretch.historical === historical);
    }),
  })).filter(({ rows: own }) => own.length > 0);
}
