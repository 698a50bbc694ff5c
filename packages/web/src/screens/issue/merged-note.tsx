import type { IssueDetail } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';

/** What was said of a merged issue is told elsewhere; its own history and talk stay here. */
export function MergedNote({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  return (
    <Panel label={t('issue.finding')}>
      <EmptyNote
        action={
          <Link to="/issues/$id" params={{ id: issue.duplicateOf! }} className="btn little">
            {t('triage.goToKept', { issue: issue.duplicateOf })}
          </Link>
        }
      >
        {t('triage.merged', { issue: issue.duplicateOf })}
      </EmptyNote>
    </Panel>
  );
}
