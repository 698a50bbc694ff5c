import { CHANGE_KINDS, type ChangeKind, type Sent } from '@groundswell/contract';
import { Modal, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { momentOfField, toField } from '../../parts/time-range.ts';
import { Words } from '../../parts/user-content.tsx';
import { useRecordChange } from './background-queries.ts';
import { readDimensionLines } from './dimension-lines.ts';

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
  const [kind, setKind] = useState<ChangeKind>('release');
  const [title, setTitle] = useState('');
  const [at, setAt] = useState(() => toField(new Date().toISOString()));
  const [until, setUntil] = useState('');
  const [url, setUrl] = useState('');
  const [share, setShare] = useState('');
  const [lines, setLines] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [moment, end, reach] = [
    momentOfField(at),
    until.trim() ? momentOfField(until) : null,
    readDimensionLines(lines),
  ];
  const unreadable = { at: moment === null, until: until.trim() !== '' && end === null, reach: reach === null };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!moment || unreadable.until || !reach) return;
    const change = {
      kind,
      title: title.trim(),
      at: moment.toISOString(),
      dimensions: reach,
      ...(end && { until: end.toISOString() }),
      ...(url.trim() && { url: url.trim() }),
      ...(share !== '' && { share: Number(share) / 100 }),
    };
    const told = ({ refused: rows }: Sent) => (rows[0] ? setRefused(rows[0].reason) : onDone());
    record.mutate(change, { onSuccess: told });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <label className="stack tight">
        <span>{t('changes.kindLabel')}</span>
        <select className="plain" value={kind} onChange={(event) => setKind(event.target.value as ChangeKind)}>
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
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className="change-times">
        <TextInput
          label={t('changes.atLabel')}
          description={t('range.hint')}
          required
          dir="ltr"
          value={at}
          error={unreadable.at && t('range.unreadable')}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <TextInput
          label={t('changes.untilLabel')}
          description={t('changes.untilHint')}
          dir="ltr"
          value={until}
          error={unreadable.until && t('range.unreadable')}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </div>
      <Textarea
        label={t('changes.reachLabel')}
        description={t('changes.reachHint')}
        placeholder={t('changes.reachExample')}
        autosize
        minRows={2}
        maxRows={8}
        value={lines}
        error={unreadable.reach && t('changes.reachWrong')}
        onChange={(event) => setLines(event.currentTarget.value)}
      />
      <div className="change-times">
        <TextInput
          label={t('changes.shareLabel')}
          type="number"
          min={0}
          max={100}
          step="any"
          value={share}
          onChange={(event) => setShare(event.currentTarget.value)}
        />
        <TextInput
          label={t('changes.urlLabel')}
          type="url"
          dir="ltr"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
      </div>
      {refused !== null && (
        <p role="alert" className="is-bad">
          <Words>{refused}</Words>
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
