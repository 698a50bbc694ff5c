import { type RefObject, useEffect, useReducer, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { type Held, keepSteady, letIn, type Steadying } from './steady.ts';
import './steady-rows.css';

/** So little scrolling is still the very top. */
const TOP_PX = 8;

interface Reading<E extends HTMLElement> {
  /** What is read: while it is pointed at, holds the focus or has been scrolled, it does not move. */
  readonly region: RefObject<E | null>;
  /** Another list, and nothing of the one before is kept. */
  readonly list: string;
}

interface SteadyRows<R, P> extends Held<R, P> {
  readonly takeIn: () => void;
}

export function useSteadyRows<R, P, E extends HTMLElement>(
  fresh: readonly R[],
  steadying: Steadying<R, P>,
  { region, list }: Reading<E>,
): SteadyRows<R, P> {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const last = useRef<{ list: string; fresh: readonly R[]; held: Held<R, P> } | null>(null);
  if (last.current?.list !== list || last.current.held.rows.length === 0) {
    last.current = { list, fresh, held: letIn(fresh, steadying) };
  } else if (last.current.fresh !== fresh) {
    const held = isRead(region.current) ? keepSteady(last.current.held, fresh, steadying) : letIn(fresh, steadying);
    last.current = { list, fresh, held };
  }
  const takeIn = () => {
    const { fresh: now } = last.current!;
    last.current = { list, fresh: now, held: letIn(now, steadying) };
    draw();
  };
  useLettingGo(region, () => last.current!.held.rows !== last.current!.fresh && takeIn());
  return { ...last.current.held, takeIn };
}

/** Where rows have no parts and nobody moves them: what is new waits, and the order stays, while the list is read. */
export const useSteadyList = <R, E extends HTMLElement>(
  fresh: readonly R[],
  idOf: (row: R) => string,
  reading: Reading<E>,
): SteadyRows<R, null> => useSteadyRows(fresh, { idOf, placeOf: () => null, isOwn: () => false }, reading);

/** Whether somebody is at it. */
function isRead(element: HTMLElement | null): boolean {
  if (element === null) return false;
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return true;
  return element.matches(':hover') || element.contains(document.activeElement) || isScrolled(element);
}

function isScrolled(element: HTMLElement): boolean {
  if (globalThis.scrollY > TOP_PX) return true;
  for (let box: HTMLElement | null = element; box; box = box.parentElement) if (box.scrollTop > TOP_PX) return true;
  return false;
}

/** When the reader has turned away and is at the top, what waited comes in. */
function useLettingGo(region: RefObject<HTMLElement | null>, letGo: () => void) {
  const latest = useRef(letGo);
  latest.current = letGo;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => !isRead(region.current) && latest.current(), 600); // not between two rows
    };
    const events = ['pointerout', 'focusout', 'scroll'] as const;
    for (const event of events) document.addEventListener(event, look, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const event of events) document.removeEventListener(event, look, { capture: true });
    };
  }, [region]);
}

/** "3 new", above the list. */
export function WaitingRows({ count, onTakeIn }: { count: number; onTakeIn: () => void }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="waiting-rows">
      {count > 0 && (
        <Button small icon="up" onClick={onTakeIn}>
          {t('live.waiting', { count })}
        </Button>
      )}
    </div>
  );
}
