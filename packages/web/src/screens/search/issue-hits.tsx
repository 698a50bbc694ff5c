import type { SearchReply } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IssueStatus } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Found } from '../../parts/user-content.tsx';
import { WhyLine } from '../../parts/why-line.tsx';
import { KindPanel } from './kind-panel.tsx';

interface IssueHitsProps {
  of: NonNullable<SearchReply['issues']>;
  q: string;
  onMore?: (() => void) | undefined;
}

export function IssueHits({ of, q, onMore }: IssueHitsProps) {
  const { t } = useTranslation();
  return (
    <KindPanel kind="issues" q={q} of={of} onMore={onMore}>
      {of.found.map((issue) => (
        <li key={issue.id} className="hit" data-row={issue.id}>
          <div className="row wrap">
            <Link to="/issues/$id" params={{ id: issue.key }} className="link">
              <span className="mono">{issue.key}</span>{' '}
              <Found places={issue.why.marks} where="title">
                {issue.title}
              </Found>
            </Link>
            <IssueStatus state={issue.state} />
          </div>
          <p className="small faint">
            {t('signals.count', { count: issue.signals })} · <Time at={issue.noticedAt} />
          </p>
          <WhyLine why={issue.why} texts={{ key: issue.key, title: issue.title }} />
        </li>
      ))}
    </KindPanel>
  );
}
