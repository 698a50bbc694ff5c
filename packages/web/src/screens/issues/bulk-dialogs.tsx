import { type BulkOutcome, DISMISS_REASONS, type IssueMove, type IssueRow } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoveIssues } from '../../api/issue-moves.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { sayRefusal } from '../../parts/refusal-words.tsx';
import { BulkEcho, type BulkMove } from './bulk-echo.tsx';

interface BulkDialogsProps {
  move: BulkMove | null;
  frozen: readonly IssueRow[];
  now: readonly IssueRow[];
  onClose: () => void;
  onDone: () => void;
}

/** First exactly what will be touched, then what became of each: nothing is left out in silence. */
export function BulkDialogs({ move, frozen, now, onClose, onDone }: BulkDialogsProps) {
  const { t } = useTranslation();
  const bulk = useMoveIssues();
  const can = move ? frozen.filter((row) => row.can.includes(move)) : [];
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
  const echo = move && <BulkEcho move={move} frozen={frozen} now={now} />;
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

interface BulkResultProps {
  outcomes: readonly BulkOutcome[];
  frozen: readonly IssueRow[];
  opened: boolean;
  onClose: () => void;
}

/** Somebody was faster with some of them: which, and that nothing of theirs was overwritten. */
function BulkResult({ outcomes, frozen, opened, onClose }: BulkResultProps) {
  const { t, i18n } = useTranslation();
  const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
  const left = outcomes.flatMap((one) => (one.outcome === 'refused' ? [one] : []));
  const keyOf = (id: string) => frozen.find((row) => row.id === id)?.key ?? id;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('bulk.result', { count: done })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="stack wide">
        <b>{t('bulk.left', { count: left.length })}</b>
        <ul className="bulk-rows">
          {left.map((one) => (
            <li key={one.id}>
              <span className="mono">{keyOf(one.id)}</span> {sayRefusal(one, t, i18n.language)}
            </li>
          ))}
        </ul>
        <div>
          <Button look="go" data-autofocus onClick={onClose}>
            {t('app.close')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
