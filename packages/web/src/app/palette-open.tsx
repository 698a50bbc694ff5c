import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import './palette.css';
import { Icon } from '../parts/icon.tsx';

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');

/** The same by button as by keys: nothing is reachable by the one alone. */
export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="palette-open"
      aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
      onClick={onOpen}
    >
      <Icon name="search" />
      <span className="name">{t('palette.open')}</span>
      <span className="unseen">{t('palette.openWhy')}</span>
      <span className="push" aria-hidden="true">
        <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd>
        <kbd>K</kbd>
      </span>
    </button>
  );
}

/** Ctrl-K or Cmd-K types nothing, so it works in fields too; under another dialog it does not. */
export function usePaletteKey(onOpen: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!held || event.key.toLowerCase() !== 'k' || event.isComposing || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      event.preventDefault();
      onOpen();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [onOpen]);
}
