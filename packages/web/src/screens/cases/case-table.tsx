import type { CaseRow } from '@groundswell/contract';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePresentAtCase } from '../../api/presence.ts';
import { CaseStateMark, ClockBadge, PriorityMark } from '../../parts/case-marks.tsx';
import { CaseName } from '../../parts/case-name.tsx';
import { useGrowing } from '../../parts/growing.ts';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { OwnerMark } from '../../parts/owner-mark.tsx';
import { PeopleHere } from '../../parts/people-here.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { SortHead } from '../../parts/sort-head.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { type CaseSearch, type SortBy, wordOf } from './case-search.ts';

interface CaseTableProps {
  rows: readonly CaseRow[];
  search: CaseSearch;
  onSearch: (search: CaseSearch) => void;
  onTake: (row: CaseRow) => void;
}

/** Drawn at once: as many as a tall screen shows. */
const FIRST = 24;

/** Every case on one line: how fast it has to go, what it is, what runs out, whose it is. */
export function CaseTable({ rows, search, onSearch, onTake }: CaseTableProps) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableElement>();
  const present = usePresentAtCase();
  const shown = useGrowing(rows.length, FIRST);
  const from = wordOf(search);
  const take = () => {
    const row = rows.find(({ id }) => id === keys.at);
    if (row?.can.includes('take')) onTake(row);
  };
  const label = t(SHORTCUTS['cases.take'].words);
  useKeys(rows.some(({ can }) => can.includes('take')) ? [{ name: 'cases.take', label, run: take }] : []);
  return (
    <Scroller className="panel scroll" label={t('queue.table')}>
      <table className="queue" ref={keys.list}>
        <TableHead search={search} onSearch={onSearch} />
        <tbody>
          {rows.slice(0, shown).map((row) => (
            <CaseTableRow key={row.id} row={row} from={from} current={row.id === keys.at}>
              <PeopleHere people={present(row.id)} />
            </CaseTableRow>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function TableHead({ search, onSearch }: Pick<CaseTableProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation();
  const head = (sort: SortBy, label: string, end = false) => (
    <SortHead
      sort={sort}
      label={label}
      end={end}
      by={search.sort ?? 'urgent'}
      down={search.order !== 'asc'}
      onSort={(by, order) => onSearch({ ...search, sort: by, order })}
    />
  );
  return (
    <thead>
      <tr>
        {head('urgent', t('case.priority'))}
        <th className="queue-name">{t('queue.case')}</th>
        <th>{t('fact.state')}</th>
        {head('due', t('queue.due'))}
        <th>{t('queue.owner')}</th>
        <th className="no-phone">{t('queue.who')}</th>
        {head('changed', t('queue.changed'), true)}
      </tr>
    </thead>
  );
}

interface RowProps {
  row: CaseRow;
  from: string;
  current: boolean;
  children: ReactNode;
}

const CaseTableRow = memo(function CaseTableRow({ row, from, current, children }: RowProps) {
  const { t } = useTranslation();
  const path = `/cases/${encodeURIComponent(row.reference)}${from ? `?from=${encodeURIComponent(from)}` : ''}`;
  return (
    <tr data-row={row.id} aria-current={current || undefined}>
      <td>
        <PriorityMark priority={row.priority} />
      </td>
      <td className="queue-name">
        <RowLink to={path} className="queue-link">
          <CaseName row={row} />
        </RowLink>
        <span className="row wrap small faint">
          <span className="mono">{row.reference}</span>
          <span>{t(`case.kind.${row.kind}`)}</span>
          {children}
        </span>
      </td>
      <td>
        <CaseStateMark state={row.state} waitingFor={row.waitingFor} />
      </td>
      <td>
        <ClockBadge clock={row.clock} />
      </td>
      <td className="queue-owner">
        <OwnerMark owner={row.owner} />
      </td>
      <td className="no-phone small faint">
        {row.requester && t(`case.requester.${row.requester}`)}
        {[row.region, row.language].map(
          (one) =>
            one && (
              <span key={one}>
                {' · '}
                <Words>{one}</Words>
              </span>
            ),
        )}
      </td>
      <td className="end faint">
        <Time at={row.changedAt} show="ago" />
      </td>
    </tr>
  );
});
