import type { ConnectorView } from '@groundswell/contract';
import { Menu, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { momentOfField } from '../../parts/time-range.ts';
import { useBackfill, useConnectorAct, useTestConnector } from './connector-queries.ts';
import { TestAnswer } from './test-answer.tsx';

type Asked = 'backfill' | 'remove' | null;

/** What helps most stands first: a failing one is run now, a running one paused; the rest is one step further. */
export function ConnectorActs({ connector, onChange }: { connector: ConnectorView; onChange: () => void }) {
  const { t } = useTranslation();
  const act = useConnectorAct(connector.id);
  const test = useTestConnector();
  const [asked, setAsked] = useState<Asked>(null);
  const can = (what: ConnectorView['can'][number]) => connector.can.includes(what);
  const tryIt = () =>
    test.mutate({ id: connector.id, kind: connector.kind, settings: connector.settings, secrets: {} });
  return (
    <div className="stack tight connector-acts">
      <div className="row">
        {can('test') && (
          <Button small busy={test.isPending} onClick={tryIt}>
            {t('connector.act.test')}
          </Button>
        )}
        {can('run_now') && (
          <Button small busy={act.isPending} onClick={() => act.mutate('run_now')}>
            {t('connector.act.run_now')}
          </Button>
        )}
        {can('resume') && (
          <Button small busy={act.isPending} onClick={() => act.mutate('resume')}>
            {t('connector.act.resume')}
          </Button>
        )}
        {can('pause') && (
          <Button small look="quiet" busy={act.isPending} onClick={() => act.mutate('pause')}>
            {t('connector.act.pause')}
          </Button>
        )}
        <Rest can={can} onChange={onChange} onAsk={setAsked} />
      </div>
      {(test.data || test.isError) && <TestAnswer answer={test.data} error={test.error} />}
      {act.isError && asked !== 'remove' && <ErrorNote error={act.error} />}
      <BackfillDialog id={connector.id} opened={asked === 'backfill'} onClose={() => setAsked(null)} />
      <RemoveDialog act={act} opened={asked === 'remove'} onClose={() => setAsked(null)} />
    </div>
  );
}

interface RemoveProps {
  act: ReturnType<typeof useConnectorAct>;
  opened: boolean;
  onClose: () => void;
}

function RemoveDialog({ act, opened, onClose }: RemoveProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('connector.act.remove')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="stack">
        <p>{t('connector.removeWhy')}</p>
        {act.isError && <ErrorNote error={act.error} />}
        <div className="row">
          <Button look="go" busy={act.isPending} onClick={() => act.mutate('remove', { onSuccess: onClose })}>
            {t('connector.removeDo')}
          </Button>
          <Button look="quiet" data-autofocus onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface RestProps {
  can: (what: ConnectorView['can'][number]) => boolean;
  onChange: () => void;
  onAsk: (what: Asked) => void;
}

function Rest({ can, onChange, onAsk }: RestProps) {
  const { t } = useTranslation();
  const more = useRef<HTMLButtonElement>(null);
  // a dialog gives the focus back to where it was; the line of a menu is gone by then, so it is put on the button first
  const from = (open: () => void) => () => {
    more.current?.focus();
    open();
  };
  if (!can('change') && !can('backfill') && !can('remove')) return null;
  return (
    <Menu position="bottom-end" width={220} withinPortal>
      <Menu.Target>
        <Button ref={more} small look="quiet" icon="more" aria-label={t('connector.act.more')} />
      </Menu.Target>
      <Menu.Dropdown>
        {can('change') && <Menu.Item onClick={from(onChange)}>{t('connector.act.change')}</Menu.Item>}
        {can('backfill') && (
          <Menu.Item onClick={from(() => onAsk('backfill'))}>{t('connector.act.backfill')}</Menu.Item>
        )}
        {can('remove') && <Menu.Item onClick={from(() => onAsk('remove'))}>{t('connector.act.remove')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function BackfillDialog({ id, opened, onClose }: { id: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const backfill = useBackfill(id);
  const [day, setDay] = useState('');
  const from = momentOfField(day);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (from) backfill.mutate(from.toISOString(), { onSuccess: onClose });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('connector.act.backfill')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className="stack" onSubmit={submit}>
        <p className="soft">{t('connector.backfillWhy')}</p>
        <TextInput
          label={t('connector.backfillLabel')}
          placeholder="2026-09-01"
          dir="ltr"
          required
          data-autofocus
          value={day}
          error={day !== '' && from === null && t('connector.dayWrong')}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {backfill.isError && <ErrorNote error={backfill.error} />}
        <div className="row">
          <Button look="go" type="submit" busy={backfill.isPending} disabled={from === null}>
            {t('connector.backfillDo')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
