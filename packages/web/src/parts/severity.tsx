import type { Severity } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import './severity.css';

const BARS = [1, 2, 3, 4] as const;

interface SeverityMarkProps {
  severity: Severity;
  /** A person said so. */
  said?: boolean;
  /** The letter stands beside it already: it is only read aloud. */
  bare?: boolean;
}

/** How grave an issue is: four rising bars, and always the letter. Most bars for S1. */
export function SeverityMark({ severity, said = false, bare = false }: SeverityMarkProps) {
  const { t } = useTranslation();
  return (
    <span className="sev" title={t(said ? 'severity.saidShort' : 'severity.proposedShort')}>
      <svg viewBox="0 0 18 14" aria-hidden="true">
        {BARS.map((bar) => (
          <rect
            key={bar}
            className={bar <= 5 - severity ? 'on' : undefined}
            x={(bar - 1) * 4.6}
            y={14 - bar * 3.5}
            width="3.4"
            height={bar * 3.5}
            rx="0.8"
          />
        ))}
      </svg>
      <span className="unseen">{t('severity.one')} </span>
      <span dir="ltr" className={bare ? 'unseen' : undefined}>
        S{severity}
      </span>
    </span>
  );
}
