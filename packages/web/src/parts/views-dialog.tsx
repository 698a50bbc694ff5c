import type { SavedView, ViewSearch, ViewShare } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { useKeys } from './keys.tsx';
import { EmptyNote, ErrorNote } from './notes.tsx';
import { Time } from './time.tsx';
import { Words } from './user-content.tsx';
import './views-dialog.css';

export interface ViewsProps {
  /** Undefined while they are waited for. */
  known: { views: readonly SavedView[]; teams: readonly { id: string; name: string }[] } | undefined;
  busy: boolean;
  error: unknown;
  onOpen: (search: ViewSearch) => void;
  onSave: (name: string, share: ViewShare, done: () => void) => void;
  onRemove: (id: string) => void;
  onWatch: (id: string, above: number | null) => void;
}

/** This list as it stands, kept under a name, for oneself, a team or everybody; and those that are kept. */
export function ViewsButton(props: ViewsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  useKeys([{ keys: 'w', label: t('views.key'), run: () => setOpened(true) }]);
  return (
    <>
      <Button onClick={() => setOpened(true)}>{t('views.button')}</Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('views.title')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <div className="stack wide">
          <SaveForm {...props} />
          {props.error !== null && <ErrorNote error={props.error} />}
          {props.known?.views.length === 0 && <EmptyNote>{t('views.none')}</EmptyNote>}
          <ul className="views">
            {props.known?.views.map((view) => (
              <li key={view.id}>
                <View {...props} view={view} onClose={() => setOpened(false)} />
              </li>
            ))}
          </ul>
        </div>
      </Modal>
    </>
  );
}

function SaveForm({ known, busy, onSave }: ViewsProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [share, setShare] = useState('private');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen: ViewShare =
      share === 'private' || share === 'everyone' ? { with: share } : { with: 'team', team: share };
    onSave(name.trim(), chosen, () => setName(''));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput
        label={t('views.name')}
        required
        maxLength={100}
        dir="auto"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <label className="row">
        <span>{t('views.for')}</span>
        <select className="plain" value={share} onChange={(event) => setShare(event.target.value)}>
          <option value="private">{t('views.private')}</option>
          {known?.teams.map((team) => (
            <option key={team.id} value={team.id}>
              {t('views.team', { name: team.name })}
            </option>
          ))}
          <option value="everyone">{t('views.everyone')}</option>
        </select>
      </label>
      <div>
        <Button look="go" type="submit" busy={busy} disabled={name.trim() === ''}>
          {t('views.save')}
        </Button>
      </div>
    </form>
  );
}

function View({
  view,
  busy,
  onOpen,
  onRemove,
  onWatch,
  onClose,
}: ViewsProps & { view: SavedView; onClose: () => void }) {
  const { t } = useTranslation();
  const open = () => {
    onOpen(view.search);
    onClose();
  };
  const shared = view.team !== null ? t('views.team', { name: view.team }) : t(`views.${view.share.with}`);
  return (
    <div className="stack tight">
      <div className="row wrap">
        <Button small onClick={open}>
          <Words>{view.name}</Words>
        </Button>
        <span className="small faint">
          <Words>{view.owner.name}</Words> · {shared}
        </span>
        {view.can.includes('change') && (
          <span className="push">
            <Button
              small
              look="quiet"
              icon="x"
              busy={busy}
              aria-label={t('views.remove', { name: view.name })}
              onClick={() => onRemove(view.id)}
            />
          </span>
        )}
      </div>
      {view.can.includes('watch') && <Watch view={view} busy={busy} onWatch={onWatch} />}
    </div>
  );
}

function Watch({ view, busy, onWatch }: Pick<ViewsProps, 'busy' | 'onWatch'> & { view: SavedView }) {
  const { t } = useTranslation();
  const [above, setAbove] = useState(String(view.watch?.above ?? 20));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onWatch(view.id, Number(above));
  };
  if (view.watch) {
    return (
      <div className="row wrap small">
        <span>{t('views.watched', { count: view.watch.above })}</span>
        {view.watch.toldAt && (
          <span className="faint">
            {t('views.told', { count: view.watch.toldSignals ?? 0 })} <Time at={view.watch.toldAt} />
          </span>
        )}
        <Button small look="quiet" busy={busy} onClick={() => onWatch(view.id, null)}>
          {t('views.unwatch')}
        </Button>
      </div>
    );
  }
  return (
    <form className="row wrap small" onSubmit={submit}>
      <label className="row">
        <span>{t('views.watchAbove')}</span>
        <input
          className="plain view-above"
          type="number"
          min={0}
          max={1_000_000}
          required
          value={above}
          onChange={(event) => setAbove(event.target.value)}
        />
      </label>
      <Button small type="submit" busy={busy}>
        {t('views.watch')}
      </Button>
    </form>
  );
}
