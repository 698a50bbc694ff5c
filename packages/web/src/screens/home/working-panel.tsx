import type { IssueRow } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NewsDot, OwnerMark } from '../../parts/owner-mark.tsx';
import { Panel } from '../../parts/page.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { IssueStatus } from '../../parts/status.tsx';
import { SurgeWord } from '../../parts/surge.tsx';
import { Words } from '../../parts/user-content.tsx';

/** Confirmed and not yet proven gone: somebody works on these. */
export function WorkingPanel({ issues }: { issues: readonly IssueRow[] }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('home.working')}
      count={issues.length}
      aside={
        <Link to="/issues" search={{ group: 'working' }} className="link">
          {t('home.allWorking')}
        </Link>
      }
    >
      <ul>
        {issues.map((issue) => (
          <li key={issue.id} className="working" data-row={issue.id} data-news={issue.news || undefined}>
            <Link to="/issues/$id" params={{ id: issue.key }} className="slim">
              <b>
                <NewsDot news={issue.news} />
                <Words>{issue.title}</Words>
              </b>
              <span className="small faint">
                <SeverityMark severity={issue.severity.is} said={issue.severity.said} />{' '}
                <span className="mono">{issue.key}</span> · {t('signals.count', { count: issue.signals })}
              </span>
            </Link>
            <span className="working-owner">
              <OwnerMark owner={issue.owner} small />
            </span>
            <span className="working-word small">
              <SurgeWord surge={issue.surge} />
            </span>
            <IssueStatus state={issue.state} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
