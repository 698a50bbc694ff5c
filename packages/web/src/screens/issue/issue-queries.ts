/** One issue. What is decided about it is shared with the list and lives in `api`. */
import { readIssue, readSignal } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { ISSUES } from '../../api/issue-keys.ts';
import { liveInterval } from '../../api/liveness.ts';

export const oneIssue = (id: string) =>
  queryOptions({
    queryKey: [...ISSUES, 'one', id],
    queryFn: () => call(readIssue, { params: { id } }),
    refetchInterval: liveInterval(10_000), // a colleague's decision must be seen before it is made twice
  });

export async function revealText(id: string): Promise<string | null> {
  return (await call(readSignal, { params: { id }, query: { reveal: 'true' } })).text;
}
