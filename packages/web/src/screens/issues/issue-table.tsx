import type { IssueRow, Why } from '@groundswell/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type IssueSearch, type SortBy, type Stands, stretchesOf } from '../../api/issue-search.ts';
import { orderOf, walkKey, wordOf } from '../../api/issue-walk.ts';
import { usePresent } from '../../api/presence.ts';
import { LegendEntry } from '../../parts/chart-frame.tsx';
import { useGrowing } from '../../parts/growing.ts';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { SortHead } from '../../parts/sort-head.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { IssueTableRow } from './issue-table-row.tsx';
import { useAround } from './use-around.ts';
import { useBulk } from './use-bulk.ts';

interface IssueTableProps {
  rows: readonly IssueRow[];
  why: ReadonlyMap<string, Why>;
  standsAt: (row: IssueRow) => Stands;
  search: IssueSearch;
  onSearch: (search: IssueSearch) => void;
  onConfirm: (issue: IssueRow) => void;
  onDismiss: (issue: IssueRow) => void;
  onReopen: (issue: IssueRow) => void;
}

/** Drawn at once: as many as a tall screen shows. */
const FIRST = 24;

/** So many rows in all, from above; a stretch of which nothing is drawn yet is left out with its head. */
function firstOf<S extends { rows: readonly unknown[] }>(
  stretches: readonly S[],
  most: number,
): (S & { first: number })[] {
  let left = most;
  return stretches.flatMap((one) => {
    const first = Math.max(0, Math.min(left, one.rows.length));
    left -= first;
    return first > 0 ? [{ ...one, first }] : [];
  });
}

export function IssueTable({ rows, why, standsAt, search, onSearch, onConfirm, onDismiss, onReopen }: IssueTableProps) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableElement>();
  const list = wordOf(search);
  useWalk(list, rows);
  const stretches = stretchesOf(rows, standsAt);
  const shown = firstOf(stretches, useGrowing(rows.length, FIRST));
  const present = usePresent();
  const bulk = useBulk(
    stretches.flatMap(({ rows: own }) => own.map(({ id }) => id)),
    keys,
  );
  const { chosen } = bulk.choice;
  const around = useAround(rows.filter(({ id }) => (chosen.size > 0 ? chosen.has(id) : id === keys.at)));
  useDecisionKeys(rows, keys, { onConfirm, onDismiss, onReopen }, bulk);
  return (
    <>
      <Scroller className="panel scroll" label={t('issues.tableLabel')}>
        <table className="issues" ref={keys.list}>
          <TableHead search={search} onSearch={onSearch} />
          <tbody>
            {shown.map(({ stretch, rows: own, first }) => (
              <Fragment key={stretch.name}>
                <tr className="stretch">
                  <th colSpan={10} scope="rowgroup">
                    {t(`issues.stretch.${stretch.name}`)} <span>{own.length}</span>
                    <em>{t(`issues.stretchWhy.${stretch.name}`)}</em>
                  </th>
                </tr>
                {own.slice(0, first).map((row) => (
                  <IssueTableRow
                    key={row.id}
                    row={row}
                    present={present(row.id)}
                    current={row.id === keys.at}
                    originSaid={stretch.name === 'past'}
                    list={list}
                    chosen={chosen.has(row.id)}
                    onChoose={bulk.onChoose}
                    why={why.get(row.id)}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </Scroller>
      <BulkBar
        around={around}
        rows={rows}
        chosen={chosen}
        onAll={bulk.choice.chooseAll}
        onNone={bulk.choice.chooseNone}
        asked={bulk.asked}
        onAsked={bulk.setAsked}
      />
      <Legend />
    </>
  );
}

function TableHead({ search, onSearch }: Pick<IssueTableProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation();
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
    <thead>
      <tr>
        <th className="issue-choose">
          <span className="unseen">{t('bulk.head')}</span>
        </th>
        <th className="issue-name">{t('issues.head.issue')}</th>
        {head('severity', t('issues.head.severity'))}
        <th className="no-phone">{t('issues.head.spark')}</th>
        {head('signals', t('issues.head.signals'), true)}
        {head('people', t('issues.head.people'), true)}
        {head('ratio', t('issues.head.ratio'))}
        <th>{t('issues.head.state')}</th>
        <th>{t('issues.head.owner')}</th>
        {head('noticed', t('issues.head.noticed'), true)}
      </tr>
    </thead>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <div className="legend issue-legend">
      <LegendEntry look="band">{t('chart.expected')}</LegendEntry>
      <LegendEntry look="observed">{t('chart.observed')}</LegendEntry>
      <LegendEntry look="excess">{t('chart.sinceOnset')}</LegendEntry>
      <span className="faint">{t('issues.peopleNote')}</span>
    </div>
  );
}

type Acts = Pick<IssueTableProps, 'onConfirm' | 'onDismiss' | 'onReopen'>;
type Cursor = Pick<ReturnType<typeof useListKeys>, 'at' | 'pass' | 'step'>;

/** Whoever opens a row goes on from there in the order that stood on screen. */
function useWalk(list: string, rows: readonly IssueRow[]) {
  const client = useQueryClient();
  const order = useMemo(() => orderOf(rows), [rows]);
  useEffect(() => void client.setQueryData(walkKey(list), order), [client, list, order]);
}

/** Deciding by key about the row one stands on. */
function useDecisionKeys(
  rows: readonly IssueRow[],
  keys: Cursor,
  { onConfirm, onDismiss, onReopen }: Acts,
  { ask, askHere }: Pick<ReturnType<typeof useBulk>, 'ask' | 'askHere'>,
) {
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
    {
      name: 'issues.confirm',
      label: t('issues.confirmKey'),
      run: () => ask('confirm') || decide(onConfirm, 'confirm'),
    },
    {
      name: 'issues.dismiss',
      label: t('issues.dismissKey'),
      run: () => ask('dismiss') || withRow(at(), onDismiss),
    },
    ...(rows.some((row) => row.can.length > 0)
      ? [{ name: 'issues.assign' as const, label: t('issues.assignKey'), run: () => askHere('assign') }]
      : []),
    ...(rows.some((row) => row.can.includes('reopen'))
      ? [
          {
            name: 'issues.reopen' as const,
            label: t('issues.reopenKey'),
            run: () => decide(onReopen, 'reopen'),
          },
        ]
      : []),
  ]);
}

function withRow(row: IssueRow | undefined, act: (row: IssueRow) => void) {
  if (row) act(row);
}
