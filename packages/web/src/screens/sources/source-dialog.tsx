import type { SourceView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeSource } from '../../api/source-queries.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';

/** What a source is called and where its people are. What was taken in before stays as it is. */
export function SourceDialog({ source, onClose }: { source: SourceView | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={source !== null}
      onClose={onClose}
      title={t('source.editTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {source && <Form source={source} onClose={onClose} />}
    </Modal>
  );
}

function Form({ source, onClose }: { source: SourceView; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeSource(source.id);
  const [name, setName] = useState(source.name);
  const [regions, setRegions] = useState(source.regions.join(', '));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const codes = regions
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean);
    change.mutate({ name: name.trim(), regions: codes }, { onSuccess: onClose });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label={t('source.name')}
        required
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('source.regions')}
        description={t('source.regionsHint')}
        dir="ltr"
        value={regions}
        onChange={(event) => setRegions(event.currentTarget.value)}
      />
      {change.isError && <ErrorNote error={change.error} />}
      <div className="row">
        <Button look="go" type="submit" busy={change.isPending}>
          {t('source.save')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
