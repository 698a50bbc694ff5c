/** Moving through a list with j and k. The focus itself moves, so that a screen reader and a sighted person agree on where they are. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from './keys.tsx';

interface ListKeys<E extends HTMLElement> {
  /** Goes on the element that holds the rows. */
  list: RefObject<E | null>;
  /** `data-row` of the row that j and k stand on. */
  at: string | null;
  setAt: (row: string | null) => void;
  /** To the next row; of the last one, to the one before. For what takes a row out of the list. */
  pass: () => void;
  step: (by: 1 | -1) => void;
}

/** Where one stood in the list of an address: who opens a row and comes back goes on there with the first j. */
const left = new Map<string, string>();

/** Rows carry `data-row="<id>"`; the first link or button in a row takes the focus. */
export function useListKeys<E extends HTMLElement>(
  onMove?: (row: string) => void,
  start: string | null = null,
): ListKeys<E> {
  const { t } = useTranslation();
  const list = useRef<E>(null);
  const [at, setAt] = useState(start);
  const place = useRef(0);
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  const stand = (row: HTMLElement) => {
    place.current = rows().indexOf(row);
    left.set(globalThis.location.pathname, row.dataset.row!);
    setAt(row.dataset.row!);
  };
  const go = (index: number) => {
    const all = rows();
    const next = all[Math.min(all.length - 1, Math.max(0, index))];
    if (!next) return;
    targetOf(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
    stand(next);
    onMove?.(next.dataset.row!);
  };
  const step = (by: 1 | -1) => {
    const now = rows().findIndex((row) => row.dataset.row === at);
    if (now >= 0) return go(now + by);
    if (at !== null) return go(by === 1 ? place.current : place.current - 1); // the row left; the next one has its place
    go(rows().findIndex((row) => row.dataset.row === left.get(globalThis.location.pathname)));
  };
  const pass = () => {
    const last = rows().length - 1;
    go(place.current < last ? place.current + 1 : last - 1);
  };
  useArrival(list, stand);
  useKeys([
    { name: 'list.next', label: t('keys.move'), run: () => step(1) },
    { name: 'list.back', label: t('keys.move'), run: () => step(-1) },
    {
      name: 'list.open',
      label: t('keys.open'),
      run: () => {
        const row = rows().find((one) => one.dataset.row === at);
        if (row) targetOf(row).click();
      },
    },
  ]);
  return { list, at, setAt, pass, step };
}

const targetOf = (row: HTMLElement) =>
  row.matches('a, button') ? row : (row.querySelector<HTMLElement>('a, button') ?? row);

/** Who comes to a row with Tab stands on it too, so that the keys of the list mean that row. */
function useArrival(list: RefObject<HTMLElement | null>, stand: (row: HTMLElement) => void) {
  const latest = useRef(stand);
  latest.current = stand;
  useEffect(() => {
    const arrive = (event: FocusEvent) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
      if (row && list.current?.contains(row)) latest.current(row);
    };
    document.addEventListener('focusin', arrive);
    return () => document.removeEventListener('focusin', arrive);
  }, [list]);
}
