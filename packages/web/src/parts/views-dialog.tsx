import { Refusal, type SavedView, type ViewSearch, type ViewShare } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { KeyHint } from './key-hint.tsx';
import { useKeys } from './keys.tsx';
import { EmptyNote, ErrorNote } from './notes.tsx';
import { ViewForm } from './view-form.tsx';
import { Fresh, type ViewHands, ViewLine } from './view-line.tsx';
import './views-dialog.css';

export interface ViewsProps {
  /** Undefined while they are waited for. */
  known: { views: readonly SavedView[]; teams: readonly { id: string; name: string }[] } | undefined;
  /** The list as it stands. */
  search: ViewSearch;
  /** New in all that are watched; null where nothing is. */
  fresh: number | null;
  busy: boolean;
  error: unknown;
  /** What was done last, and whether it can be taken back. */
  done: { what: 'change' | 'remove' | 'order' | 'start' | 'undone'; back: unknown } | null;
  hands: ViewHands & { save: (name: string, search: ViewSearch, share: ViewShare, then: () => void) => void };
  onOpen: (search: ViewSearch) => void;
  onUndo: () => void;
}

/** This list as it stands, kept under a name, for oneself, a team or everybody; and those that are kept. */
export function ViewsButton(props: ViewsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const open = () => setOpened(true);
  useKeys([{ name: 'views', label: t('views.key'), run: open }]);
  return (
    <>
      <Button icon="star" onClick={open}>
        {t('views.button')} {props.fresh !== null && props.fresh > 0 && <Fresh count={props.fresh} />}
        <KeyHint of="views" />
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('views.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Views {...props} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

/** Both versions stand where it was changed. */
const isMet = (error: unknown) => error instanceof Refusal && error.code === 'view.changed_meanwhile';

function Views(props: ViewsProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const { known, search, busy, error, done, hands, onUndo } = props;
  return (
    <div className="stack wide">
      <ViewForm
        teams={known?.teams ?? []}
        act={t('views.save')}
        label={t('views.name')}
        busy={busy}
        onDone={(name, share, clear) => hands.save(name, search, share, clear)}
      />
      {error !== null && !isMet(error) && <ErrorNote error={error} />}
      <p role="status" className={done ? 'row wrap small' : 'unseen'}>
        {done && (
          <>
            {t(done.what === 'undone' ? 'views.undone' : `views.done.${done.what}`)}
            {done.back && (
              <Button small icon="back" busy={busy} onClick={onUndo}>
                {t('views.undo')}
              </Button>
            )}
          </>
        )}
      </p>
      {known?.views.length === 0 && <EmptyNote>{t('views.none')}</EmptyNote>}
      <ul className="views">
        {known?.views.map((view, at) => (
          <li key={view.id}>
            <ViewLine {...props} view={view} at={at} all={known.views} />
          </li>
        ))}
      </ul>
    </div>
  );
}
