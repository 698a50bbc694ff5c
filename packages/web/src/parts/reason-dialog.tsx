import { Modal, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './fields.css';
import { ErrorNote } from './notes.tsx';

interface ReasonDialogProps<R extends string> {
  title: string;
  /** What it is about. */
  about?: ReactNode;
  /** What will happen, instead of "are you sure". */
  consequence: string;
  reasons: readonly { value: R; label: string; hint?: string }[];
  action: string;
  opened: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onDone: (reason: R, note: string) => void;
}

/** An exit that needs a reason: a code that can be counted, and room for a sentence. */
export function ReasonDialog<R extends string>(props: ReasonDialogProps<R>) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <ReasonForm {...props} />
    </Modal>
  );
}

function ReasonForm<R extends string>({
  about,
  consequence,
  reasons,
  action,
  busy,
  error,
  onClose,
  onDone,
}: ReasonDialogProps<R>) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<R | null>(null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason === null);
    if (reason !== null) onDone(reason, note);
  };
  return (
    <form className="stack wide" onSubmit={submit} noValidate>
      {about && <div className="reason-about">{about}</div>}
      <p className="soft">{consequence}</p>
      <Reasons reasons={reasons} chosen={reason} onChoose={setReason} />
      {missing && (
        <p role="alert" className="is-bad small">
          {t('reason.missing')}
        </p>
      )}
      <Textarea
        label={t('reason.note')}
        description={t('reason.noteHint')}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {error !== null && <ErrorNote error={error} />}
      <div className="row">
        <Button look="go" type="submit" busy={busy}>
          {action}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface ReasonsProps<R extends string> {
  reasons: ReasonDialogProps<R>['reasons'];
  chosen: R | null;
  onChoose: (reason: R) => void;
}

function Reasons<R extends string>({ reasons, chosen, onChoose }: ReasonsProps<R>) {
  const { t } = useTranslation();
  return (
    <fieldset className="reasons">
      <legend>{t('reason.legend')}</legend>
      {reasons.map((one, index) => (
        <label key={one.value}>
          <input
            type="radio"
            name="reason"
            data-autofocus={index === 0 || undefined}
            value={one.value}
            checked={chosen === one.value}
            onChange={() => onChoose(one.value)}
          />
          <span>
            {one.label}
            {one.hint && <span className="faint small">{one.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
