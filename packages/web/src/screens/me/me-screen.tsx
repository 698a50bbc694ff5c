import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.tsx';
import { LookPanel } from './look-panel.tsx';
import './me.css';
import { PasswordPanel } from './password-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

/** Whoever has left a browser open somewhere, wants another password, or works at night. */
export function MeScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('mine.title')} state={t('mine.lead')}>
      <div className="stack wide">
        <SessionsPanel />
        <div className="cols mine-cols">
          <PasswordPanel />
          <LookPanel />
        </div>
      </div>
    </Page>
  );
}
