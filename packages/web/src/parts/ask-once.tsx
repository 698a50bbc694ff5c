import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { ErrorNote } from './notes.tsx';

interface AskOnceProps {
  /** What the button says before it was pressed. */
  act: string;
  /** What follows from it, said where it is done. */
  why: string;
  sure: string;
  keep?: string;
  busy: boolean;
  error?: unknown;
  onSure: () => void;
}

/** An act that cannot be taken back, in a row: the consequence in its place, and the focus on the way out. */
export function AskOnce({ act, why, sure, keep, busy, error, onSure }: AskOnceProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<boolean | null>(null);
  const leave = () => setAsked(false);
  const leaveByKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave();
  };
  if (!asked) {
    return (
      <Focused key="act" on={asked === false}>
        <Button small look="quiet" onClick={() => setAsked(true)}>
          {act}
        </Button>
      </Focused>
    );
  }
  return (
    <Focused key="asked" on className="row wrap ask-once">
      <span className="small soft">{why}</span>
      <Button small busy={busy} onClick={onSure} onKeyDown={leaveByKey}>
        {sure}
      </Button>
      <Button small look="quiet" onClick={leave} onKeyDown={leaveByKey}>
        {keep ?? t('app.cancel')}
      </Button>
      {error != null && <ErrorNote error={error} />}
    </Focused>
  );
}

interface FocusedProps {
  on: boolean;
  className?: string;
  children: ReactNode;
}

/** Takes the focus to its last button when it appears, so that a keyboard never falls back to the top of the page. */
function Focused({ on, className, children }: FocusedProps) {
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (on) [...box.current!.querySelectorAll('button')].at(-1)?.focus();
  }, [on]);
  return (
    <span ref={box} className={className}>
      {children}
    </span>
  );
}
