import type { IssueDetail, SignalView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTriage } from '../../api/triage-queries.ts';
import { Segments } from '../../parts/button.tsx';
import { UserContent } from '../../parts/user-content.tsx';
import { type DialogProps, Foot } from './join-dialogs.tsx';

/** Part of the signals become an issue of their own: all of one slice, or those that are ticked. */
export function SplitDialog({ issue, opened, onClose }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('triage.splitTitle', { issue: issue.key })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <SplitForm issue={issue} onClose={onClose} />
    </Modal>
  );
}

function SplitForm({ issue, onClose }: Omit<DialogProps, 'opened'>) {
  const { t } = useTranslation();
  const go = useNavigate();
  const order = useTriage();
  const slices = slicesOf(issue);
  const [by, setBy] = useState<'slice' | 'signals'>(slices.length > 0 ? 'slice' : 'signals');
  const [slice, setSlice] = useState(slices[0]?.id ?? '');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [title, setTitle] = useState('');
  const chosen = slices.find(({ id }) => id === slice);
  const ready = title.trim() !== '' && (by === 'slice' ? chosen !== undefined : ticked.size > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const what = by === 'slice' ? { slice: { [chosen!.dimension]: chosen!.value } } : { signals: [...ticked] };
    order.mutate(
      { do: 'split', issue, title: title.trim(), what },
      {
        onSuccess: ({ key }) => {
          onClose();
          if (key) void go({ to: '/issues/$id', params: { id: key } });
        },
      },
    );
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <p className="soft">{t('triage.splitWhat')}</p>
      <Segments
        label={t('triage.splitBy')}
        value={by}
        onChange={setBy}
        options={[
          { value: 'slice', label: t('triage.bySlice') },
          { value: 'signals', label: t('triage.bySignals') },
        ]}
      />
      {by === 'slice' ? (
        <WhichSlice slices={slices} value={slice} onChange={setSlice} />
      ) : (
        <Choice issue={issue} ticked={ticked} onTick={setTicked} />
      )}
      <TextInput
        label={t('triage.newTitle')}
        required
        maxLength={160}
        dir="auto"
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Foot act={t('triage.split')} busy={order.isPending} ready={ready} error={order.error} onClose={onClose} />
    </form>
  );
}

const slicesOf = ({ where }: IssueDetail) =>
  [...(where?.here ?? []), ...(where?.notHere ?? [])]
    .filter(({ count }) => count > 0)
    .map(({ dimension, value }) => ({ id: `${dimension} ${value}`, dimension, value }));

interface WhichSliceProps {
  slices: ReturnType<typeof slicesOf>;
  value: string;
  onChange: (id: string) => void;
}

function WhichSlice({ slices, value, onChange }: WhichSliceProps) {
  const { t } = useTranslation();
  return (
    <label className="stack tight">
      <span>{t('triage.slice')}</span>
      <select className="plain" value={value} onChange={(event) => onChange(event.target.value)}>
        {slices.map((slice) => (
          <option key={slice.id} value={slice.id}>{`${slice.dimension}: ${slice.value}`}</option>
        ))}
      </select>
    </label>
  );
}

interface ChoiceProps {
  issue: IssueDetail;
  ticked: ReadonlySet<string>;
  onTick: (ticked: ReadonlySet<string>) => void;
}

/** Those that the page quotes; all others are moved from the list of signals, one by one. */
function Choice({ issue, ticked, onTick }: ChoiceProps) {
  const { t } = useTranslation();
  const quoted = new Map<string, SignalView>(
    [...(issue.medoid ? [issue.medoid] : []), ...issue.typical, ...issue.newest].map((one) => [one.id, one]),
  );
  const toggle = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    onTick(next);
  };
  return (
    <fieldset className="split-choice">
      <legend>{t('triage.chosen', { count: ticked.size })}</legend>
      {[...quoted.values()].map((signal) => (
        <label key={signal.id} className="row">
          <input type="checkbox" checked={ticked.has(signal.id)} onChange={() => toggle(signal.id)} />
          <UserContent content={signal} />
        </label>
      ))}
    </fieldset>
  );
}
