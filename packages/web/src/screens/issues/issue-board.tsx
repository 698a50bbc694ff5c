import type { IssueRow, IssueState, Why } from '@groundswell/contract';
import { Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stands } from '../../api/issue-search.ts';
import { issuePath } from '../../api/issue-walk.ts';
import { type Person, usePresent } from '../../api/presence.ts';
import { Button } from '../../parts/button.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { NewsDot, OwnerMark } from '../../parts/owner-mark.tsx';
import { PeopleHere } from '../../parts/people-here.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { Spark } from '../../parts/spark.tsx';
import { IssueStatus } from '../../parts/status.tsx';
import { SliceWords, SurgeWord, useSurgeWord } from '../../parts/surge.tsx';
import { Found } from '../../parts/user-content.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { useAround } from './use-around.ts';

interface IssueBoardProps {
  rows: readonly IssueRow[];
  why: ReadonlyMap<string, Why>;
  standsAt: (row: IssueRow) => Stands;
  /** The list that they stand in, for the way back and on. */
  list: string;
  onConfirm: (issue: IssueRow) => void;
  onDismiss: (issue: IssueRow) => void;
  onReopen: (issue: IssueRow) => void;
}

/** These columns always stand; others appear when an issue is in them. */
const ALWAYS: readonly IssueState[] = ['suspected', 'confirmed', 'dismissed'];
const ORDER: readonly IssueState[] = [
  'suspected',
  'regressed',
  'confirmed',
  'investigating',
  'fixing',
  'verifying',
  'not_verified',
  'verified',
  'duplicate',
  'risk_accepted',
  'dismissed',
];

/** The same issues by state. A card moves by its menu or by keys; nothing has to be dragged. */
export function IssueBoard({ rows, why, standsAt, list, onConfirm, onDismiss, onReopen }: IssueBoardProps) {
  const { t } = useTranslation();
  const present = usePresent();
  const keys = useListKeys<HTMLElement>();
  const [given, setGiven] = useState<readonly IssueRow[]>([]);
  useBoardKeys(rows, keys, { onConfirm, onDismiss, onReopen, onGive: (row) => setGiven([row]) });
  const columns = ORDER.map((state) => ({ state, own: rows.filter((row) => standsAt(row).state === state) })).filter(
    ({ state, own }) => own.length > 0 || ALWAYS.includes(state),
  );
  return (
    <>
      <Scroller className="board" inner={keys.list} label={t('issues.board')}>
        {columns.map(({ state, own }) => (
          <div key={state} className="board-column">
            <h2 className="row">
              <IssueStatus state={state} /> <span className="faint small">{own.length}</span>
            </h2>
            {own.length === 0 && <p className="small faint board-empty">{t('issues.boardEmpty')}</p>}
            {own.map((row) => (
              <BoardCard
                key={row.id}
                row={row}
                why={why.get(row.id)}
                onGive={(one) => setGiven([one])}
                present={present(row.id)}
                list={list}
                current={row.id === keys.at}
                onConfirm={onConfirm}
                onDismiss={onDismiss}
                onReopen={onReopen}
              />
            ))}
          </div>
        ))}
      </Scroller>
      <AssignDialog
        opened={given.length > 0}
        frozen={given}
        now={rows}
        onClose={() => setGiven([])}
        onDone={() => {}}
      />
    </>
  );
}

type Acts = Pick<IssueBoardProps, 'onConfirm' | 'onDismiss' | 'onReopen'> & { onGive: (issue: IssueRow) => void };

/** Of the card one stands on. */
function useBoardKeys(
  rows: readonly IssueRow[],
  keys: Pick<ReturnType<typeof useListKeys>, 'at' | 'pass'>,
  { onConfirm, onDismiss, onReopen, onGive }: Acts,
) {
  const { t } = useTranslation();
  useAround(rows.filter(({ id }) => id === keys.at));
  const act = (run: (issue: IssueRow) => void, pass: 'confirm' | 'reopen' | null) => () => {
    const row = rows.find((one) => one.id === keys.at);
    if (!row) return;
    if (pass && row.can.includes(pass)) keys.pass();
    run(row);
  };
  useKeys([
    ...(rows.some(({ can }) => can.length > 0)
      ? [{ name: 'issues.assign' as const, label: t('issues.assignKey'), run: act(onGive, null) }]
      : []),
    { name: 'issues.confirm', label: t('issues.confirmKey'), run: act(onConfirm, 'confirm') },
    { name: 'issues.dismiss', label: t('issues.dismissKey'), run: act(onDismiss, null) },
    ...(rows.some((row) => row.can.includes('reopen'))
      ? [{ name: 'issues.reopen' as const, label: t('issues.reopenKey'), run: act(onReopen, 'reopen') }]
      : []),
  ]);
}

type BoardCardProps = {
  row: IssueRow;
  why: Why | undefined;
  present: readonly Person[];
  current: boolean;
  onGive: (issue: IssueRow) => void;
} & Omit<IssueBoardProps, 'rows' | 'why' | 'standsAt'>;

function BoardCard({ row, why, present, list, current, onGive, ...acts }: BoardCardProps) {
  const { t } = useTranslation();
  const word = useSurgeWord(row.surge);
  const moves = [
    { name: 'confirm', run: acts.onConfirm },
    { name: 'dismiss', run: acts.onDismiss },
    { name: 'reopen', run: acts.onReopen },
  ] as const;
  const open = moves.filter(({ name }) => row.can.includes(name));
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
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button look="quiet" small icon="more" className="card-menu" aria-label={t('issues.move')} />
          </Menu.Target>
          <Menu.Dropdown>
            {open.map(({ name, run }) => (
              <Menu.Item key={name} onClick={() => run(row)}>
                {t(`issue.act.${name}`)}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => onGive(row)}>{t('bulk.assign')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </article>
  );
}
