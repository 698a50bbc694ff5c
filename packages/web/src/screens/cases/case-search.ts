/** The address of the queue: which cases, in what order. The page of a case takes it along, and goes on from it. */
import type { CallOf, listCases } from '@groundswell/contract';

export const GROUPS = ['live', 'open', 'waiting', 'resolved', 'ended'] as const;
export type Group = (typeof GROUPS)[number];
export const WHOSE = ['all', 'me', 'nobody', 'team'] as const;
export type Whose = (typeof WHOSE)[number];
export const SORTS = ['urgent', 'due', 'changed', 'opened'] as const;
export type SortBy = (typeof SORTS)[number];

export interface CaseSearch {
  q?: string | undefined;
  group?: Group | undefined;
  owner?: 'me' | 'nobody' | undefined;
  /** `mine`, or the id of one. */
  team?: string | undefined;
  sort?: SortBy | undefined;
  order?: 'asc' | undefined;
}

const TEAM = /^(?:mine|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const wordIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;

/** Takes from an address what it understands and leaves the rest: an old link must still open. */
export function readCaseSearch(address: Record<string, unknown>): CaseSearch {
  return {
    q: wordIn(address.q),
    group: GROUPS.find((one) => one === address.group),
    owner: (['me', 'nobody'] as const).find((one) => one === address.owner),
    team: typeof address.team === 'string' && TEAM.test(address.team) ? address.team : undefined,
    sort: SORTS.find((one) => one === address.sort),
    order: address.order === 'asc' ? 'asc' : undefined,
  };
}

export const whoseOf = ({ owner, team }: CaseSearch): Whose => owner ?? (team === 'mine' ? 'team' : 'all');

export const withWhose = (search: CaseSearch, whose: Whose): CaseSearch => ({
  ...search,
  owner: whose === 'me' || whose === 'nobody' ? whose : undefined,
  team: whose === 'team' ? 'mine' : undefined,
});

type Query = NonNullable<CallOf<typeof listCases>['query']>;

/** What the server is asked: only what differs from its own choice. */
export const queryOf = (search: CaseSearch): Query =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Query;

/** The queue as the page of a case takes it along. */
export const wordOf = (search: CaseSearch): string =>
  new URLSearchParams(queryOf(search) as Record<string, string>).toString();
