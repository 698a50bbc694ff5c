import { WORLD_SEED_MAX, type WorldKind, type WorldView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { worldPath } from '../../api/world.ts';
import { useOpenWorld, useRemoveWorld, worlds } from '../../api/world-queries.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote, ErrorNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { ServerWords } from '../../parts/refusal-words.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import './samples.css';

/** Somebody who wants to see what this can do, or to train: a world of their own, and none of it in their work. */
export function SamplesScreen() {
  const { t } = useTranslation();
  const query = useQuery(worlds());
  return (
    <Page title={t('samples.title')} state={t('samples.lead')}>
      <div className="stack wide samples">
        {query.data?.can.includes('open') && (
          <div className="samples-kinds">
            <Offer kind="sample" />
            <Offer kind="drill" />
          </div>
        )}
        <Panel title={t('samples.open')}>
          <Loaded
            query={query}
            isEmpty={(answer) => answer.worlds.length === 0}
            empty={<EmptyNote>{t('samples.none')}</EmptyNote>}
          >
            {(answer) => (
              <ul>
                {answer.worlds.map((one) => (
                  <Line key={one.number} one={one} />
                ))}
              </ul>
            )}
          </Loaded>
        </Panel>
      </div>
    </Page>
  );
}

const FASTEST = 600;
/** Of the largest number that a world can have. */
const SEED_DIGITS = String(WORLD_SEED_MAX).length;

function Offer({ kind }: { kind: WorldKind }) {
  const { t } = useTranslation();
  const open = useOpenWorld((opened) => globalThis.location.assign(worldPath(opened.number)));
  const [seed, setSeed] = useState('');
  const drill = kind === 'drill';
  return (
    <Panel className="step">
      <Icon name={drill ? 'users' : 'flask'} />
      <h2>{t(`samples.${kind}`)}</h2>
      <p className="soft">{t(`samples.${kind}Why`)}</p>
      <details className="small">
        <summary>{t('samples.seed')}</summary>
        <p className="soft">{t('samples.seedWhy')}</p>
        <input
          className="samples-seed"
          inputMode="numeric"
          pattern="[0-9]*"
          maxLength={SEED_DIGITS}
          aria-label={t('samples.seedLabel', { kind: t(`samples.${kind}`) })}
          value={seed}
          onChange={(event) => setSeed(event.currentTarget.value.replace(/\D/g, ''))}
        />
      </details>
      <Button
        look={drill ? 'plain' : 'go'}
        busy={open.isPending || open.isSuccess}
        onClick={() => open.mutate({ kind, speed: drill ? 60 : FASTEST, ...(seed !== '' && { seed: Number(seed) }) })}
      >
        {t(`samples.${kind}Do`)}
      </Button>
      {open.isError && <ErrorNote error={open.error} />}
    </Panel>
  );
}

const TONE = {
  filling: 'info',
  reading: 'info',
  paused: 'idle',
  playing: 'info',
  over: 'good',
  closed: 'good',
  removing: 'idle',
  failed: 'bad',
} as const;

function Line({ one }: { one: WorldView }) {
  const { t } = useTranslation();
  const remove = useRemoveWorld();
  return (
    <li className="samples-line">
      <div className="stack tight slim">
        <b>{t('samples.name', { kind: t(`samples.${one.kind}`), number: one.number })}</b>
        <span className="small faint">
          {t('samples.by')} <Words>{one.by}</Words> · <Time at={one.createdAt} />
          {one.seed !== null && ` · ${t('samples.seedIs', { seed: one.seed })}`}
        </span>
        {one.problem && (
          <span className="small is-bad">
            <ServerWords>{one.problem}</ServerWords>
          </span>
        )}
      </div>
      <Pill
        tone={TONE[one.state]}
        icon={
          one.state === 'failed' ? 'warn' : one.state === 'over' || one.state === 'closed' ? 'checkCircle' : 'clock'
        }
      >
        {t(`world.state.${one.state}`)}
      </Pill>
      <span className="row">
        {one.can.includes('enter') && (
          <a className="btn little" href={worldPath(one.number)}>
            {t('samples.enter')}
          </a>
        )}
        {one.can.includes('debrief') && (
          <a className="btn little quiet" href={worldPath(one.number, '/debrief')}>
            {t('world.debrief')}
          </a>
        )}
        {one.can.includes('remove') && (
          <AskOnce
            act={t('samples.remove')}
            why={t('samples.removeAsk')}
            sure={t('samples.remove')}
            busy={remove.isPending}
            error={remove.error}
            onSure={() => remove.mutate(one.number)}
          />
        )}
      </span>
    </li>
  );
}
