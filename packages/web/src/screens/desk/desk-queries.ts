/** What waits for one person: counted and listed by the server, each part by itself. */
import { listBatons, listCases, readDesk } from '@groundswell/contract';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { CASES } from '../../api/case-keys.ts';
import { liveInterval } from '../../api/liveness.ts';

const AGAIN_MS = 20_000;
/** What one looks at before anything else; the queue has the rest. */
const FIRST = 8;

export const desk = () =>
  queryOptions({
    queryKey: [...CASES, 'desk'],
    queryFn: () => call(readDesk, {}),
    refetchInterval: liveInterval(AGAIN_MS),
  });

export const waitingBatons = () =>
  queryOptions({
    queryKey: [...CASES, 'batons'],
    queryFn: () => call(listBatons, {}),
    refetchInterval: liveInterval(AGAIN_MS),
  });

/** Of me, or of my teams: what runs out first. */
export const runsOut = (whose: 'me' | 'team') =>
  queryOptions({
    queryKey: [...CASES, 'runs-out', whose],
    queryFn: () => {
      const of = whose === 'me' ? { owner: 'me' as const } : { team: 'mine' as const };
      return call(listCases, { query: { ...of, group: 'live', sort: 'due', limit: FIRST } });
    },
    refetchInterval: liveInterval(AGAIN_MS),
  });
