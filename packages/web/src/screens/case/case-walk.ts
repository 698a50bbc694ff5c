/** On to the next case of the queue that one came from: the order is that of the list, asked from the same address. */
import { type CallOf, type CaseRow, listCases } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { type Step, stepAt } from '../../api/issue-walk.ts';

const WALKED_MAX = 200;

/** What the list endpoint understands of the search of a queue; the rest is the queue's own, such as an open panel. */
const ASKED: ReadonlySet<string> = new Set([
  ...[
    'q',
    'group',
    'state',
    'kind',
    'priority',
    'waitingFor',
    'harm',
    'requester',
    'language',
    'region',
    'compartment',
  ],
  ...['owner', 'team', 'watching', 'overridden', 'issue', 'person', 'openedFrom', 'openedTo', 'sort', 'order'],
]);

export function queryOfQueue(from: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(from.replace(/^\?/, ''))) {
    if (!ASKED.has(name) || value === '') continue;
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return query;
}

type ListQuery = NonNullable<CallOf<typeof listCases>['query']>;

/** Not below the key of cases: an act changes the queue, and who goes through it must not lose their place. */
export const caseWalk = (from: string | undefined) =>
  queryOptions({
    queryKey: ['case-walk', from ?? ''],
    queryFn: async () => {
      // words of an address: what is none of theirs, the server refuses
      const query = { ...queryOfQueue(from!), limit: WALKED_MAX } as ListQuery;
      return (await call(listCases, { query })).cases.map(({ id, reference }) => ({ id, reference }));
    },
    enabled: from !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const stepIn = (order: readonly Pick<CaseRow, 'id' | 'reference'>[], id: string): Step | null => {
  const here = order.find((one) => one.id === id)?.reference;
  return here === undefined
    ? null
    : stepAt(
        order.map(({ reference }) => reference),
        here,
      );
};

export const casePath = (reference: string, from: string | undefined): string =>
  `/cases/${encodeURIComponent(reference)}${from ? `?from=${encodeURIComponent(from)}` : ''}`;
