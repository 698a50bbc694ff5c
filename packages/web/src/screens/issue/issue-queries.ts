/** One issue, and the name people give it. Moves are shared with the list and live in `api`. */
import { type IssueDetail, readIssue, readSignal, renameIssue } from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { HOME, ISSUES } from '../../api/issue-moves.ts';

export const oneIssue = (id: string) =>
  queryOptions({
    queryKey: [...ISSUES, 'one', id],
    queryFn: () => call(readIssue, { params: { id } }),
    refetchInterval: 10_000, // a colleague's decision must be seen before it is made twice
  });

export function useRenameIssue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ issue, title }: { issue: Pick<IssueDetail, 'id' | 'version'>; title: string }) =>
      call(renameIssue, { params: { id: issue.id }, body: { version: issue.version, title } }),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]),
  });
}

export async function revealText(id: string): Promise<string | null> {
  return (await call(readSignal, { params: { id }, query: { reveal: 'true' } })).text;
}
