import type { ImportView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';

/** Old rows are replayed as history: the engine reads them in their own time, and nobody is alerted about the past. */
export function HistoryPanel({ history }: { history: NonNullable<ImportView['history']> }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('historyRun.title')}>
      <div className="panel-body stack">
        <p className="soft read">{t('historyRun.why')}</p>
        {history.state === 'running' && (
          <Progress share={history.total > 0 ? history.read / history.total : null} label={t('historyRun.title')} />
        )}
        <p role="status">
          {history.state === 'running'
            ? t('historyRun.running', { count: history.read, total: history.total })
            : t(`historyRun.${history.state}`, { count: history.issues })}
        </p>
        {history.issues > 0 && (
          <div>
            <Link to="/issues" search={{ group: 'all', kind: 'history' }} className="btn">
              {t('historyRun.see', { count: history.issues })}
            </Link>
          </div>
        )}
      </div>
    </Panel>
  );
}
