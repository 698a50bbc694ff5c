/** What home reads: one answer, asked again when something of it has changed. */
import { readHome } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { HOME } from '../../api/issue-keys.ts';
import { liveInterval } from '../../api/liveness.ts';
import { worldHere } from '../../api/world.ts';

export const home = () =>
  queryOptions({
    queryKey: HOME,
    queryFn: () => call(readHome, {}),
    refetchInterval: liveInterval(worldHere() === null ? 10_000 : 2_500), // an hour of a sample day may take six seconds
  });
