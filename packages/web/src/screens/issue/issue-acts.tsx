import type { IssueDetail, IssueMove } from '@groundswell/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIssueConflict } from '../../api/issue-conflict.ts';
import { useMoveIssue } from '../../api/issue-moves.ts';
import { useMay } from '../../api/session.ts';
import { type Act, useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { ConflictDialog } from '../../parts/conflict-dialog.tsx';
import { DismissDialog } from '../../parts/dismiss-dialog.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { OpenCase } from '../../parts/open-case.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { RenameDialog } from './rename-dialog.tsx';

interface IssueActsProps {
  issue: IssueDetail;
  /** After a confirmation or a dismissal: on to the next one of the list. */
  onDecided: () => void;
}

/** What this person may do with this issue now; the server says what that is. */
export function IssueActs({ issue, onDecided }: IssueActsProps) {
  const move = useMoveIssue();
  const [open, setOpen] = useState<'dismiss' | 'rename' | null>(null);
  const may = (act: IssueDetail['can'][number]) => issue.can.includes(act);
  const conflict = useIssueConflict({ move });
  const send = (request: IssueMove) =>
    conflict.sendMove(issue, request, () => {
      setOpen(null);
      if (request.type !== 'reopen') onDecided();
    });
  const letGo = () => {
    conflict.letGo();
    setOpen(null);
  };
  const ask = (dialog: 'dismiss' | 'rename') => {
    move.reset();
    setOpen(dialog);
  };
  useOtherWays(may, send, ask);
  return (
    <div className="issue-acts">
      <ActButtons
        issue={issue}
        may={may}
        send={send}
        ask={ask}
        busy={move.isPending}
        busyConfirming={move.isPending && open === null}
      />
      {move.isError && open === null && !conflict.isMet && <ErrorNote error={move.error} />}
      <DismissDialog
        issue={issue}
        opened={open === 'dismiss' && !conflict.isMet}
        busy={move.isPending}
        error={move.error}
        onClose={() => setOpen(null)}
        onDone={(reason, note) => send({ type: 'dismiss', reason, note })}
      />
      <ConflictDialog {...conflict.shown} onTheirs={letGo} />
      <RenameDialog issue={issue} opened={open === 'rename'} onClose={() => setOpen(null)} />
    </div>
  );
}

interface ActButtonsProps {
  issue: IssueDetail;
  may: (act: IssueDetail['can'][number]) => boolean;
  send: (move: IssueMove) => void;
  ask: (dialog: 'dismiss' | 'rename') => void;
  busy: boolean;
  busyConfirming: boolean;
}

function ActButtons({ issue, may, send, ask, busy, busyConfirming }: ActButtonsProps) {
  const { t } = useTranslation();
  return (
    <div className="row wrap">
      <OpenCase may={useMay('case.work')} shortcut="issue.case" from={`issue=${encodeURIComponent(issue.key)}`} />
      {may('rename') && (
        <Button icon="pen" onClick={() => ask('rename')}>
          {t('issue.act.rename')} <KeyHint of="issue.rename" />
        </Button>
      )}
      {may('dismiss') && (
        <Button onClick={() => ask('dismiss')}>
          {t('issue.act.dismiss')} <KeyHint of="issue.dismiss" />
        </Button>
      )}
      {may('reopen') && (
        <Button icon="back" busy={busy} onClick={() => send({ type: 'reopen' })}>
          {t('issue.act.reopen')}
        </Button>
      )}
      {may('confirm') && (
        <Button look="go" icon="flag" busy={busyConfirming} onClick={() => send({ type: 'confirm' })}>
          {t('issue.act.confirm')} <KeyHint of="issue.confirm" />
        </Button>
      )}
    </div>
  );
}

type Way = Act & { act: IssueDetail['can'][number] };

/** The same by key and from the palette, in the same words. */
function useOtherWays(
  may: (act: IssueDetail['can'][number]) => boolean,
  send: (move: IssueMove) => void,
  ask: (dialog: 'dismiss' | 'rename') => void,
) {
  const { t } = useTranslation();
  const confirm = () => send({ type: 'confirm' });
  const ways: readonly Way[] = [
    { act: 'confirm', label: t('issue.act.confirm'), icon: 'flag', shortcut: 'issue.confirm', run: confirm },
    { act: 'dismiss', label: t('issue.act.dismiss'), icon: 'x', shortcut: 'issue.dismiss', run: () => ask('dismiss') },
    { act: 'reopen', label: t('issue.act.reopen'), icon: 'back', run: () => send({ type: 'reopen' }) },
    { act: 'rename', label: t('issue.act.rename'), icon: 'pen', shortcut: 'issue.rename', run: () => ask('rename') },
  ];
  const open = ways.filter(({ act }) => may(act));
  useActs(open);
  useKeys(
    open.flatMap(({ shortcut, run }) => {
      if (!shortcut) return [];
      return [{ name: shortcut, label: t(SHORTCUTS[shortcut].words), run }];
    }),
  );
}
