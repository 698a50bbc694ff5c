import type { IssueRow } from '@groundswell/contract';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { LegendEntry } from '../../parts/chart-frame.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { SortHead } from '../../parts/sort-head.tsx';
import { type IssueSearch, type SortBy, stretchesOf } from './issue-search.ts';
import { IssueTableRow } from './issue-table-row.tsx';

interface IssueTableProps {
  rows: readonly IssueRow[];
  search: IssueSearch;
  onSearch: (search: IssueSearch) => void;
  onConfirm: (issue: IssueRow) => void;
  onDismiss: (issue: IssueRow) => void;
  onReopen: (issue: IssueRow) => void;
}

export function IssueTable({ rows, search, onSearch, onConfirm, onDismiss, onReopen }: IssueTableProps) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableElement>();
  useDecisionKeys(rows, keys, { onConfirm, onDismiss, onReopen });
  const head = (sort: SortBy, label: string, end = false) => (
    <SortHead
      sort={sort}
      label={label}
      end={end}
      by={search.sort ?? 'noticed'}
      down={search.order !== 'asc'}
      onSort={(by, order) => onSearch({ ...search, sort: by, order })}
    />
  );
  return (
    <>
      <Scroller className="panel scroll" label={t('issues.tableLabel')}>
        <table className="issues" ref={keys.list}>
          <thead>
            <tr>
              <th>{t('issues.head.issue')}</th>
              <th className="no-phone">{t('issues.head.spark')}</th>
              {head('signals', t('issues.head.signals'), true)}
              {head('people', t('issues.head.people'), true)}
              {head('ratio', t('issues.head.ratio'))}
              <th>{t('issues.head.state')}</th>
              {head('noticed', t('issues.head.noticed'), true)}
            </tr>
          </thead>
          <tbody>
            {stretchesOf(rows).map(({ stretch, rows: own }) => (
              <Fragment key={stretch.name}>
                <tr className="stretch">
                  <th colSpan={7} scope="rowgroup">
                    {t(`issues.stretch.${stretch.name}`)} <span>{own.length}</span>
                    <em>{t(`issues.stretchWhy.${stretch.name}`)}</em>
                  </th>
                </tr>
                {own.map((row) => (
                  <IssueTableRow
                    key={row.id}
                    row={row}
                    current={row.id === keys.at}
                    originSaid={stretch.name === 'past'}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </Scroller>
      <div className="legend issue-legend">
        <LegendEntry look="band">{t('chart.expected')}</LegendEntry>
        <LegendEntry look="observed">{t('chart.observed')}</LegendEntry>
        <LegendEntry look="excess">{t('chart.sinceOnset')}</LegendEntry>
        <span className="faint">{t('issues.peopleNote')}</span>
      </div>
    </>
  );
}

type Acts = Pick<IssueTableProps, 'onConfirm' | 'onDismiss' | 'onReopen'>;
type Cursor = Pick<ReturnType<typeof useListKeys>, 'at' | 'pass'>;

/** Deciding by key about the row one stands on. */
function useDecisionKeys(rows: readonly IssueRow[], keys: Cursor, { onConfirm, onDismiss, onReopen }: Acts) {
  const { t } = useTranslation();
  const at = () => rows.find((row) => row.id === keys.at);
  // a decided row moves to another stretch; the person stays and goes on with the next one
  const decide = (act: (row: IssueRow) => void, name: 'confirm' | 'reopen') => {
    const row = at();
    if (!row?.can.includes(name)) return;
    keys.pass();
    act(row);
  };
  useKeys([
    { keys: 'c', label: t('issues.confirmKey'), run: () => decide(onConfirm, 'confirm') },
    { keys: 'd', label: t('issues.dismissKey'), run: () => withRow(at(), onDismiss) },
    ...(rows.some((row) => row.can.includes('reopen'))
      ? [{ keys: 'o', label: t('issues.reopenKey'), run: () => decide(onReopen, 'reopen') }]
      : []),
  ]);
}

function withRow(row: IssueRow | undefined, act: (row: IssueRow) => void) {
  if (row) act(row);
}
