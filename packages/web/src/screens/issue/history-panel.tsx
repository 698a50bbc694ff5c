import type { HistoryLine } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { HistoryWords } from '../../parts/history-words.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';

/** Who did what and when; never edited, never shortened. */
export function HistoryPanel({ lines }: { lines: readonly HistoryLine[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('history.title')}>
      <ul className="history small">
        {lines.map((line) => (
          <li key={line.id}>
            <span className="faint">
              <Time at={line.at} />
            </span>
            <HistoryWords line={line} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
