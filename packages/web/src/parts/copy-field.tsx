import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './fields.css';

/** Something to take along: a token, a command. Can also be selected by hand where copying is not allowed. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<'copied' | 'by_hand' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid('copied');
    } catch {
      setSaid('by_hand'); // no secure context: the text stays selectable
    }
  };
  return (
    <div className="stack tight">
      <div className="copy">
        <pre>{value}</pre>
        <Button small icon={said === 'copied' ? 'check' : 'copy'} onClick={() => void copy()} aria-label={label}>
          {t(said === 'copied' ? 'copy.done' : 'copy.do')}
        </Button>
      </div>
      {said === 'by_hand' && (
        <p role="status" className="small is-warn">
          {t('copy.byHand')}
        </p>
      )}
    </div>
  );
}
