import type { WorldView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { world } from '../api/world-queries.ts';
import { Icon } from '../parts/icon.tsx';
import { sayTime } from '../parts/time.tsx';
import { WorldHands } from './world-hands.tsx';
import './world-bar.css';

/** Above every page of an invented world: that it is one, what time it is there, and the hands of its clock. */
export function WorldBar({ number }: { number: number }) {
  const { t } = useTranslation();
  const query = useQuery(world(number));
  const here = query.data;
  return (
    <section className={here?.kind === 'drill' ? 'world-bar drill' : 'world-bar'} aria-label={t('world.bar')}>
      <span className="world-name">
        <Icon name="flask" />
        <b>{t(here?.kind === 'drill' ? 'world.drill' : 'world.sample')}</b>
        <span className="world-unreal">{t('world.unreal')}</span>
      </span>
      {here && <WorldClock here={here} />}
      {here && <WorldHands here={here} />}
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
