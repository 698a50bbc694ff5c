import type { IssueDetail, IssueMove } from '@groundswell/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefusal } from '../../api/call.ts';
import { useMoveIssue } from '../../api/issue-moves.ts';
import { Button } from '../../parts/button.tsx';
import { DismissDialog } from '../../parts/dismiss-dialog.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { RenameDialog } from './rename-dialog.tsx';

/** What this person may do with this issue now; the server says what that is. */
export function IssueActs({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const move = useMoveIssue();
  const [open, setOpen] = useState<'dismiss' | 'rename' | null>(null);
  const may = (act: IssueDetail['can'][number]) => issue.can.includes(act);
  const send = (request: IssueMove) => move.mutate({ issue, move: request }, { onSuccess: () => setOpen(null) });
  const ask = (dialog: 'dismiss' | 'rename') => {
    move.reset();
    setOpen(dialog);
  };
  useKeys([
    ...(may('confirm') ? [{ keys: 'c', label: t('issues.confirmKey'), run: () => send({ type: 'confirm' }) }] : []),
    ...(may('dismiss') ? [{ keys: 'd', label: t('issues.dismissKey'), run: () => ask('dismiss') }] : []),
    ...(may('rename') ? [{ keys: 'r', label: t('issues.renameKey'), run: () => ask('rename') }] : []),
  ]);
  return (
    <div className="issue-acts">
      <div className="row wrap">
        {may('rename') && (
          <Button icon="pen" onClick={() => ask('rename')}>
            {t('issue.act.rename')}
          </Button>
        )}
        {may('dismiss') && <Button onClick={() => ask('dismiss')}>{t('issue.act.dismiss')}</Button>}
        {may('reopen') && (
          <Button icon="back" busy={move.isPending} onClick={() => send({ type: 'reopen' })}>
            {t('issue.act.reopen')}
          </Button>
        )}
        {may('confirm') && (
          <Button
            look="go"
            icon="flag"
            busy={move.isPending && open === null}
            onClick={() => send({ type: 'confirm' })}
          >
            {t('issue.act.confirm')}
          </Button>
        )}
      </div>
      {move.isError && open === null && <MoveTrouble error={move.error} />}
      <DismissDialog
        issue={issue}
        opened={open === 'dismiss'}
        busy={move.isPending}
        error={move.error}
        onClose={() => setOpen(null)}
        onDone={(reason, note) => send({ type: 'dismiss', reason, note })}
      />
      <RenameDialog issue={issue} opened={open === 'rename'} onClose={() => setOpen(null)} />
    </div>
  );
}

/** Somebody else was faster: what they did is already on the page, and nothing of theirs was overwritten. */
function MoveTrouble({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (isRefusal(error, 'issue.changed_meanwhile'))
    return (
      <p role="alert" className="small is-warn issue-conflict">
        {t('issue.changedMeanwhile')}
      </p>
    );
  return <ErrorNote error={error} />;
}
