import { useTranslation } from 'react-i18next';
import { CopyField } from '../../parts/copy-field.tsx';
import { Panel } from '../../parts/page.tsx';

/** A command that works as it stands: the real address, and the token if one was just made. */
export function SendPanel({ token }: { token: string | null }) {
  const { t, i18n } = useTranslation();
  const command = [
    `curl -X POST ${globalThis.location.origin}/api/signals \\`,
    `  -H 'Authorization: Bearer ${token ?? t('source.tokenHere')}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '[{"id":"1","ts":"${new Date().toISOString().slice(0, 19)}Z","text":"${t('source.exampleText')}","language":"${i18n.language.slice(0, 2)}","dimensions":{"app_version":"1.0"}}]'`,
  ].join('\n');
  return (
    <Panel title={t('send.title')} aside={<span className="no-phone">{t('send.why')}</span>}>
      <div className="panel-body stack">
        <CopyField value={command} label={t('source.copyCommand')} />
        <p className="small faint read">{t('send.fields')}</p>
      </div>
    </Panel>
  );
}
