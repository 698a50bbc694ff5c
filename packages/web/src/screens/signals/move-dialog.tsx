import type { SignalView } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { otherIssues, useTriage } from '../../api/triage-queries.ts';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { ErrorNote } from '../../parts/notes.tsx';

/** One signal that stands in the wrong issue: into another, or into none. */
export function MoveSignal({ signal }: { signal: SignalView }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const may = useMay('issue.decide');
  const open = () => setOpened(true);
  const way = { label: t('triage.moveTo'), shortcut: 'signal.move', run: open } as const;
  useKeys(may && signal.latest ? [{ name: 'signal.move', label: t('triage.moveKey'), run: open }] : []);
  useActs(may && signal.latest ? [way] : []);
  if (!may || !signal.latest) return null;
  return (
    <div>
      <Button small onClick={open}>
        {t('triage.moveTo')} <KeyHint of="signal.move" />
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('triage.moveTitle')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <MoveForm signal={signal} onClose={() => setOpened(false)} />
      </Modal>
    </div>
  );
}

function MoveForm({ signal, onClose }: { signal: SignalView; onClose: () => void }) {
  const { t } = useTranslation();
  const issues = useQuery(otherIssues()).data?.issues ?? [];
  const order = useTriage();
  const [into, setInto] = useState('');
  const move = (target: string | null) =>
    order.mutate({ do: 'move', signals: [signal.id], into: target }, { onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move(into.trim());
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <p className="soft">{t('triage.moveWhat')}</p>
      <TextInput
        label={t('triage.moveInto')}
        description={t('triage.whichHint')}
        maxLength={80}
        list="move-issues"
        autoComplete="off"
        data-autofocus
        value={into}
        onChange={(event) => setInto(event.currentTarget.value)}
      />
      <datalist id="move-issues">
        {issues
          .filter(({ key }) => key !== signal.topic?.issueKey)
          .map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
      </datalist>
      {order.isError && <ErrorNote error={order.error} />}
      <div className="row wrap">
        <Button look="go" type="submit" busy={order.isPending} disabled={into.trim() === ''}>
          {t('triage.move')}
        </Button>
        {signal.topic && (
          <Button busy={order.isPending} onClick={() => move(null)}>
            {t('triage.moveNone')}
          </Button>
        )}
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
