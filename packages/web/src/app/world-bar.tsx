import type { WorldView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSteer, world } from '../api/world-queries.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useKeys } from '../parts/keys.tsx';
import { ErrorNote } from '../parts/notes.tsx';
import { sayTime } from '../parts/time.tsx';
import './world-bar.css';

const SPEEDS = [1, 10, 60, 300, 600] as const;

/** Above every page of an invented world: that it is one, what time it is there, and the hands of its clock. */
export function WorldBar({ number }: { number: number }) {
  const { t } = useTranslation();
  const query = useQuery(world(number));
  const here = query.data;
  return (
    <section className="world-bar" aria-label={t('world.bar')}>
      <span className="world-name">
        <Icon name="flask" />
        <b>{t(here?.kind === 'drill' ? 'world.drill' : 'world.sample')}</b>
        <span className="world-unreal">{t('world.unreal')}</span>
      </span>
      {here && <WorldClock here={here} />}
      {here && <Hands here={here} />}
      {query.isError && !here && <span role="alert">{t('world.gone')}</span>}
      <a className="btn little quiet world-out" href="/">
        <Icon name="out" small />
        {t('world.leave')}
      </a>
    </section>
  );
}

function WorldClock({ here }: { here: WorldView }) {
  const { t, i18n } = useTranslation();
  const { dayFrom, dayTo, playedTo, state } = here;
  const from = Date.parse(dayFrom);
  const share = (Date.parse(playedTo) - from) / (Date.parse(dayTo) - from);
  const at = new Date(playedTo);
  if (state === 'filling' || state === 'reading') return null;
  return (
    <span
      className="world-clock"
      title={t('time.both', {
        local: sayTime(at, 'full', i18n.language),
        utc: `${playedTo.slice(0, 16).replace('T', ' ')} UTC`,
      })}
    >
      <span className="mono">{sayTime(at, 'clock', i18n.language, at)}</span>
      <span
        className="world-day"
        role="progressbar"
        aria-label={t('world.dayPlayed')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <i style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="world-state">{t(`world.state.${here.skipping ? 'skipping' : state}`)}</span>
    </span>
  );
}

function Hands({ here }: { here: WorldView }) {
  const { t } = useTranslation();
  const steer = useSteer(here.number);
  const { can, state, kind, speed } = here;
  useKeys([
    ...(can.includes('play') || can.includes('pause')
      ? [
          {
            keys: 'g space',
            label: t('world.keys.toggle'),
            scope: 'everywhere' as const,
            run: () => steer.mutate({ type: state === 'playing' ? 'pause' : 'play' }),
          },
        ]
      : []),
    ...(can.includes('skip')
      ? [
          {
            keys: 'g n',
            label: t(kind === 'drill' ? 'world.skipHour' : 'world.skip'),
            scope: 'everywhere' as const,
            run: () => steer.mutate({ type: 'skip' }),
          },
        ]
      : []),
  ]);
  return (
    <span className="world-hands">
      {can.includes('play') && (
        <Button small look="go" icon="play" busy={steer.isPending} onClick={() => steer.mutate({ type: 'play' })}>
          {t('world.play')}
        </Button>
      )}
      {can.includes('pause') && (
        <Button small icon="pause" busy={steer.isPending} onClick={() => steer.mutate({ type: 'pause' })}>
          {t('world.pause')}
        </Button>
      )}
      {can.includes('skip') && (
        <>
          <Button small disabled={here.skipping} onClick={() => steer.mutate({ type: 'skip' })}>
            {t(kind === 'drill' ? 'world.skipHour' : 'world.skip')}
          </Button>
          <label className="world-speed">
            <span className="unseen">{t('world.speed')}</span>
            <select
              value={speed}
              onChange={(event) => steer.mutate({ type: 'play', speed: Number(event.currentTarget.value) })}
            >
              {SPEEDS.includes(speed as (typeof SPEEDS)[number]) ? null : <option value={speed}>×{speed}</option>}
              {SPEEDS.map((one) => (
                <option key={one} value={one}>
                  ×{one}
                </option>
              ))}
            </select>
          </label>
          <Button small look="quiet" onClick={() => steer.mutate({ type: kind === 'drill' ? 'close' : 'stop' })}>
            {t(kind === 'drill' ? 'world.close' : 'world.stop')}
          </Button>
        </>
      )}
      {kind === 'drill' && state === 'over' && can.includes('close') && !can.includes('skip') && (
        <Button small look="go" onClick={() => steer.mutate({ type: 'close' })}>
          {t('world.close')}
        </Button>
      )}
      {can.includes('debrief') && state !== 'reading' && (
        <Link to="/debrief" className={`btn little${state === 'over' || state === 'closed' ? ' go' : ''}`}>
          {t('world.debrief')}
        </Link>
      )}
      {steer.isError && <ErrorNote error={steer.error} />}
    </span>
  );
}
