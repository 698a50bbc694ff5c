import type { IssueRow } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import './owner-mark.css';
import { initialsOf } from './people-here.tsx';
import { Words } from './user-content.tsx';

/** Whose it is: initials and the name, or `small` the initials alone with the name for whoever asks. */
export function OwnerMark({ owner, small = false }: { owner: IssueRow['owner']; small?: boolean }) {
  const { t } = useTranslation();
  if (owner === null) {
    return small ? null : (
      <span className="faint">
        <span aria-hidden="true">–</span>
        <span className="unseen">{t('issues.ownerNobody')}</span>
      </span>
    );
  }
  const sentence = t('issues.ownerIs', { name: owner.name });
  return (
    <span className="owner-mark" title={sentence}>
      <bdi aria-hidden="true" className="owner-initials">
        {initialsOf(owner.name)}
      </bdi>
      {small ? (
        <span className="unseen">{sentence}</span>
      ) : (
        <span className="clip">
          <Words>{owner.name}</Words>
        </span>
      )}
    </span>
  );
}

/** Something befell it since this reader last looked. It stands in room that is always there, so that nothing moves. */
export function NewsDot({ news }: { news: boolean }) {
  const { t } = useTranslation();
  return <span className="news-dot">{news && <span className="unseen">{t('issues.news')}: </span>}</span>;
}
