import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import type { HomeAnswer } from './home-screen.tsx';

/** The numbers of the day, each with what it counts; an import that failed stands first because it waits for a person. */
export function TodayPanel({ answer: { signals, sources, imports } }: { answer: HomeAnswer }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language);
  return (
    <Panel title={t('home.today')}>
      <div className="panel-body stack">
        {imports.failed > 0 && (
          <Link to="/import" className="row is-bad">
            <Icon name="warn" />
            <b>{t('home.importsFailed', { count: imports.failed })}</b>
          </Link>
        )}
        {imports.running > 0 && (
          <Link to="/import" className="row is-info">
            <Icon name="half" />
            <b>{t('home.importsRunning', { count: imports.running })}</b>
          </Link>
        )}
        <div className="numbers">
          <div>
            <b>{number(signals.today)}</b>
            <span>{t('home.last24')}</span>
          </div>
          <div>
            <b>{number(signals.yesterday)}</b>
            <span>{t('home.before24')}</span>
          </div>
          <div>
            <b>{number(signals.total)}</b>
            <span>{t('home.total', { count: sources })}</span>
          </div>
        </div>
        {signals.lastReceivedAt && (
          <p className="small faint">
            {t('home.lastReceived')} <Time at={signals.lastReceivedAt} show="ago" />
          </p>
        )}
      </div>
    </Panel>
  );
}
