import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface RowLinkProps {
  /** A whole path of ours, already encoded. */
  to: string;
  className?: string;
  /** When it is followed here, and not into another tab. */
  onOpen?: () => void;
  children: ReactNode;
}

/** A link in a long list. The router's own works its address out anew with every change of the search, once for each row. */
export function RowLink({ to, className, onOpen, children }: RowLinkProps) {
  const router = useRouter();
  const path = `${router.basepath.replace(/\/$/, '')}${to}`;
  const go = (event: MouseEvent) => {
    // another tab, another window, a download: those belong to the browser
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen?.();
    router.history.push(path);
  };
  return (
    <a href={path} className={className} onClick={go}>
      {children}
    </a>
  );
}
