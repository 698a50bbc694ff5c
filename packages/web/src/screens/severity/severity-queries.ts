/** The rules of severity, what other ones would do, and changing them. */
import {
  changeSeverityRules,
  previewSeverityRules,
  readSeverityRules,
  type SeverityRules,
} from '@groundswell/contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { HOME, ISSUES } from '../../api/issue-keys.ts';

const RULES = ['severity-rules'] as const;

/** Asked for anew while it is open: nobody is told when a colleague changes them. */
export const severityRules = () =>
  queryOptions({ queryKey: RULES, queryFn: () => call(readSeverityRules, {}), refetchInterval: 10_000 });

export const rulesPreview = (rules: SeverityRules) =>
  queryOptions({
    queryKey: ['severity-preview', rules],
    queryFn: () => call(previewSeverityRules, { body: { rules } }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

export function useChangeRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { version: number; rules: SeverityRules }) => call(changeSeverityRules, { body }),
    onSuccess: (kept) => void client.setQueryData(RULES, kept),
    // after a refusal too: what we showed was stale
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: RULES }),
        client.invalidateQueries({ queryKey: ISSUES }),
        client.invalidateQueries({ queryKey: HOME }),
        client.invalidateQueries({ queryKey: ['severity-preview'] }),
      ]),
  });
}
