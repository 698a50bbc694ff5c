import { CHANGE_KINDS, type ChangeKind, type Sent } from '@groundswell/contract';
import { Modal, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { ServerWords } from '../../parts/refusal-words.tsx';
import { useRecordChange } from './background-queries.ts';
import { type ChangeDraft, changeOf, freshDraft, unreadableIn } from './change-draft.ts';

export function ChangeDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('changes.new')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <ChangeForm onDone={onClose} />
    </Modal>
  );
}

/** Everything that a person at 02:10 knows of a change; what they do not know may stay empty. */
function ChangeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const record = useRecordChange();
  const [draft, setDraft] = useState(() => freshDraft(new Date()));
  const [refused, setRefused] = useState<string | null>(null);
  const set = (part: Partial<ChangeDraft>) => setDraft({ ...draft, ...part });
  const told = ({ refused: rows }: Sent) => (rows[0] ? setRefused(rows[0].reason) : onDone());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = changeOf(draft);
    if (change) record.mutate(change, { onSuccess: told });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <What draft={draft} set={set} />
      <When draft={draft} set={set} />
      <Reach draft={draft} set={set} />
      {refused !== null && (
        <p role="alert" className="is-bad">
          <ServerWords>{refused}</ServerWords>
        </p>
      )}
      {record.isError && <ErrorNote error={record.error} />}
      <div className="row">
        <Button type="submit" look="go" busy={record.isPending}>
          {t('changes.do')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: ChangeDraft;
  set: (part: Partial<ChangeDraft>) => void;
}

function What({ draft, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <label className="stack tight">
        <span>{t('changes.kindLabel')}</span>
        <select
          className="plain"
          value={draft.kind}
          onChange={(event) => set({ kind: event.target.value as ChangeKind })}
        >
          {CHANGE_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`changes.kind.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <TextInput
        label={t('changes.titleLabel')}
        placeholder={t('changes.titleHint')}
        required
        data-autofocus
        maxLength={200}
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
    </>
  );
}

function When({ draft, set }: PartProps) {
  const { t } = useTranslation();
  const unreadable = unreadableIn(draft);
  return (
    <div className="change-times">
      <TextInput
        label={t('changes.atLabel')}
        description={t('range.hint')}
        required
        dir="ltr"
        value={draft.at}
        error={unreadable.at && t('range.unreadable')}
        onChange={(event) => set({ at: event.currentTarget.value })}
      />
      <TextInput
        label={t('changes.untilLabel')}
        description={t('changes.untilHint')}
        dir="ltr"
        value={draft.until}
        error={unreadable.until && t('range.unreadable')}
        onChange={(event) => set({ until: event.currentTarget.value })}
      />
    </div>
  );
}

function Reach({ draft, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Textarea
        label={t('changes.reachLabel')}
        description={t('changes.reachHint')}
        placeholder={t('changes.reachExample')}
        autosize
        minRows={2}
        maxRows={8}
        value={draft.reach}
        error={unreadableIn(draft).reach && t('changes.reachWrong')}
        onChange={(event) => set({ reach: event.currentTarget.value })}
      />
      <div className="change-times">
        <TextInput
          label={t('changes.shareLabel')}
          type="number"
          min={0}
          max={100}
          step="any"
          value={draft.share}
          onChange={(event) => set({ share: event.currentTarget.value })}
        />
        <TextInput
          label={t('changes.urlLabel')}
          type="url"
          dir="ltr"
          value={draft.url}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
      </div>
    </>
  );
}
