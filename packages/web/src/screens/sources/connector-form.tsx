import {
  CONNECTOR_FORMS,
  CONNECTOR_KINDS,
  type ConnectorKind,
  type ConnectorView,
  isWebhook,
  type SourceView,
} from '@groundswell/contract';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BothVersions, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { ConnectorFieldLine } from './connector-field.tsx';
import { type Filled, filledFrom, startingWith, toSend } from './connector-filled.ts';
import { useChangeConnector, useCreateConnector, useTestConnector } from './connector-queries.ts';
import { TestAnswer } from './test-answer.tsx';

interface ConnectorFormProps {
  /** Given when one is changed: its kind and its source stay. */
  connector?: ConnectorView;
  sources: readonly SourceView[];
  onDone: (made: { connector: ConnectorView; secret: string | null } | null) => void;
  onCancel: () => void;
}

/** Which system, what it has to be told, and a test before anything is saved. */
export function ConnectorForm({ connector, sources, onDone, onCancel }: ConnectorFormProps) {
  const { t } = useTranslation();
  const create = useCreateConnector();
  const test = useTestConnector();
  const [kind, setKind] = useState<ConnectorKind>(connector?.kind ?? 'zendesk');
  const [sourceId, setSourceId] = useState(sources[0]?.id ?? '');
  const [filled, setFilled] = useState<Filled>(() => (connector ? filledFrom(connector) : startingWith('zendesk')));
  const [minutes, setMinutes] = useState(String(connector?.everyMinutes ?? 5));
  const everyMinutes = Number(minutes);
  const sent = toSend(kind, filled);
  const choose = (next: ConnectorKind) => {
    setKind(next);
    setFilled(startingWith(next));
    test.reset();
  };
  const { met, versions, save } = useSaving(connector, { ...sent, everyMinutes }, onDone, onCancel);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (met) return;
    if (connector) save.send();
    else create.mutate({ sourceId, kind, ...sent, everyMinutes }, { onSuccess: onDone });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {!connector && (
        <div className="connector-first">
          <KindChoice kind={kind} onKind={choose} />
          <SourceSelect sources={sources} sourceId={sourceId} onSource={setSourceId} />
        </div>
      )}
      <p className="small soft">{t(`connector.how.${kind}`)}</p>
      {CONNECTOR_FORMS[kind].map((field, index) => (
        <ConnectorFieldLine
          key={field.name}
          field={field}
          first={connector !== undefined && index === 0}
          value={filled[field.name] ?? ''}
          kept={connector?.secrets.includes(field.name) ?? false}
          found={test.data?.fields ?? []}
          onValue={(value) => setFilled({ ...filled, [field.name]: value })}
        />
      ))}
      {!isWebhook(kind) && <Minutes minutes={minutes} onMinutes={setMinutes} />}
      {(test.data || test.isError) && <TestAnswer answer={test.data} error={test.error} />}
      {(create.error ?? save.error) !== null && !met && <ErrorNote error={create.error ?? save.error} />}
      {versions}
      <FormActs
        kind={kind}
        changes={connector !== undefined}
        ready={connector !== undefined || sourceId !== ''}
        saving={create.isPending || save.isPending}
        testing={test.isPending}
        onTest={() => test.mutate({ id: connector?.id, kind, ...sent })}
        onCancel={onCancel}
      />
    </form>
  );
}

type Told = Pick<ConnectorView, 'settings' | 'everyMinutes'>;
type Sent = ReturnType<typeof toSend> & { everyMinutes: number };

/** A connector that is changed: sent with what was seen, and both versions where somebody else was faster. */
function useSaving(
  connector: ConnectorView | undefined,
  sent: Sent,
  onDone: ConnectorFormProps['onDone'],
  onTheirs: () => void,
) {
  const { t } = useTranslation();
  const change = useChangeConnector(connector?.id ?? '');
  const { seen, met } = useSeen(connector, markOf, isSaving(change));
  const send = ({ settings, everyMinutes }: Told) =>
    change.mutate({ ...sent, seen: { settings, everyMinutes } }, { onSuccess: () => onDone(null) });
  const versions = met && connector && (
    <BothVersions
      fields={fieldsOf(sent, connector, t('connector.every'))}
      busy={change.isPending}
      onMine={() => send(connector)}
      onTheirs={onTheirs}
    />
  );
  return { met, versions, save: { send: () => seen && send(seen), error: change.error, isPending: change.isPending } };
}

/** What people change; turns go on all the time. */
const markOf = (one: Told | undefined): string => (one ? JSON.stringify([one.settings, one.everyMinutes]) : '');

function fieldsOf(mine: Told, theirs: Told, minutes: string) {
  const say = (value: Told['settings'][string] | undefined) =>
    value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const names = [...new Set([...Object.keys(mine.settings), ...Object.keys(theirs.settings)])];
  return [
    ...names.map((name) => ({ name, mine: say(mine.settings[name]), theirs: say(theirs.settings[name]) })),
    { name: minutes, mine: String(mine.everyMinutes), theirs: String(theirs.everyMinutes) },
  ];
}

function Minutes({ minutes, onMinutes }: { minutes: string; onMinutes: (minutes: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('connector.every')}
      type="number"
      min={1}
      max={1440}
      required
      value={minutes}
      onChange={(event) => onMinutes(event.currentTarget.value)}
    />
  );
}

interface FormActsProps {
  kind: ConnectorKind;
  changes: boolean;
  ready: boolean;
  saving: boolean;
  testing: boolean;
  onTest: () => void;
  onCancel: () => void;
}

function FormActs({ kind, changes, ready, saving, testing, onTest, onCancel }: FormActsProps) {
  const { t } = useTranslation();
  return (
    <div className="row wrap">
      <Button type="submit" look="go" busy={saving} disabled={!ready}>
        {t(changes ? 'connector.save' : 'connector.create')}
      </Button>
      {!isWebhook(kind) && (
        <Button busy={testing} onClick={onTest}>
          {t('connector.testFirst')}
        </Button>
      )}
      <Button look="quiet" onClick={onCancel}>
        {t('app.cancel')}
      </Button>
    </div>
  );
}

function KindChoice({ kind, onKind }: { kind: ConnectorKind; onKind: (kind: ConnectorKind) => void }) {
  const { t } = useTranslation();
  return (
    <label className="stack tight">
      <span>{t('connector.kindLabel')}</span>
      <select
        className="plain"
        data-autofocus
        value={kind}
        onChange={(event) => onKind(event.target.value as ConnectorKind)}
      >
        {CONNECTOR_KINDS.map((one) => (
          <option key={one} value={one}>
            {t(`connector.kind.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SourceSelectProps {
  sources: readonly SourceView[];
  sourceId: string;
  onSource: (id: string) => void;
}

function SourceSelect({ sources, sourceId, onSource }: SourceSelectProps) {
  const { t } = useTranslation();
  return (
    <label className="stack tight">
      <span>{t('connector.sourceLabel')}</span>
      <select className="plain" value={sourceId} onChange={(event) => onSource(event.target.value)}>
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {source.name}
          </option>
        ))}
      </select>
    </label>
  );
}
