import { Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BothVersions } from '../../parts/both-versions.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Words } from '../../parts/user-content.tsx';

interface CaseDialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

export function CaseDialog({ title, opened, onClose, wide = false, children }: CaseDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={wide ? 'xl' : 'md'}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {children}
    </Modal>
  );
}

interface CaseFormProps {
  /** What will happen, instead of "are you sure". */
  consequence: string;
  act: string;
  ready: boolean;
  busy: boolean;
  error: unknown;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** How every form of a case ends: what follows, its own verb, and a way out. */
export function CaseForm({ consequence, act, ready, busy, error, onSend, onClose, children }: CaseFormProps) {
  const { t } = useTranslation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSend();
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <p className="soft">{consequence}</p>
      {children}
      {error !== null && <ErrorNote error={error} />}
      <div className="row">
        <Button look="go" type="submit" busy={busy} disabled={!ready}>
          {act}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface ChoicesProps<T extends string> {
  legend: string;
  of: readonly { value: T; label: string }[];
  /** The labels are names of people. */
  named?: boolean;
  chosen: T | null;
  onChoose: (value: T) => void;
}

/** One of a few, all in sight: at night nobody opens a list to read it. */
export function Choices<T extends string>({ legend, of, named = false, chosen, onChoose }: ChoicesProps<T>) {
  return (
    <fieldset className="reasons">
      <legend>{legend}</legend>
      {of.map(({ value, label }, index) => (
        <label key={value}>
          <input
            type="radio"
            name={legend}
            data-autofocus={index === 0 || undefined}
            value={value}
            checked={chosen === value}
            onChange={() => onChoose(value)}
          />
          <span>{named ? <Words>{label}</Words> : label}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface MetDialogProps {
  opened: boolean;
  fields: readonly { name: string; mine: string; theirs: string }[];
  /** It can still be done. */
  may: boolean;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
}

/** A colleague was faster: both versions, and nothing lost until one has been chosen. */
export function MetDialog({ opened, fields, may, busy, onMine, onTheirs }: MetDialogProps) {
  const { t } = useTranslation();
  return (
    <CaseDialog title={t('conflict.title')} opened={opened} onClose={onTheirs}>
      {!may && <p className="small soft">{t('conflict.noMore')}</p>}
      <BothVersions
        fields={may ? fields : fields.map((one) => ({ ...one, mine: one.theirs }))}
        busy={busy}
        onMine={onMine}
        onTheirs={onTheirs}
      />
    </CaseDialog>
  );
}
