/** Taking a case from a list. */
import { assignCase, type CaseRow } from '@groundswell/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';
import { CASES } from './case-keys.ts';

/** To oneself. A version that is not the newest any more is refused, and the list is asked for again. */
export function useTake() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ row, me }: { row: CaseRow; me: string }) =>
      call(assignCase, { params: { id: row.id }, body: { version: row.version, owner: me } }),
    onSettled: () => client.invalidateQueries({ queryKey: CASES }),
  });
}
