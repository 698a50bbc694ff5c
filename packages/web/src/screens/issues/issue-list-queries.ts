/** The list of issues and the one setting of detection. */
import { changeDetection, listIssues, readDetection } from '@groundswell/contract';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { ISSUES } from '../../api/issue-keys.ts';
import { type IssueSearch, queryOf } from '../../api/issue-search.ts';
import { liveInterval } from '../../api/liveness.ts';

export const issueList = (search: IssueSearch) => {
  const query = queryOf(search);
  return infiniteQueryOptions({
    queryKey: [...ISSUES, 'list', query],
    queryFn: ({ pageParam }) => call(listIssues, { query: { ...query, after: pageParam, limit: 100 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: liveInterval(10_000),
  });
};

const DETECTION = ['detection'] as const;

export const detection = () =>
  queryOptions({ queryKey: DETECTION, queryFn: () => call(readDetection, {}), refetchInterval: liveInterval(15_000) });

export function useChangeDetection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ compartment, falseAlertsPerWeek }: { compartment: string; falseAlertsPerWeek: number }) =>
      call(changeDetection, { params: { compartment }, body: { falseAlertsPerWeek } }),
    onSuccess: () => client.invalidateQueries({ queryKey: DETECTION }),
  });
}
