import type { IssueRow } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '../../parts/notes.tsx';
import { NewsDot, OwnerMark } from '../../parts/owner-mark.tsx';
import { Panel } from '../../parts/page.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { Spark } from '../../parts/spark.tsx';
import { IssueStatus, Pill } from '../../parts/status.tsx';
import { SliceWords, SurgeSentence, SurgeWord, useSurgeWord } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';

/** What the engine found and nobody has decided yet. */
export function EmergingPanel({ rows, total }: { rows: readonly IssueRow[]; total: number }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('home.emerging')}
      count={total}
      aside={
        <Link to="/issues" search={{ group: 'emerging' }} className="link">
          {t('home.allEmerging')}
        </Link>
      }
    >
      {rows.length === 0 ? (
        <EmptyNote>{t('home.noneEmerging')}</EmptyNote>
      ) : (
        <ul>
          {rows.map((issue) => (
            <EmergingLine key={issue.id} issue={issue} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function EmergingLine({ issue }: { issue: IssueRow }) {
  const { t } = useTranslation();
  const word = useSurgeWord(issue.surge);
  return (
    <li className="emerging" data-row={issue.id} data-news={issue.news || undefined}>
      <Link to="/issues/$id" params={{ id: issue.key }} className="slim">
        <b className="emerging-title">
          <NewsDot news={issue.news} />
          <Words>{issue.title}</Words>
        </b>
        <span className="soft">
          <SurgeSentence surge={issue.surge} historical={issue.historical} />{' '}
          {issue.surge.slice && (
            <>
              {t('surge.mostly')} <SliceWords slice={issue.surge.slice} />.
            </>
          )}
        </span>
        <span className="small faint row wrap">
          {issue.historical ? (
            <Pill tone="idle" icon="clock">
              {t('issue.historical')}
            </Pill>
          ) : (
            <IssueStatus state={issue.state} />
          )}
          <SeverityMark severity={issue.severity.is} said={issue.severity.said} />
          <span className="mono">{issue.key}</span>
          <span>{t('signals.count', { count: issue.signals })}</span>
          {issue.people !== null && <span>{t('people.count', { count: issue.people })}</span>}
          {issue.owner && <OwnerMark owner={issue.owner} />}
          <span>
            {t('issue.noticed')} <Time at={issue.surge.noticedAt} />
          </span>
        </span>
      </Link>
      <span className="emerging-spark">
        <Spark points={issue.spark} onsetAt={issue.surge.onsetAt} label={word} />
        <b className="small">
          <SurgeWord surge={issue.surge} />
        </b>
      </span>
    </li>
  );
}
