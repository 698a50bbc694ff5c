import type { IssueDetail } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isRefusal } from '../../api/call.ts';
import { useHere, usePresent } from '../../api/presence.ts';
import { FailedPage } from '../../parts/failed-page.tsx';
import { useBelow } from '../../parts/growing.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { PeopleHere } from '../../parts/people-here.tsx';
import { IssueStatus, Pill } from '../../parts/status.tsx';
import { Words } from '../../parts/user-content.tsx';
import { CommentsPanel } from './comments-panel.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { ImpactPanel } from './impact-panel.tsx';
import { IssueActs } from './issue-acts.tsx';
import { oneIssue } from './issue-queries.ts';
import './issue.css';
import { MergedNote } from './merged-note.tsx';
import { SeverityPanel } from './severity-panel.tsx';
import { SurgePanel } from './surge-panel.tsx';
import { TheirWords } from './their-words.tsx';
import { TriagePanel } from './triage-panel.tsx';
import { useIssueWalk, WalkBar } from './walk-bar.tsx';
import { WhereItIs } from './where-it-is.tsx';

/** Somebody who must decide in ten minutes whether this is real, how bad it is and where: what is known, in that order. */
export function IssueScreen({ id, list }: { id: string; list?: string | undefined }) {
  const { t } = useTranslation();
  const query = useQuery(oneIssue(id));
  if (isRefusal(query.error, 'issue.not_found'))
    return (
      <Page
        title={t('issue.notFound')}
        state={t('issue.notFoundWhy')}
        crumb={{ to: '/issues', label: t('place.issues'), here: id }}
      >
        {null}
      </Page>
    );
  if (query.isError && query.data === undefined) {
    return (
      <FailedPage
        title={t('place.issues')}
        crumb={{ to: '/issues', label: t('place.issues'), here: id }}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <Loaded query={query} lines={8} isEmpty={() => false} empty="">
      {(issue) => <OneIssue issue={issue} list={list} />}
    </Loaded>
  );
}

function OneIssue({ issue, list }: { issue: IssueDetail; list: string | undefined }) {
  const { t } = useTranslation();
  const walk = useIssueWalk(issue.key, list);
  const below = useBelow();
  useHere(issue.id);
  return (
    <Page
      title={`${issue.key} ${issue.title}`}
      heading={<Words>{issue.title}</Words>}
      crumb={{ to: '/issues', label: t('place.issues'), here: issue.key }}
      state={<StateLine issue={issue} />}
      acts={<IssueActs issue={issue} onDecided={walk.goOn} />}
    >
      <WalkBar walk={walk} />
      <div className="cols issue">
        <div className="stack wide slim">
          {issue.duplicateOf === null ? (
            <>
              <SurgePanel issue={issue} />
              {below && (
                <>
                  <WhereItIs issue={issue} />
                  <ImpactPanel issue={issue} />
                  <TheirWords issue={issue} />
                </>
              )}
            </>
          ) : (
            <MergedNote issue={issue} />
          )}
          <CommentsPanel issue={issue} />
        </div>
        <aside className="stack wide slim" aria-label={t('issue.facts')}>
          <FactsPanel issue={issue} />
          {issue.duplicateOf === null && <SeverityPanel issue={issue} />}
          <TriagePanel issue={issue} />
          {below && (
            <>
              <PhrasesPanel phrases={issue.phrases} />
              <HistoryPanel issue={issue.id} lines={issue.history} />
            </>
          )}
        </aside>
      </div>
    </Page>
  );
}

function PhrasesPanel({ phrases }: Pick<IssueDetail, 'phrases'>) {
  const { t } = useTranslation();
  if (phrases.length === 0) return null;
  return (
    <Panel title={t('issue.phrases')}>
      <ul className="panel-body row wrap">
        {phrases.map((phrase) => (
          <li key={phrase} className="chip">
            <Words>{phrase}</Words>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function StateLine({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const present = usePresent();
  return (
    <span className="row wrap">
      <span className="only-phone">
        <IssueStatus state={issue.state} />
      </span>
      <PeopleHere people={present(issue.id)} said />
      {issue.historical && (
        <>
          <Pill tone="idle" icon="clock">
            {t('issue.historical')}
          </Pill>
          <span className="small faint">{t('issue.historicalWhy')}</span>
        </>
      )}
    </span>
  );
}
