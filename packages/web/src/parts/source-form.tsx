import { SIGNAL_KINDS, type SignalKind } from '@groundswell/contract';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './fields.css';
import { ErrorNote } from './notes.tsx';

interface SourceFormProps {
  busy: boolean;
  error: unknown;
  onCreate: (source: { name: string; kind: SignalKind }) => void;
  onCancel?: () => void;
}

/** A source is a place that people speak in: a name one recognises and what kind of thing comes from there. */
export function SourceForm({ busy, error, onCreate, onCancel }: SourceFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<SignalKind>('app_review');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCreate({ name: name.trim(), kind });
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <TextInput
        label={t('source.name')}
        description={t('source.nameHint')}
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <label className="stack tight">
        <span>{t('source.kind')}</span>
        <select className="plain" value={kind} onChange={(event) => setKind(event.target.value as SignalKind)}>
          {SIGNAL_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kind.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {error !== null && <ErrorNote error={error} />}
      <div className="row">
        <Button look="go" type="submit" busy={busy}>
          {t('source.create')}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
