import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import type { Debrief } from './debrief-screen.tsx';

/** What was raised for nothing: of the day in full, of the weeks before it folded away. */
export function OtherIssues({ others }: { others: Debrief['others'] }) {
  const { t } = useTranslation();
  const ofDay = others.filter((one) => !one.historical);
  const before = others.filter((one) => one.historical);
  return (
    <Panel title={t('debrief.others')} count={others.length} aside={t('debrief.othersWhy')}>
      {ofDay.length === 0 ? <EmptyNote>{t('debrief.noOthers')}</EmptyNote> : <List others={ofDay} />}
      {before.length > 0 && (
        <details className="debrief-more">
          <summary>{t('debrief.othersBefore', { count: before.length })}</summary>
          <List others={before} />
        </details>
      )}
    </Panel>
  );
}

function List({ others }: { others: Debrief['others'] }) {
  const { t } = useTranslation();
  return (
    <ul>
      {others.map((one) => (
        <li key={one.issueKey} className="debrief-note">
          <Link to="/issues/$id" params={{ id: one.issueKey }} className="link">
            {one.issueKey}
          </Link>{' '}
          <Words>{one.title}</Words>{' '}
          <span className="faint small">
            {t('signals.count', { count: one.signals })} · <Time at={one.alertAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
