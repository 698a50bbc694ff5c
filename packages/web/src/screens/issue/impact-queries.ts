/** What an issue does to people, and what people say of it. */
import {
  type CallOf,
  type IssueImpact,
  readImpact,
  type Severity,
  sayCohort,
  sayHarm,
  saySeverity,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { HOME, ISSUES } from '../../api/issue-keys.ts';
import { offerBack } from '../../api/undo.ts';

const keyOf = (id: string) => [...ISSUES, 'impact', id] as const;

export const impact = (id: string) =>
  queryOptions({ queryKey: keyOf(id), queryFn: () => call(readImpact, { params: { id } }), staleTime: 10_000 });

export type SaidSeverity = { severity: Severity; reason: string } | null;
export type SaidCohort = CallOf<typeof sayCohort>['body']['cohort'];

/** Of one thing at a time, upon the version that was seen. */
export type ImpactOrder =
  | { say: 'severity'; version: number; said: SaidSeverity }
  | { say: 'harm'; version: number; harm: IssueImpact['harm'] }
  | { say: 'cohort'; version: number; cohort: SaidCohort };

function carryOut(id: string, order: ImpactOrder): Promise<IssueImpact> {
  const { version } = order;
  const params = { id };
  switch (order.say) {
    case 'severity':
      return call(saySeverity, { params, body: { version, said: order.said } });
    case 'harm':
      return call(sayHarm, { params, body: { version, harm: order.harm } });
    case 'cohort':
      return call(sayCohort, { params, body: { version, cohort: order.cohort } });
  }
}

/** `before`: what the severity was, so that it can be taken back for a minute. */
export function useSayImpact(issue: { id: string; key: string }, before: SaidSeverity) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: ImpactOrder) => carryOut(issue.id, order),
    onSuccess: (now, { say }) => {
      client.setQueryData(keyOf(issue.id), now);
      if (say === 'severity') {
        offerBack('severity', [{ ...issue, version: now.version }], () =>
          carryOut(issue.id, { say, version: now.version, said: before }),
        );
      }
    },
    // after a refusal too: what we showed was stale; nobody waits for it with the dialog open
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ISSUES });
      void client.invalidateQueries({ queryKey: HOME });
    },
  });
}
