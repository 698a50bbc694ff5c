import { Fault, Refusal } from '@groundswell/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import './notes.css';
import { sayRefusal, TheirWords } from './refusal-words.tsx';

interface EmptyNoteProps {
  children: ReactNode;
  action?: ReactNode;
  /** `calm` is good news; `unknown` says that something cannot be told. */
  tone?: 'calm' | 'unknown';
}

/** What is true, since when, and what could come next. No praise. */
export function EmptyNote({ children, action, tone = 'calm' }: EmptyNoteProps) {
  return (
    <div className={`note ${tone}`}>
      <Icon name={tone === 'calm' ? 'checkCircle' : 'dash'} />
      <div className="stack tight">
        <div>{children}</div>
        {action}
      </div>
    </div>
  );
}

/** What failed, what is safe, what to do. In place, where the thing would have been. A foreseen no is the same no the second time. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  // a fault without an answer has no code that an admin could look up
  const code = error instanceof Fault && error.status > 0 ? error.requestId : null;
  return (
    <div className="note bad" role="alert">
      <Icon name="warn" />
      <div className="stack tight">
        <p>{useErrorWords(error)}</p>
        {error instanceof Refusal && <TheirWords of={error} />}
        {code && <p className="small faint">{t('error.code', { code })}</p>}
        {onRetry && !(error instanceof Refusal) && (
          <div>
            <Button small onClick={onRetry}>
              {t('error.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** A refusal is known by its code; anything else gets our words, never its own. */
function useErrorWords(error: unknown): string {
  const { t, i18n } = useTranslation();
  if (error instanceof Refusal) return sayRefusal(error, t, i18n.language);
  if (error instanceof Fault && error.status === 0) return t('error.unreachable');
  return t('error.fault');
}

/** Widths of the bars in percent: uneven, as lines of text are. */
const BARS = [64, 92, 81, 74, 90, 58, 86, 69, 94, 77] as const;

/** Grey bars in the place of the answer, after a blink; numbers are never shown as 0. After 5 s it says that it still works. */
export function Skeleton({ lines = 4, waitingFor }: { lines?: number; waitingFor?: string }) {
  const { t } = useTranslation();
  const [age, setAge] = useState<'blink' | 'short' | 'long'>('blink');
  useEffect(() => {
    const soon = setTimeout(() => setAge('short'), 300);
    const late = setTimeout(() => setAge('long'), 5000);
    return () => {
      clearTimeout(soon);
      clearTimeout(late);
    };
  }, []);
  return (
    <div className="skeleton" role="status" aria-label={t('app.loading')} data-age={age}>
      {BARS.slice(0, lines).map((width) => (
        <span key={width} style={{ inlineSize: `${width}%` }} />
      ))}
      {age === 'long' && <p className="small faint">{waitingFor ?? t('app.stillLoading')}</p>}
    </div>
  );
}
