/** Saved views of lists, and watches on searches of signals. */
import {
  listViews,
  removeView,
  saveView,
  type ViewKind,
  type ViewSearch,
  type ViewShare,
  watchView,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './call.ts';

const VIEWS = ['views'] as const;

export const views = (kind: ViewKind) =>
  queryOptions({ queryKey: [...VIEWS, kind], queryFn: () => call(listViews, { query: { kind } }), staleTime: 60_000 });

export type ViewOrder =
  | { do: 'save'; name: string; search: ViewSearch; share: ViewShare }
  | { do: 'remove'; id: string }
  | { do: 'watch'; id: string; above: number | null };

export function useViewOrders(kind: ViewKind) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (order: ViewOrder) => {
      if (order.do === 'save') {
        const { name, search, share } = order;
        await call(saveView, { body: { kind, name, search, share } });
      } else if (order.do === 'remove') await call(removeView, { params: { id: order.id } });
      else await call(watchView, { params: { id: order.id }, body: { above: order.above } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: VIEWS }),
  });
}

/** An address as it is kept: what is left out of it stays left out. */
export const asViewSearch = (search: object): ViewSearch =>
  Object.fromEntries(
    Object.entries(search).filter(([name, said]) => name !== 'open' && said !== undefined && said !== ''),
  ) as ViewSearch;
