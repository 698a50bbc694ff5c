/** What home reads: one answer, asked again every few seconds. */
import { readHome } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { HOME } from '../../api/issue-moves.ts';

export const home = () =>
  queryOptions({
    queryKey: HOME,
    queryFn: () => call(readHome, {}),
    refetchInterval: 10_000,
  });
