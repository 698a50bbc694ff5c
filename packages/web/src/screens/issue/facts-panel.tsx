import type { IssueDetail } from '@groundswell/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { worldHere } from '../../api/world.ts';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { IssueStatus } from '../../parts/status.tsx';
import { SurgeWord } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';

/** State, size and how sure the engine was when it spoke. */
export function FactsPanel({ issue }: { issue: IssueDetail }) {
  const { t, i18n } = useTranslation();
  const { surge, budget } = issue;
  return (
    <Panel label={t('issue.facts')}>
      <div className="panel-body stack">
        <Fact name={t('fact.state')}>
          <IssueStatus state={issue.state} />
        </Fact>
        {issue.dismissReason && <Fact name={t('fact.reason')}>{t(`dismiss.reason.${issue.dismissReason}`)}</Fact>}
        {issue.note && (
          <p className="soft issue-note">
            <Words>{issue.note}</Words>
          </p>
        )}
        <Fact name={t('fact.pattern')}>{t(`fact.patterns.${surge.pattern}`)}</Fact>
        <Fact name={t('fact.against')}>
          <SurgeWord surge={surge} />
        </Fact>
        <Fact name={t('fact.onset')}>
          <Time at={surge.onsetAt} show="full" />
        </Fact>
        <Fact name={t('fact.noticed')}>
          <Time at={surge.noticedAt} show="full" />
        </Fact>
        <Fact name={t('fact.signals')}>{sayNumber(issue.signals, i18n.language)}</Fact>
        <Fact name={t('fact.people')}>
          {issue.people === null ? (
            <span className="faint">{t('people.unknownShort')}</span>
          ) : (
            sayNumber(issue.people, i18n.language)
          )}
        </Fact>
        {issue.compartment !== 'open' && worldHere() === null && (
          <Fact name={t('fact.compartment')}>{issue.compartment}</Fact>
        )}
        <hr />
        <p className="small faint">
          {t('fact.budget', {
            rate: t('budget.rate', { count: budget.falseAlertsPerWeek }),
            evidence: sayNumber(budget.logEvidence, i18n.language, 1),
            threshold: sayNumber(budget.threshold, i18n.language, 1),
          })}
        </p>
        {issue.renamed && <p className="small faint">{t('fact.renamed')}</p>}
      </div>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <span>{name}</span>
      <span>{children}</span>
    </div>
  );
}
