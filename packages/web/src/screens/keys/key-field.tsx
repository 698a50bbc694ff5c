import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isFree } from '../../parts/shortcuts.ts';

interface KeyFieldProps {
  label: string;
  keys: string;
  onChange: (keys: string) => void;
}

/** As long as for the sequences themselves. */
const SECOND_MS = 1200;

/** Takes the key that is pressed in it, and a second one that follows at once. Tab leaves it as it leaves every field. */
export function KeyField({ label, keys, onChange }: KeyFieldProps) {
  const { t } = useTranslation();
  const first = useRef<{ key: string; at: number } | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !isFree(key) || key === 'Dead' || key === 'Process') return;
    event.preventDefault();
    if (key === 'Backspace' || key === 'Delete') return onChange('');
    const begun = first.current && event.timeStamp - first.current.at < SECOND_MS ? first.current.key : null;
    onChange(begun === null ? key : `${begun} ${key}`);
    first.current = begun === null ? { key, at: event.timeStamp } : null;
  };
  return (
    <input
      className="key-field mono"
      aria-label={label}
      placeholder={t('keys.off')}
      readOnly
      value={keys}
      onKeyDown={onKeyDown}
      onBlur={() => {
        first.current = null;
      }}
    />
  );
}
