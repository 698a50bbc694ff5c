import type { IssueRow, Why } from '@groundswell/contract';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { issuePath } from '../../api/issue-walk.ts';
import type { Person } from '../../api/presence.ts';
import { worldHere } from '../../api/world.ts';
import { sayNumber } from '../../parts/numbers.ts';
import { NewsDot, OwnerMark } from '../../parts/owner-mark.tsx';
import { PeopleHere } from '../../parts/people-here.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { Spark } from '../../parts/spark.tsx';
import { IssueStatus } from '../../parts/status.tsx';
import { SliceWords, SurgeWord, useSurgeWord } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';
import { Found } from '../../parts/user-content.tsx';
import { WhyLine } from '../../parts/why-line.tsx';

interface IssueTableRowProps {
  row: IssueRow;
  present: readonly Person[];
  current: boolean;
  /** The stretch it stands in says already where it was found. */
  originSaid: boolean;
  /** The list that it stands in, for the way back and on. */
  list: string;
  chosen: boolean;
  /** `range`: all from the one before to this one. */
  onChoose: (id: string, range: boolean) => void;
  /** Why it was found, where words were searched. */
  why: Why | undefined;
}

/** Kept while nothing of it changes, so that a step with j draws two rows and not sixty. */
export const IssueTableRow = memo(function IssueTableRow({
  row,
  present,
  current,
  originSaid,
  list,
  chosen,
  onChoose,
  why,
}: IssueTableRowProps) {
  const { t, i18n } = useTranslation();
  const word = useSurgeWord(row.surge);
  const number = (value: number) => sayNumber(value, i18n.language);
  return (
    <tr
      data-row={row.id}
      data-news={row.news || undefined}
      data-chosen={chosen || undefined}
      aria-current={current || undefined}
    >
      <Chooser row={row} chosen={chosen} onChoose={onChoose} />
      <NameCell row={row} present={present} originSaid={originSaid} list={list} why={why} />
      <td>
        <SeverityMark severity={row.severity.is} said={row.severity.said} />
      </td>
      <td className="no-phone">
        <Spark points={row.spark} onsetAt={row.surge.onsetAt} label={word} width={168} height={30} />
      </td>
      <td className="end" data-unit={` ${t('issues.unit', { count: row.signals })}`}>
        <b>{number(row.signals)}</b>
      </td>
      <td className="end issue-people">
        {row.people === null ? (
          <span className="faint" title={t('people.unknown')}>
            –<span className="unseen">{t('people.unknown')}</span>
          </span>
        ) : (
          number(row.people)
        )}
      </td>
      <td>
        <SurgeWord surge={row.surge} />
      </td>
      <td>
        <IssueStatus state={row.state} />
      </td>
      <td className="issue-owner">
        <OwnerMark owner={row.owner} />
      </td>
      <td className="end faint">
        <Time at={row.surge.noticedAt} show={row.historical ? 'day' : worldHere() === null ? 'ago' : 'clock'} />
      </td>
    </tr>
  );
});

interface ChooserProps {
  row: IssueRow;
  chosen: boolean;
  onChoose: (id: string, range: boolean) => void;
}

function Chooser({ row, chosen, onChoose }: ChooserProps) {
  const { t } = useTranslation();
  return (
    <td className="issue-choose">
      <input
        type="checkbox"
        aria-label={t('bulk.choose', { key: row.key })}
        checked={chosen}
        onChange={(event) => onChoose(row.id, (event.nativeEvent as MouseEvent).shiftKey === true)}
      />
    </td>
  );
}

/** What it is called, where it is, who is at it, and why it was found. */
function NameCell({
  row,
  present,
  originSaid,
  list,
  why,
}: Pick<IssueTableRowProps, 'row' | 'present' | 'originSaid' | 'list' | 'why'>) {
  const { t } = useTranslation();
  return (
    <td className="issue-name">
      <NewsDot news={row.news} />
      <RowLink to={issuePath(row.key, list)} className="issue-link news-name">
        <Found places={why?.marks ?? []} where="title">
          {row.title}
        </Found>
      </RowLink>
      <div className="small faint issue-where">
        <span className="mono">{row.key}</span> <PeopleHere people={present} />
        {row.historical && !originSaid && ` · ${t('issue.historical')}`}
        {row.surge.slice && (
          <>
            {' · '}
            <SliceWords slice={row.surge.slice} />
          </>
        )}
        {row.unread > 0 && (
          <>
            {' · '}
            <b>{t('issues.newComments', { count: row.unread })}</b>
          </>
        )}
      </div>
      {why && why.marks.length > 0 && <WhyLine why={why} texts={{ key: row.key, title: row.title }} />}
    </td>
  );
}
