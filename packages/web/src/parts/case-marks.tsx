import type { CaseClock, CaseState, Priority, WaitingFor } from '@groundswell/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './case-marks.css';
import { sayDuration } from './durations.ts';
import { Icon, type IconName } from './icon.tsx';
import { Pill, type Tone } from './status.tsx';
import { sayTime } from './time.tsx';

/** More chevrons for what is faster; P4 has a line, and never colour. */
const CHEVRONS: Record<Priority, string> = {
  P0: 'M2 5l4-3 4 3M2 8l4-3 4 3M2 11l4-3 4 3',
  P1: 'M2 6l4-3.5L10 6M2 10 6 6.5l4 3.5',
  P2: 'M2 8l4-3.5L10 8',
  P3: 'M2 6h8',
  P4: 'M2 4l4 3.5L10 4',
};

/** How fast we act on a case: chevrons in a box and always the letter, the two most urgent ones filled. `long`: with what it asks. */
export function PriorityMark({ priority, long = false }: { priority: Priority; long?: boolean }) {
  const { t } = useTranslation();
  const words = t(`caseMark.priority.${priority}`);
  return (
    <span className={priority === 'P0' || priority === 'P1' ? 'pri hi' : 'pri'} title={words}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={CHEVRONS[priority]} />
      </svg>
      <span className="unseen">{t('caseMark.priorityOne')} </span>
      <span dir="ltr">{priority}</span>
      {long && <span>{words}</span>}
    </span>
  );
}

const STATES: Record<CaseState, readonly [Tone, IconName]> = {
  new: ['warn', 'ring'],
  triaged: ['info', 'flag'],
  working: ['info', 'play'],
  waiting: ['idle', 'pause'],
  resolved: ['good', 'checkCircle'],
  closed: ['idle', 'check'],
  reopened: ['bad', 'back'],
  duplicate: ['idle', 'merge'],
  not_ours: ['idle', 'out'],
};

/** State of a case in the words of the product; while it waits, for whom. */
export function CaseStateMark({ state, waitingFor = null }: { state: CaseState; waitingFor?: WaitingFor | null }) {
  const { t } = useTranslation();
  const [tone, icon] = STATES[state];
  const waits = state === 'waiting' && waitingFor !== null;
  return (
    <Pill tone={tone} icon={icon}>
      {t(waits ? `caseMark.waiting.${waitingFor}` : `caseMark.state.${state}`)}
    </Pill>
  );
}

/** How hard it is to look at: a shutter that closes. */
export function ExposureMark({ exposure }: { exposure: number }) {
  const { t } = useTranslation();
  return (
    <span className="expo" title={t(`caseMark.exposure.X${exposure as 0 | 1 | 2 | 3 | 4}`)}>
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <rect x="1" y="1" width="12" height="12" rx="2" />
        <rect className="shut" x="1" y="1" width="12" height={exposure * 3} />
      </svg>
      <span className="unseen">{t('caseMark.exposureOne')} </span>
      <span dir="ltr">X{exposure}</span>
    </span>
  );
}

type Shown = Pick<CaseClock, 'metric' | 'dueAt' | 'counting' | 'remainingMs' | 'phase' | 'share'>;

const TICK_MS = 15_000;

/** From how much of its time a clock is worth a look. */
const SOON = 0.75;

const toneOf = ({ phase, share }: Shown, leftMs: number): 'bad' | 'warn' | 'idle' | 'calm' => {
  if (leftMs < 0) return 'bad';
  if (phase === 'paused') return 'idle';
  return share >= SOON ? 'warn' : 'calm';
};

/** What is left of a clock, or how late it is; with `named` what runs out. Nothing where nothing is promised. */
export function ClockBadge({ clock, named = false }: { clock: Shown | null; named?: boolean }) {
  if (clock === null) return null;
  return <Badge clock={clock} named={named} />;
}

function Badge({ clock, named }: { clock: Shown; named: boolean }) {
  const { t, i18n } = useTranslation();
  const left = useLeft(clock);
  const tone = toneOf(clock, left);
  const time = sayDuration(left, i18n.language);
  const metric = t(`caseMark.metric.${clock.metric}`);
  const words = t(left < 0 ? 'caseMark.late' : clock.phase === 'paused' ? 'caseMark.stands' : 'caseMark.left', {
    time,
  });
  const due =
    clock.dueAt === null
      ? metric
      : `${metric} · ${t('caseMark.due', { time: sayTime(new Date(clock.dueAt), 'full', i18n.language) })}`;
  return (
    <span className={`clock-badge ${tone}`} title={due}>
      <Icon name={tone === 'bad' ? 'warn' : tone === 'idle' ? 'pause' : 'clock'} small />
      {named ? <span>{metric}:</span> : <span className="unseen">{metric}: </span>}
      <span>{words}</span>
    </span>
  );
}

/** The server said what was left when it was asked; since then it has become less, if it counts. */
export function useLeft({ remainingMs, counting, dueAt }: Pick<Shown, 'remainingMs' | 'counting' | 'dueAt'>): number {
  const [now, setNow] = useState(() => Date.now());
  const said = useRef({ remainingMs, dueAt, at: now });
  if (said.current.remainingMs !== remainingMs || said.current.dueAt !== dueAt) {
    said.current = { remainingMs, dueAt, at: Date.now() };
  }
  useEffect(() => {
    if (!counting) return;
    const tick = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(tick);
  }, [counting]);
  return counting ? remainingMs - Math.max(0, now - said.current.at) : remainingMs;
}
