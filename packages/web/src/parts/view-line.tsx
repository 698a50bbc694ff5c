import { FRESH_MOST, type SavedView, type ViewSearch } from '@groundswell/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Time } from './time.tsx';
import { Words } from './user-content.tsx';
import { ViewEdit } from './view-edit.tsx';
import './views-dialog.css';

/** So much was said since a watched view was last opened. */
export function Fresh({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <span className={count > 0 ? 'view-fresh' : 'small faint'} title={t('views.freshWhy')}>
      {count > FRESH_MOST ? t('views.freshMore', { count: FRESH_MOST }) : t('views.fresh', { count })}
    </span>
  );
}

/** What can be done with a view that is kept. */
export interface ViewHands {
  change: (view: SavedView, said: Pick<SavedView, 'name' | 'search' | 'share'>, then: () => void) => void;
  remove: (id: string) => void;
  order: (ids: readonly string[], before: readonly string[]) => void;
  /** `before`: with which one the list began. */
  start: (id: string, starts: boolean, before: string | null) => void;
  watch: (id: string, above: number | null) => void;
  see: (id: string) => void;
}

interface ViewLineProps {
  view: SavedView;
  at: number;
  all: readonly SavedView[];
  known: { teams: readonly { id: string; name: string }[] } | undefined;
  /** The list as it stands. */
  search: ViewSearch;
  busy: boolean;
  onOpen: (search: ViewSearch) => void;
  hands: ViewHands;
  onClose: () => void;
}

/** One kept view: opened, moved, begun with by everybody; changed and removed by whoever made it. */
export function ViewLine({ view, at, all, known, search, busy, onOpen, hands, onClose }: ViewLineProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const open = () => {
    onOpen(view.search);
    if (view.watch) hands.see(view.id);
    onClose();
  };
  const shared = view.team !== null ? t('views.team', { name: view.team }) : t(`views.${view.share.with}`);
  return (
    <div className="stack tight">
      <div className="row wrap">
        <Button small onClick={open} aria-label={t('views.open', { name: view.name })}>
          <Words>{view.name}</Words>
        </Button>
        {view.watch && view.watch.fresh !== null && <Fresh count={view.watch.fresh} />}
        <span className="small faint">
          <Words>{view.owner.name}</Words> · {shared}
          {view.starts && ` · ${t('views.isStart')}`}
        </span>
        <Places view={view} at={at} all={all} busy={busy} hands={hands} onEdit={() => setEditing(!editing)} />
      </div>
      {editing && (
        <ViewEdit
          view={view}
          teams={known?.teams ?? []}
          search={search}
          busy={busy}
          hands={hands}
          onClose={() => setEditing(false)}
        />
      )}
      {view.can.includes('watch') && <Watch view={view} busy={busy} hands={hands} />}
    </div>
  );
}

type PlacesProps = Pick<ViewLineProps, 'view' | 'at' | 'all' | 'busy' | 'hands'> & { onEdit: () => void };

/** Small buttons at the end of the line, each with its words for whoever does not see it. */
function Places({ view, at, all, busy, hands, onEdit }: PlacesProps) {
  const { t } = useTranslation();
  const { id, name, starts } = view;
  const ids = all.map((one) => one.id);
  const move = (by: 1 | -1) => {
    const next = [...ids];
    next.splice(at, 1);
    next.splice(at + by, 0, id);
    hands.order(next, ids);
  };
  const before = all.find((one) => one.starts)?.id ?? null;
  const start = () => hands.start(id, !starts, starts ? null : before);
  const quiet = { small: true, look: 'quiet', busy } as const;
  return (
    <fieldset className="push row" aria-label={t('views.acts', { name })}>
      <Button
        {...quiet}
        icon="star"
        aria-pressed={starts}
        aria-label={t('views.start')}
        title={t(starts ? 'views.unstart' : 'views.start')}
        onClick={start}
      />
      <Button
        {...quiet}
        icon="up"
        disabled={at === 0}
        aria-label={t('views.up')}
        title={t('views.up')}
        onClick={() => move(-1)}
      />
      <Button
        {...quiet}
        icon="down"
        disabled={at === ids.length - 1}
        aria-label={t('views.down')}
        title={t('views.down')}
        onClick={() => move(1)}
      />
      {view.can.includes('change') && (
        <>
          <Button {...quiet} icon="pen" aria-label={t('views.edit')} title={t('views.edit')} onClick={onEdit} />
          <Button
            {...quiet}
            icon="x"
            aria-label={t('views.remove', { name })}
            title={t('views.removeIt')}
            onClick={() => hands.remove(id)}
          />
        </>
      )}
    </fieldset>
  );
}

function Watch({ view, busy, hands }: Pick<ViewLineProps, 'view' | 'busy' | 'hands'>) {
  const { t } = useTranslation();
  const [above, setAbove] = useState(String(view.watch?.above ?? 20));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    hands.watch(view.id, Number(above));
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
        <Button small look="quiet" busy={busy} onClick={() => hands.watch(view.id, null)}>
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
