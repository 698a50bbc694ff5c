import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { BothVersions } from '../../parts/both-versions.tsx';
import { Button } from '../../parts/button.tsx';
import { ConflictDialog } from '../../parts/conflict-dialog.tsx';
import { DismissDialog } from '../../parts/dismiss-dialog.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { KeysOverlay } from '../../parts/keys-foot.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { ViewsButton } from '../../parts/views-dialog.tsx';
import { LONG, NOW_THERE, REFUSAL, ROW, VIEW } from './samples.ts';
import { Shelf, Specimen } from './specimen.tsx';

const NOTHING = () => {};
const EXPORTING = {
  list: 'signals' as const,
  make: NOTHING,
  busy: false,
  saved: false,
  written: null,
  download: NOTHING,
  error: null,
  forget: NOTHING,
};
const VIEWS = {
  search: {},
  fresh: 12,
  busy: false,
  error: null,
  done: null,
  onOpen: NOTHING,
  hands: {
    save: NOTHING,
    change: NOTHING,
    remove: NOTHING,
    order: NOTHING,
    start: NOTHING,
    watch: NOTHING,
    see: NOTHING,
  },
  onUndo: NOTHING,
};
type Opened = 'dismiss' | 'refused' | 'conflict' | 'reason' | 'keys';

/** Each opens for real: the focus goes in, stays in, and comes back. */
export function DialogsShelf() {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const now = useQuery({ queryKey: ['parts', 'issue'], queryFn: () => Promise.resolve(NOW_THERE) });
  const opener = (one: Opened, words: string) => <Button onClick={() => setOpened(one)}>{words}</Button>;
  return (
    <Shelf title="Dialogs" why="what will happen instead of “are you sure”; Esc goes back">
      <Specimen of="DismissDialog, and one that was refused">
        <div className="row wrap">
          {opener('dismiss', 'Dismiss…')}
          {opener('refused', 'Dismiss, refused…')}
        </div>
      </Specimen>
      <Specimen of="ReasonDialog, long">{opener('reason', 'Close…')}</Specimen>
      <Specimen of="ConflictDialog: two people, one issue">
        {opener('conflict', 'Confirm what was dismissed…')}
      </Specimen>
      <Specimen of="KeysOverlay">{opener('keys', 'All keys')}</Specimen>
      <Openers />
      <DismissDialog
        issue={ROW}
        opened={opened === 'dismiss' || opened === 'refused'}
        busy={false}
        error={opened === 'refused' ? REFUSAL : null}
        onClose={close}
        onDone={close}
      />
      <ReasonDialog
        title="Close this"
        about={LONG}
        consequence={LONG}
        reasons={[
          { value: 'short', label: 'Short' },
          { value: 'long', label: LONG, hint: LONG },
        ]}
        action="Close it"
        opened={opened === 'reason'}
        busy={false}
        error={null}
        onClose={close}
        onDone={close}
      />
      <ConflictDialog
        conflict={opened === 'conflict' ? { seen: ROW, wanted: { act: 'confirm', state: 'confirmed' } } : null}
        now={now}
        busy={false}
        onMine={close}
        onTheirs={close}
      />
      <KeysOverlay opened={opened === 'keys'} onClose={close} />
    </Shelf>
  );
}

/** Buttons that bring their own dialog. */
function Openers() {
  return (
    <>
      <Specimen of="BothVersions: where Save stood" wide>
        <BothVersions
          fields={[
            { name: 'Name', mine: 'App reviews', theirs: 'Reviews of the app' },
            { name: 'Note', mine: LONG, theirs: '' },
          ]}
          busy={false}
          onMine={NOTHING}
          onTheirs={NOTHING}
        />
      </Specimen>
      <Specimen of="ExportButton">
        <ExportButton exporting={EXPORTING} mayCover />
      </Specimen>
      <Specimen of="ViewsButton: with one, with none, waiting">
        <div className="row wrap">
          <ViewsButton {...VIEWS} fresh={4} known={{ views: [VIEW], teams: [{ id: 'payouts', name: 'Payouts' }] }} />
          <ViewsButton {...VIEWS} known={{ views: [], teams: [] }} />
          <ViewsButton {...VIEWS} known={undefined} />
        </div>
      </Specimen>
    </>
  );
}
