import type { BulkOutcome } from '@groundswell/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { HOME, ISSUES } from '../api/issue-keys.ts';
import { onUndoable, takeBack, type Undoable, undoable, withdrawOffer } from '../api/undo.ts';
import { Button } from '../parts/button.tsx';
import { KeyHint } from '../parts/key-hint.tsx';
import { useKeys } from '../parts/keys.tsx';
import './undo-bar.css';

/** So long it says how the taking back went. */
const SAID_MS = 8_000;

/** The last decision, and a minute to take it back. It stays while one goes on to the next. */
export function UndoBar() {
  const { t } = useTranslation();
  const offer = useSyncExternalStore(onUndoable, undoable);
  const undo = useUndo();
  const left = useSecondsLeft(offer);
  useKeys(offer ? [{ name: 'undo', label: t('undo.key'), scope: 'everywhere', run: () => undo.run(offer) }] : []);
  const keys = offer?.issues.map(({ key }) => key) ?? [];
  return (
    <div className="undo-place" role="status">
      {offer && (
        <div className="undo-bar">
          <span>
            {t(`undo.done.${offer.move}`, { count: keys.length })}{' '}
            <span className="mono">{keys.slice(0, 3).join(', ')}</span>
            {keys.length > 3 && ` ${t('undo.more', { count: keys.length - 3 })}`}
          </span>
          <Button small busy={undo.busy} onClick={() => undo.run(offer)}>
            {t('undo.do')} <KeyHint of="undo" />
          </Button>
          <span className="faint small" aria-hidden="true">
            {t('undo.left', { count: left })}
          </span>
          <Button small look="quiet" icon="x" aria-label={t('app.close')} onClick={withdrawOffer} />
        </div>
      )}
      {!offer && undo.said !== null && <div className="undo-bar">{undo.said}</div>}
    </div>
  );
}

function useSecondsLeft(offer: Undoable | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!offer) return;
    const tick = () => {
      setNow(Date.now());
      if (Date.now() >= offer.until) withdrawOffer();
    };
    tick();
    const clock = setInterval(tick, 1000);
    return () => clearInterval(clock);
  }, [offer]);
  return offer ? Math.max(0, Math.ceil((offer.until - now) / 1000)) : 0;
}

function useUndo() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const clock = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(clock);
  }, [said]);
  const words = (outcomes: readonly BulkOutcome[], { issues }: Undoable) => {
    const back = outcomes.filter(({ outcome }) => outcome === 'done').length;
    const left = outcomes.flatMap((one) =>
      one.outcome === 'refused' ? [issues.find(({ id }) => id === one.id)!.key] : [],
    );
    return [
      t('undo.back', { count: back }),
      ...(left.length > 0 ? [t('undo.notBack', { keys: left.join(', '), count: left.length })] : []),
    ].join(' ');
  };
  const run = async (offer: Undoable) => {
    if (busy) return;
    setBusy(true);
    try {
      setSaid(words(await takeBack(offer), offer));
      withdrawOffer();
    } catch {
      setSaid(t('undo.failed'));
    }
    setBusy(false);
    await Promise.all([client.invalidateQueries({ queryKey: ISSUES }), client.invalidateQueries({ queryKey: HOME })]);
  };
  return { run: (offer: Undoable) => void run(offer), busy, said };
}
