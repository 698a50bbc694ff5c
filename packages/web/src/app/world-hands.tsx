import type { WorldView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNote, useSteer } from '../api/world-queries.ts';
import { useActs } from '../parts/acts.ts';
import { AskOnce } from '../parts/ask-once.tsx';
import { Button } from '../parts/button.tsx';
import { KeyHint } from '../parts/key-hint.tsx';
import { useKeys } from '../parts/keys.tsx';
import { ErrorNote } from '../parts/notes.tsx';

type Steer = ReturnType<typeof useSteer>;

interface HandsProps {
  here: WorldView;
}

/** What can be done with the clock of a world just now. None of it is filled: that belongs to the page below. */
export function WorldHands({ here }: HandsProps) {
  const { t } = useTranslation();
  const steer = useSteer(here.number);
  const { can, kind } = here;
  useHandKeys(here, steer);
  return (
    <span className="world-hands">
      <Running here={here} steer={steer} />
      {can.includes('skip') && <Speed here={here} steer={steer} />}
      {can.includes('skip') && kind === 'sample' && (
        <Button small look="quiet" onClick={() => steer.mutate({ type: 'stop' })}>
          {t('world.stop')}
        </Button>
      )}
      {can.includes('close') && (
        <AskOnce
          act={t('world.close')}
          why={t('world.closeWhy')}
          sure={t('world.close')}
          keep={t('world.closeNot')}
          busy={steer.isPending}
          onSure={() => steer.mutate({ type: 'close' })}
        />
      )}
      {can.includes('note') && <NoteField number={here.number} />}
      {can.includes('debrief') && (
        <Link to="/debrief" className="btn little">
          {t('world.debrief')}
        </Link>
      )}
      {steer.isError && <ErrorNote error={steer.error} />}
    </span>
  );
}

function useHandKeys({ can, state, kind }: WorldView, steer: Steer) {
  const { t } = useTranslation();
  const toggle = {
    name: 'world.toggle' as const,
    label: t('world.keys.toggle'),
    scope: 'everywhere' as const,
    run: () => steer.mutate({ type: state === 'playing' ? 'pause' : 'play' }),
  };
  const skip = {
    name: 'world.skip' as const,
    label: t(kind === 'drill' ? 'world.skipHour' : 'world.skip'),
    scope: 'everywhere' as const,
    run: () => steer.mutate({ type: 'skip' }),
  };
  const may = can.includes('skip') ? [toggle, skip] : [];
  useKeys(may);
  useActs(may.map(({ name, label, run }) => ({ label, shortcut: name, run })));
}

function Running({ here: { can, kind, skipping }, steer }: HandsProps & { steer: Steer }) {
  const { t } = useTranslation();
  return (
    <>
      {can.includes('play') && (
        <Button small icon="play" busy={steer.isPending} onClick={() => steer.mutate({ type: 'play' })}>
          {t('world.play')} <KeyHint of="world.toggle" />
        </Button>
      )}
      {can.includes('pause') && (
        <Button small icon="pause" busy={steer.isPending} onClick={() => steer.mutate({ type: 'pause' })}>
          {t('world.pause')} <KeyHint of="world.toggle" />
        </Button>
      )}
      {can.includes('skip') && (
        <Button small disabled={skipping} onClick={() => steer.mutate({ type: 'skip' })}>
          {t(kind === 'drill' ? 'world.skipHour' : 'world.skip')} <KeyHint of="world.skip" />
        </Button>
      )}
    </>
  );
}

const SPEEDS: readonly number[] = [1, 10, 60, 300, 600];

function Speed({ here: { speed }, steer }: HandsProps & { steer: Steer }) {
  const { t } = useTranslation();
  const choices = SPEEDS.includes(speed) ? SPEEDS : [...SPEEDS, speed].sort((a, b) => a - b);
  return (
    <label className="world-speed">
      <span className="unseen">{t('world.speed')}</span>
      <select
        value={speed}
        onChange={(event) => steer.mutate({ type: 'play', speed: Number(event.currentTarget.value) })}
      >
        {choices.map((one) => (
          <option key={one} value={one}>
            ×{one}
          </option>
        ))}
      </select>
    </label>
  );
}

/** In a drill: what a trainee sees without an alert, written down at the moment of the world's clock. */
function NoteField({ number }: { number: number }) {
  const { t } = useTranslation();
  const note = useNote(number);
  const [text, setText] = useState('');
  const keep = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') note.mutate(text, { onSuccess: () => setText('') });
  };
  return (
    <form className="world-note" onSubmit={keep}>
      <input
        aria-label={t('world.note')}
        placeholder={t('world.note')}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button small type="submit" busy={note.isPending}>
        {t('world.noteKeep')}
      </Button>
      {note.isSuccess && text === '' && <span role="status">{t('world.noteKept')}</span>}
      {note.isError && <ErrorNote error={note.error} />}
    </form>
  );
}
