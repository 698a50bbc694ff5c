import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sayNumber } from '../../parts/numbers.ts';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import type { HomeAnswer } from './home-screen.tsx';
import { SamplePanel } from './sample-panel.tsx';

/** Nothing needs anybody: said plainly, with what is true and what could come next. */
export function Calm({ answer: { signals, imports } }: { answer: HomeAnswer }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="home-calm">
      <svg viewBox="0 0 240 40" width="240" aria-hidden="true">
        <path
          className="c-band"
          d="M0 11C30 4 60 8 90 10s70-8 110-6 30 2 40 3v20c-30-5-60 0-90 2s-60-6-90-5-40 3-60 5z"
        />
        <path className="c-observed" d="M0 18c28-5 52 2 82 1s52-6 84-2 44-2 74-1" />
      </svg>
      <Page big title={t('home.calm')}>
        <div className="stack">
          <p className="soft read">
            {t('home.calmWhy', { count: signals.today, total: sayNumber(signals.total, i18n.language) })}
          </p>
          <p className="soft read">
            {imports.running > 0 ? t('home.calmReading') : t('home.calmNext')}
            {signals.lastReceivedAt && (
              <>
                {' '}
                {t('home.lastReceived')} <Time at={signals.lastReceivedAt} show="ago" />.
              </>
            )}
          </p>
          <div className="row wrap">
            <Link to="/signals" className="btn">
              {t('home.readSignals')}
            </Link>
            <Link to="/issues" search={{ group: 'all' }} className="btn">
              {t('home.allIssues')}
            </Link>
          </div>
        </div>
      </Page>
      <SamplePanel />
    </div>
  );
}
