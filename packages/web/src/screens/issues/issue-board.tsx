import type { IssueRow, IssueState, Why } from '@groundswell/contract';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stands } from '../../api/issue-search.ts';
import { usePresent } from '../../api/presence.ts';
import { useGrowing } from '../../parts/growing.ts';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { IssueStatus } from '../../parts/status.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { BoardCard } from './board-card.tsx';
import { type Acts, BoardMenu } from './board-menu.tsx';
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

/** Of each column at once as many as a tall screen shows. */
const FIRST = 4;

/** The same issues by state. A card moves by its menu or by keys; nothing has to be dragged. */
export function IssueBoard({ rows, why, standsAt, list, onConfirm, onDismiss, onReopen }: IssueBoardProps) {
  const { t } = useTranslation();
  const present = usePresent();
  const keys = useListKeys<HTMLElement>();
  const [given, setGiven] = useState<readonly IssueRow[]>([]);
  const acts: Acts = { onConfirm, onDismiss, onReopen, onGive: (row) => setGiven([row]) };
  const menu = useMenu(rows);
  useBoardKeys(rows, keys, acts);
  const shown = useGrowing(rows.length, FIRST);
  return (
    <>
      <Scroller className="board" inner={keys.list} label={t('issues.board')}>
        {columnsOf(rows, standsAt).map(({ state, own }) => (
          <div key={state} className="board-column">
            <h2 className="row">
              <IssueStatus state={state} /> <span className="faint small">{own.length}</span>
            </h2>
            {own.length === 0 && <p className="small faint board-empty">{t('issues.boardEmpty')}</p>}
            {own.slice(0, shown).map((row) => (
              <BoardCard
                key={row.id}
                row={row}
                why={why.get(row.id)}
                present={present(row.id)}
                list={list}
                current={row.id === keys.at}
                moving={row.id === menu.open}
                onMenu={menu.onMenu}
              />
            ))}
          </div>
        ))}
      </Scroller>
      <BoardMenu at={menu.at} opened={menu.open !== null} onClose={menu.close} {...acts} />
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

function columnsOf(rows: readonly IssueRow[], standsAt: IssueBoardProps['standsAt']) {
  const own = new Map<IssueState, IssueRow[]>(ALWAYS.map((state) => [state, []]));
  for (const row of rows) {
    const { state } = standsAt(row);
    own.set(state, [...(own.get(state) ?? []), row]);
  }
  return ORDER.flatMap((state) => (own.has(state) ? [{ state, own: own.get(state)! }] : []));
}

/** Which card's menu is open. The button stays known while the menu goes away: the focus returns to it. */
function useMenu(rows: readonly IssueRow[]) {
  const [asked, setAsked] = useState<{ id: string; button: HTMLElement } | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const onMenu = useCallback((id: string, button: HTMLElement) => {
    setAsked({ id, button });
    setOpen((old) => (old === id ? null : id));
  }, []);
  const row = asked && rows.find(({ id }) => id === asked.id);
  return {
    at: row ? { row, button: asked.button } : null,
    open: row ? open : null,
    onMenu,
    close: () => setOpen(null),
  };
}

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
