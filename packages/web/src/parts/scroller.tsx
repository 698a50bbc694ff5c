import { type ReactNode, type Ref, useEffect, useRef } from 'react';

interface ScrollerProps {
  label: string;
  className?: string;
  children: ReactNode;
  inner?: Ref<HTMLElement>;
}

/** A region that may scroll sideways. Only while it does, the keyboard can stop at it; otherwise it is no stop at all. */
export function Scroller({ label, className = 'scroll', children, inner }: ScrollerProps) {
  const box = useRef<HTMLElement>(null);
  useStop(box);
  const both = (element: HTMLElement | null) => {
    box.current = element;
    if (typeof inner === 'function') inner(element);
    else if (inner) inner.current = element;
  };
  return (
    <section ref={both} className={className} aria-label={label}>
      {children}
    </section>
  );
}

/**
 * Sizes are read when the browser has just laid out what is there, its own and those of what it holds: read with every
 * drawing they made it lay out a board or a table of a hundred rows twice.
 */
function useStop(box: { readonly current: HTMLElement | null }) {
  const watched = useRef<{ observer: ResizeObserver; held: readonly Element[] } | null>(null);
  useEffect(() => {
    const element = box.current!;
    const observer = new ResizeObserver(() => {
      const scrolls = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (scrolls) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    });
    observer.observe(element);
    watched.current = { observer, held: [] };
    return () => observer.disconnect();
  }, [box]);
  useEffect(() => {
    const { observer, held } = watched.current!;
    const now = [...box.current!.children];
    if (now.length === held.length && now.every((child, at) => child === held[at])) return;
    for (const child of held) observer.unobserve(child);
    for (const child of now) observer.observe(child); // each is told of once when it is new
    if (now.length === 0) {
      observer.unobserve(box.current!);
      observer.observe(box.current!);
    }
    watched.current = { observer, held: now };
  });
}
