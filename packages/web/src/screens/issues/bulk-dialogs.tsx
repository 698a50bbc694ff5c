import { DISMISS_REASONS, type IssueMove, type IssueRow } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoveIssues } from '../../api/issue-moves.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { BulkEcho, type BulkMove } from './bulk-echo.tsx';
import { BulkResult } from './bulk-result.tsx';

interface BulkDialogsProps {
  move: BulkMove | null;
  frozen: readonly IssueRow[];
  now: readonly IssueRow[];
  onClose: () => void;
  onDone: () => void;
}

/** First exactly what will be touched, then what became of each: nothing is left out in silence. */
export function BulkDialogs({ move, ...props }: BulkDialogsProps) {
  return (
    <>
      <AssignDialog opened={move === 'assign'} {...props} />
      <DecisionDialogs move={move === 'assign' ? null : move} {...props} />
    </>
  );
}

function DecisionDialogs({
  move,
  frozen,
  now,
  onClose,
  onDone,
}: BulkDialogsProps & { move: Exclude<BulkMove, 'assign'> | null }) {
  const { t } = useTranslation();
  const bulk = useMoveIssues();
  const why = (row: IssueRow) =>
    move === null || row.can.includes(move) ? null : t(`bulk.why.${move}`, { state: t(`issue.state.${row.state}`) });
  const can = move ? frozen.filter((row) => why(row) === null) : [];
  const refused = bulk.data?.filter(({ outcome }) => outcome === 'refused') ?? [];
  const close = () => {
    bulk.reset();
    onClose();
  };
  const send = (request: IssueMove) =>
    bulk.mutate(
      { issues: can, move: request },
      {
        onSuccess: (outcomes) => {
          onDone();
          if (outcomes.every(({ outcome }) => outcome === 'done')) close();
        },
      },
    );
  const echo = move && <BulkEcho of={move} frozen={frozen} now={now} why={why} />;
  if (refused.length > 0)
    return <BulkResult outcomes={bulk.data!} frozen={frozen} opened={move !== null} onClose={close} />;
  return (
    <>
      <ReasonDialog
        title={t('bulk.title.dismiss')}
        about={echo}
        consequence={t('dismiss.consequence')}
        action={t('bulk.do.dismiss', { count: can.length })}
        reasons={DISMISS_REASONS.map((value) => ({
          value,
          label: t(`dismiss.reason.${value}`),
          hint: t(`dismiss.hint.${value}`),
        }))}
        opened={move === 'dismiss'}
        busy={bulk.isPending}
        error={bulk.error}
        onClose={close}
        onDone={(reason, note) => can.length > 0 && send({ type: 'dismiss', reason, note })}
      />
      <ConfirmMany
        opened={move === 'confirm'}
        count={can.length}
        echo={echo}
        busy={bulk.isPending}
        error={bulk.error}
        onClose={close}
        onDone={() => send({ type: 'confirm' })}
      />
    </>
  );
}

interface ConfirmManyProps {
  opened: boolean;
  count: number;
  echo: ReactNode;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onDone: () => void;
}

function ConfirmMany({ opened, count, echo, busy, error, onClose, onDone }: ConfirmManyProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('bulk.title.confirm')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="stack wide">
        {echo}
        {error !== null && <ErrorNote error={error} />}
        <div className="row">
          <Button look="go" data-autofocus busy={busy} disabled={count === 0} onClick={onDone}>
            {t('bulk.do.confirm', { count })}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
