/** What was planted and what was found; anew every few seconds while the day is played. */
import { readDebrief } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export const debrief = (number: number) =>
  queryOptions({
    queryKey: ['debrief', number],
    queryFn: () => call(readDebrief, { params: { number } }),
    refetchInterval: ({ state }) => (state.data?.world.state === 'playing' ? 5_000 : false),
    enabled: number > 0,
    retry: false,
  });
