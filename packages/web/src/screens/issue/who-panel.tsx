import type { IssueDetail } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Words } from '../../parts/user-content.tsx';

/** People, not tickets; and plainly said where they cannot be counted. */
export function WhoPanel({ issue }: { issue: IssueDetail }) {
  const { t, i18n } = useTranslation();
  const top = Math.max(1, ...issue.sources.map((source) => source.signals));
  return (
    <Panel title={t('who.title')}>
      <div className="panel-body stack">
        {issue.people === null ? (
          <p className="row top soft">
            <Icon name="users" />
            <span>{t('who.noAuthors')}</span>
          </p>
        ) : (
          <p className="row top">
            <Icon name="users" />
            <span>
              <b>{t('people.count', { count: issue.people })}</b>{' '}
              <span className="soft">{t('who.wrote', { signals: t('signals.count', { count: issue.signals }) })}</span>
            </span>
          </p>
        )}
        <p className="small faint">{t('who.silent')}</p>
      </div>
      <table className="who">
        <caption className="unseen">{t('who.bySource')}</caption>
        <thead>
          <tr>
            <th>{t('source.one')}</th>
            <th className="end">{t('source.signals')}</th>
            <th aria-label={t('who.bar')} className="no-phone" />
          </tr>
        </thead>
        <tbody>
          {issue.sources.map((source) => (
            <tr key={source.id}>
              <td>
                <Words>{source.name}</Words>
              </td>
              <td className="end">
                <b>{sayNumber(source.signals, i18n.language)}</b>
              </td>
              <td className="no-phone who-bar">
                <span className="share" aria-hidden="true">
                  <i style={{ inlineSize: `${(source.signals / top) * 100}%` }} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
