/** What is known before a case is opened, what the rules would say of it, and the opening itself. */
import {
  assignCase,
  type CallOf,
  type CaseFacts,
  listLegalClocks,
  openCase,
  prefillCase,
  proposePriority,
} from '@groundswell/contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { CASES } from '../../api/case-keys.ts';
import type { OpenSearch } from './open-search.ts';

export const known = ({ issue, alert, signals }: OpenSearch) =>
  queryOptions({
    queryKey: [...CASES, 'known', issue ?? '', alert ?? '', signals ?? []],
    queryFn: () =>
      call(prefillCase, { body: { issue: issue ?? null, alert: alert ?? null, signals: [...(signals ?? [])] } }),
    staleTime: Number.POSITIVE_INFINITY, // what was begun with does not change under the hands of whoever writes
  });

export const proposal = (facts: CaseFacts) =>
  queryOptions({
    queryKey: [...CASES, 'proposal', facts],
    queryFn: () => call(proposePriority, { body: facts }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const laws = () =>
  queryOptions({
    queryKey: [...CASES, 'laws'],
    queryFn: () => call(listLegalClocks, {}),
    staleTime: 600_000,
  });

type New = CallOf<typeof openCase>['body'];

/** Said again with the same key, it answers with the case that it opened: a line that breaks opens nothing twice. */
export function useOpenCase(onOpened: (reference: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, owner }: { body: New; owner: string | null }) => {
      const { id, version, reference } = await call(openCase, { body });
      if (owner !== null) await call(assignCase, { params: { id }, body: { version, owner } });
      return reference;
    },
    onSuccess: onOpened,
    onSettled: () => client.invalidateQueries({ queryKey: CASES }),
  });
}
