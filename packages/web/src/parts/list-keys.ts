/** Moving through a list with j and k. The focus itself moves, so that a screen reader and a sighted person agree on where they are. */
import { type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from './keys.tsx';

interface ListKeys<E extends HTMLElement> {
  /** Goes on the element that holds the rows. */
  list: RefObject<E | null>;
  /** `data-row` of the row that j and k stand on. */
  at: string | null;
  setAt: (row: string | null) => void;
}

/** Rows carry `data-row="<id>"`; the first link or button in a row takes the focus. */
export function useListKeys<E extends HTMLElement>(onMove?: (row: string) => void): ListKeys<E> {
  const { t } = useTranslation();
  const list = useRef<E>(null);
  const [at, setAt] = useState<string | null>(null);
  const step = (by: 1 | -1) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const now = rows.findIndex((row) => row.dataset.row === at);
    const next = rows[now < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, now + by))];
    if (!next) return;
    const target = next.matches('a, button') ? next : (next.querySelector<HTMLElement>('a, button') ?? next);
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
    setAt(next.dataset.row ?? null);
    if (next.dataset.row) onMove?.(next.dataset.row);
  };
  useKeys([
    { keys: 'j', label: t('keys.move'), run: () => step(1) },
    { keys: 'k', label: t('keys.move'), run: () => step(-1) },
  ]);
  return { list, at, setAt };
}
