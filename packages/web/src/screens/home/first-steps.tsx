import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.ts';
import { CopyField } from '../../parts/copy-field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { SamplePanel } from './sample-panel.tsx';

/** A bare system and the person who set it up: three ways to the first signal, the shortest first. */
export function FirstSteps() {
  const { t } = useTranslation();
  const me = useQuery(session()).data?.me;
  const can = me?.can ?? [];
  const command = [
    `curl -X POST ${globalThis.location.origin}/api/signals \\`,
    `  -H 'Authorization: Bearer ${t('source.tokenHere')}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"id":"1","ts":"${new Date().toISOString().slice(0, 19)}Z","text":"${t('source.exampleText')}"}'`,
  ].join('\n');
  if (!can.includes('import.run')) return <EmptyNote>{t('home.bareViewer')}</EmptyNote>;
  return (
    <Page big title={t('home.bare', { name: me?.name ?? '' })} state={t('home.bareLead')}>
      <div className="steps">
        <SamplePanel first />
        <Panel className="step">
          <Icon name="import" />
          <h2>{t('home.stepFile')}</h2>
          <p className="soft">{t('home.stepFileWhy')}</p>
          <Link to="/import" className="btn">
            {t('home.stepFileDo')}
          </Link>
        </Panel>
        <Panel className="step">
          <Icon name="source" />
          <h2>{t('home.stepSource')}</h2>
          <p className="soft">{t('home.stepSourceWhy')}</p>
          <Link to="/sources" className="btn">
            {t('home.stepSourceDo')}
          </Link>
        </Panel>
        <Panel className="step long">
          <Icon name="key" />
          <h2>{t('home.stepCurl')}</h2>
          <p className="soft">{t('home.stepCurlWhy')}</p>
          <CopyField value={command} label={t('source.copyCommand')} />
        </Panel>
      </div>
    </Page>
  );
}
