/** Who else looks at what; and saying where one is, while one is there and the page is looked at. */
import { PRESENCE_EVERY_MS, type Present, readPresence, sayPresence } from '@groundswell/contract';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from './call.ts';
import { liveInterval } from './liveness.ts';

const PRESENCE = ['presence'] as const;

const presence = () =>
  queryOptions({
    queryKey: PRESENCE,
    queryFn: () => call(readPresence, {}),
    refetchInterval: liveInterval(PRESENCE_EVERY_MS),
    retry: false,
  });

export type Person = Present['people'][number];
const NOBODY: readonly Person[] = [];

/** By issue. */
export function usePresent(): (issueId: string) => readonly Person[] {
  const { data } = useQuery(presence());
  return (issueId) => data?.issues.find((one) => one.issueId === issueId)?.people ?? NOBODY;
}

/** By case. */
export function usePresentAtCase(): (caseId: string) => readonly Person[] {
  const { data } = useQuery(presence());
  return (caseId) => data?.cases.find((one) => one.caseId === caseId)?.people ?? NOBODY;
}

/** For as long as the page of this issue, or of this case, is open and not hidden. */
export function useHere(id: string, what: 'issueId' | 'caseId' = 'issueId'): void {
  const client = useQueryClient();
  useEffect(() => {
    const say = async (here: boolean) => {
      const body = here ? { [what]: id } : { left: id };
      const answer = await call(sayPresence, { body }).catch(() => null); // said again soon, or over by itself
      if (answer) client.setQueryData(PRESENCE, answer);
    };
    const tick = () => void say(!document.hidden);
    const again = setInterval(() => !document.hidden && tick(), PRESENCE_EVERY_MS);
    document.addEventListener('visibilitychange', tick);
    tick();
    return () => {
      clearInterval(again);
      document.removeEventListener('visibilitychange', tick);
      void say(false);
    };
  }, [client, id, what]);
}
