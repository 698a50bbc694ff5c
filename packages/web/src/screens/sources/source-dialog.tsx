import type { SourceView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeSource } from '../../api/source-queries.ts';
import { FormEnd, isSaving, useSeen } from '../../parts/both-versions.tsx';

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

/** `source` is as it is now. */
function Form({ source, onClose }: { source: SourceView; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeSource(source.id);
  const [name, setName] = useState(source.name);
  const [regions, setRegions] = useState(source.regions.join(', '));
  const { seen, met } = useSeen(source, (one) => JSON.stringify([one.name, one.regions]), isSaving(change));
  const codes = regions
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  const send = (from: SourceView) =>
    change.mutate(
      { name: name.trim(), regions: codes, seen: { name: from.name, regions: from.regions } },
      { onSuccess: onClose },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!met) send(seen);
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
      <FormEnd
        save={change}
        met={met}
        fields={() => [
          { name: t('source.name'), mine: name.trim(), theirs: source.name },
          { name: t('source.regions'), mine: [...codes].sort().join(', '), theirs: source.regions.join(', ') },
        ]}
        label={t('source.save')}
        onMine={() => send(source)}
        onClose={onClose}
      />
    </form>
  );
}
