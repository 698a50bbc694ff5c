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
  useEffect(() => {
    const element = box.current!;
    const look = () => {
      const scrolls = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (scrolls) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  });
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
