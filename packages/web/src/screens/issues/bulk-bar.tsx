import type { IssueRow } from '@groundswell/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { BulkDialogs } from './bulk-dialogs.tsx';
import type { BulkMove } from './bulk-echo.tsx';
import type { Around } from './use-around.ts';
import './bulk.css';

interface BulkBarProps {
  around: Around;
  rows: readonly IssueRow[];
  chosen: ReadonlySet<string>;
  onAll: () => void;
  onNone: () => void;
  /** The decision that was asked for by key, or none. */
  asked: BulkMove | null;
  onAsked: (move: BulkMove | null) => void;
}

/** What can be done with those that are chosen. At the foot of the list, so that rows do not move when it comes. */
export function BulkBar({ around, rows, chosen, onAll, onNone, asked, onAsked }: BulkBarProps) {
  const { t } = useTranslation();
  const [frozen, setFrozen] = useState<readonly IssueRow[]>([]);
  const own = rows.filter((row) => chosen.has(row.id));
  const mayDecide = own.some(({ can }) => can.length > 0);
  const shown = asked === null ? [] : frozen.length > 0 ? frozen : own;
  if (asked !== null && frozen.length === 0 && own.length > 0) setFrozen(own);
  const close = () => {
    onAsked(null);
    setFrozen([]);
  };
  useActs([
    { label: t('bulk.all', { count: rows.length }), icon: 'check', shortcut: 'issues.chooseAll', run: onAll },
    ...(mayDecide
      ? ([
          { label: t('bulk.do.confirm', { count: own.length }), icon: 'flag', run: () => onAsked('confirm') },
          { label: t('bulk.do.dismiss', { count: own.length }), icon: 'x', run: () => onAsked('dismiss') },
          {
            label: t('bulk.do.assign', { count: own.length }),
            shortcut: 'issues.assign',
            run: () => onAsked('assign'),
          },
        ] as const)
      : []),
  ]);
  return (
    <>
      <div role="status" className={own.length > 0 ? 'bulk-bar' : 'unseen'}>
        {own.length > 0 && (
          <>
            <b>{t('bulk.chosen', { count: own.length })}</b>
            {mayDecide && <Decisions onAsked={onAsked} />}
            <Button small onClick={around.follow}>
              {t(around.wouldFollow ? 'bulk.follow' : 'bulk.unfollow')} <KeyHint of="issues.follow" />
            </Button>
            <Button small onClick={around.read}>
              {t(around.wouldRead ? 'bulk.read' : 'bulk.unread')} <KeyHint of="issues.read" />
            </Button>
            <Button small look="quiet" onClick={onAll}>
              {t('bulk.all', { count: rows.length })} <KeyHint of="issues.chooseAll" />
            </Button>
            <Button small look="quiet" onClick={onNone}>
              {t('bulk.none')} <KeyHint of="issues.chooseNone" />
            </Button>
          </>
        )}
      </div>
      <BulkDialogs move={asked} frozen={shown} now={rows} onClose={close} onDone={onNone} />
    </>
  );
}

function Decisions({ onAsked }: Pick<BulkBarProps, 'onAsked'>) {
  const { t } = useTranslation();
  return (
    <>
      <Button small onClick={() => onAsked('confirm')}>
        {t('issue.act.confirm')} <KeyHint of="issues.confirm" />
      </Button>
      <Button small onClick={() => onAsked('dismiss')}>
        {t('issue.act.dismiss')} <KeyHint of="issues.dismiss" />
      </Button>
      <Button small onClick={() => onAsked('assign')}>
        {t('bulk.assign')} <KeyHint of="issues.assign" />
      </Button>
    </>
  );
}
