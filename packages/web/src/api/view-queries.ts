/** Saved views of lists, and watches on searches of signals. Whatever is done to a view says how it is taken back. */
import {
  changeView,
  FRESH_MOST,
  listViews,
  orderViews,
  removeView,
  restoreView,
  type SavedView,
  saveView,
  seeView,
  startView,
  type ViewKind,
  type ViewSearch,
  type ViewShare,
  watchView,
} from '@groundswell/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from './call.ts';

const VIEWS = ['views'] as const;

/** What is new in watched ones is counted again each minute while the list is shown. */
export const views = (kind: ViewKind) =>
  queryOptions({
    queryKey: [...VIEWS, kind],
    queryFn: () => call(listViews, { query: { kind } }),
    staleTime: 30_000,
    refetchInterval: ({ state }) => (state.data?.views.some(({ watch }) => watch !== null) ? 60_000 : false),
  });

interface Said {
  readonly name: string;
  readonly search: ViewSearch;
  readonly share: ViewShare;
}

type ViewOrder =
  | ({ do: 'save' } & Said)
  | ({ do: 'change'; view: SavedView } & Said)
  | { do: 'remove'; id: string }
  | { do: 'restore'; id: string }
  | { do: 'order'; ids: readonly string[]; before: readonly string[] }
  | { do: 'start'; id: string; starts: boolean; before: string | null }
  | { do: 'see'; id: string }
  | { do: 'watch'; id: string; above: number | null };

/** What was done last, and the order that takes it back. */
interface Done {
  readonly what: 'change' | 'remove' | 'order' | 'start' | 'undone';
  readonly back: ViewOrder | null;
}

async function carryOut(kind: ViewKind, order: ViewOrder): Promise<Done | null> {
  switch (order.do) {
    case 'save': {
      const { name, search, share } = order;
      await call(saveView, { body: { kind, name, search, share } });
      return null;
    }
    case 'change': {
      const { view, name, search, share } = order;
      const body = { name, search, share, version: view.version };
      const changed = await call(changeView, { params: { id: view.id }, body });
      return { what: 'change', back: { do: 'change', view: changed, ...saidOf(view) } };
    }
    case 'remove':
      await call(removeView, { params: { id: order.id } });
      return { what: 'remove', back: { do: 'restore', id: order.id } };
    case 'restore':
      await call(restoreView, { params: { id: order.id } });
      return { what: 'undone', back: null };
    case 'order':
      await call(orderViews, { body: { kind, views: [...order.ids] } });
      return { what: 'order', back: { do: 'order', ids: order.before, before: order.ids } };
    case 'start': {
      const { id, starts, before } = order;
      await call(startView, { params: { id }, body: { starts } });
      const back = before === null ? { id, starts: false } : { id: before, starts: true };
      return { what: 'start', back: { do: 'start', ...back, before: starts ? id : null } };
    }
    case 'see':
      await call(seeView, { params: { id: order.id } });
      return null;
    case 'watch':
      await call(watchView, { params: { id: order.id }, body: { above: order.above } });
      return null;
  }
}

const saidOf = ({ name, search, share }: SavedView): Said => ({ name, search, share });

export function useViewOrders(kind: ViewKind) {
  const client = useQueryClient();
  const [done, setDone] = useState<Done | null>(null);
  const order = useMutation({
    mutationFn: (asked: ViewOrder) => carryOut(kind, asked),
    onSuccess: (next, asked) => {
      if (asked.do !== 'see') setDone(next);
    },
    onSettled: () => client.invalidateQueries({ queryKey: VIEWS }),
  });
  const undo = () => {
    if (!done?.back) return;
    order.mutate(done.back, { onSuccess: () => setDone({ what: 'undone', back: null }) });
  };
  const send = (asked: ViewOrder, then?: () => void) => order.mutate(asked, { onSuccess: () => then?.() });
  const hands = {
    save: (name: string, search: ViewSearch, share: ViewShare, then: () => void) =>
      send({ do: 'save', name, search, share }, then),
    change: (view: SavedView, said: Said, then: () => void) => send({ do: 'change', view, ...said }, then),
    remove: (id: string) => send({ do: 'remove', id }),
    order: (ids: readonly string[], before: readonly string[]) => send({ do: 'order', ids, before }),
    start: (id: string, starts: boolean, before: string | null) => send({ do: 'start', id, starts, before }),
    watch: (id: string, above: number | null) => send({ do: 'watch', id, above }),
    see: (id: string) => send({ do: 'see', id }),
  };
  return { hands, busy: order.isPending, error: order.error, done, undo };
}

/** An address as it is kept: what is left out of it stays left out. */
export const asViewSearch = (search: object): ViewSearch =>
  Object.fromEntries(
    Object.entries(search).filter(([name, said]) => name !== 'open' && said !== undefined && said !== ''),
  ) as ViewSearch;

/** So much is new in all that are watched; null where nothing is counted. */
export function freshIn(known: readonly SavedView[] | undefined): number | null {
  const counted = (known ?? []).flatMap(({ watch }) => (watch && watch.fresh !== null ? [watch.fresh] : []));
  return counted.length === 0
    ? null
    : Math.min(
        FRESH_MOST + 1,
        counted.reduce((sum, one) => sum + one, 0),
      );
}

const seen = new Set<string>();
/** Of this step of the history of the browser. */
const stepHere = (): string =>
  String((globalThis.history?.state as { __TSR_key?: string } | null)?.__TSR_key ?? globalThis.location.href);

/** Whoever comes to a list anew and has said nothing begins with their view; whoever comes back finds what they left. */
export function useStartView(kind: ViewKind, search: ViewSearch, open: (search: ViewSearch) => void): void {
  const waiting = useRef<boolean | null>(null);
  waiting.current ??= !seen.has(stepHere());
  const isPlain = Object.keys(search).length === 0;
  const client = useQueryClient();
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    seen.add(stepHere());
    if (!isPlain) waiting.current = false;
  });
  useEffect(() => {
    if (!waiting.current) return;
    let gone = false; // whoever has gone on is not called back to the list
    void client
      .fetchQuery(views(kind))
      .then((known) => {
        const start = known.views.find(({ starts }) => starts);
        if (waiting.current && start && !gone) latest.current(start.search);
        waiting.current = false;
      })
      .catch(() => {}); // the list itself says what is wrong
    return () => {
      gone = true;
    };
  }, [client, kind]);
}
