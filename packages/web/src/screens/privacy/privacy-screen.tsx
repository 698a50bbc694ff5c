import type { PrivacyView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Finding } from '../../parts/chart-frame.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { AuthorPanel } from './author-panel.tsx';
import './privacy.css';
import { privacy } from './privacy-queries.ts';
import { PseudonymsPanel } from './pseudonyms-panel.tsx';
import { ReplacedTable } from './replaced-table.tsx';

/** Whoever answers for personal data: what never came to rest here, and what stands in its place. */
export function PrivacyScreen() {
  const { t } = useTranslation();
  const query = useQuery(privacy());
  return (
    <Page title={t('privacy.title')} state={t('privacy.lead')}>
      <Loaded query={query} isEmpty={() => false} empty="">
        {(view) => (
          <div className="stack wide">
            <Replaced view={view} />
            <PseudonymsPanel view={view} />
            {view.can.includes('find_author') && <AuthorPanel />}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Replaced({ view }: { view: PrivacyView }) {
  const { t, i18n } = useTranslation();
  const total = view.redacted.flatMap(({ counts }) => Object.values(counts)).reduce((sum, one) => sum + one, 0);
  const countries = view.nationalIds.map(({ country, name }) => `${name} (${country})`).join(', ');
  return (
    <Panel title={t('privacy.replaced')}>
      <div className="panel-body">
        <Finding>
          {total === 0
            ? t('privacy.nothingYet')
            : t('privacy.finding', { count: total, number: sayNumber(total, i18n.language) })}
        </Finding>
      </div>
      {total > 0 && <ReplacedTable view={view} />}
      <p className="panel-body small faint read">{t('privacy.nationalIds', { countries })}</p>
    </Panel>
  );
}
