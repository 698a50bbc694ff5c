import type { IssueRow, Why } from '@groundswell/contract';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { issuePath } from '../../api/issue-walk.ts';
import type { Person } from '../../api/presence.ts';
import { Button } from '../../parts/button.tsx';
import { NewsDot, OwnerMark } from '../../parts/owner-mark.tsx';
import { PeopleHere } from '../../parts/people-here.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { Spark } from '../../parts/spark.tsx';
import { SliceWords, SurgeWord, useSurgeWord } from '../../parts/surge.tsx';
import { Found } from '../../parts/user-content.tsx';
import { menuId } from './board-menu.tsx';

interface BoardCardProps {
  row: IssueRow;
  why: Why | undefined;
  present: readonly Person[];
  /** The list that it stands in, for the way back and on. */
  list: string;
  current: boolean;
  /** Its menu is open. */
  moving: boolean;
  onMenu: (id: string, button: HTMLElement) => void;
}

/** Kept while nothing of it changes, so that a step with j draws two cards and not a hundred. */
export const BoardCard = memo(function BoardCard({ row, why, present, list, current, moving, onMenu }: BoardCardProps) {
  const { t } = useTranslation();
  const word = useSurgeWord(row.surge);
  return (
    <article
      className="panel card"
      data-row={row.id}
      data-news={row.news || undefined}
      aria-current={current || undefined}
    >
      <RowLink to={issuePath(row.key, list)} className="card-title news-name">
        <NewsDot news={row.news} />
        <Found places={why?.marks ?? []} where="title">
          {row.title}
        </Found>
      </RowLink>
      <Spark points={row.spark} onsetAt={row.surge.onsetAt} label={word} width={200} height={30} />
      <div className="row wrap small faint">
        <SeverityMark severity={row.severity.is} said={row.severity.said} />
        <span className="mono">{row.key}</span>
        <OwnerMark owner={row.owner} small />
        <PeopleHere people={present} />
        <span>{t('signals.count', { count: row.signals })}</span>
        <SurgeWord surge={row.surge} />
        {row.historical && <span>{t('issue.historical')}</span>}
      </div>
      {row.surge.slice && (
        <div className="small faint">
          <SliceWords slice={row.surge.slice} />
        </div>
      )}
      {row.can.length > 0 && (
        <Button
          look="quiet"
          small
          icon="more"
          className="card-menu"
          id={menuId(row.id)}
          aria-label={t('issues.move')}
          aria-haspopup="menu"
          aria-expanded={moving}
          aria-controls={moving ? `${menuId(row.id)}-dropdown` : undefined}
          onClick={(event) => onMenu(row.id, event.currentTarget)}
        />
      )}
    </article>
  );
});
