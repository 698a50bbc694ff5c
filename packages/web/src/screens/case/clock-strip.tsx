import type { CaseDetail, ClockReading, explainCaseClocks, ReplyOf } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ClockBadge, useLeft } from '../../parts/case-marks.tsx';
import { sayDuration } from '../../parts/durations.ts';
import { Icon } from '../../parts/icon.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { CaseDialog } from './case-dialog.tsx';
import { caseClocks, whyClocks } from './case-queries.ts';

interface ClockStripProps {
  kase: CaseDetail;
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
}

/** What runs out, the first one first: what is left, the meter, when it is due. Nothing where no clock runs yet. */
export function ClockStrip({ kase, opened, onOpen, onClose }: ClockStripProps) {
  const { t } = useTranslation();
  const clocks = useQuery(caseClocks(kase.id)).data?.clocks ?? [];
  const promised = clocks.filter(({ targetMs, phase }) => targetMs !== null && phase !== 'cancelled');
  useKeys(promised.length > 0 ? [{ name: 'case.clocks', label: t('case.key.clocks'), run: onOpen }] : []);
  if (promised.length === 0) return null;
  return (
    <section className="clocks panel" aria-label={t('case.clocks.title')}>
      <ul>
        {promised.slice(0, 5).map((clock) => (
          <Clock key={clock.key} clock={clock} kase={kase} />
        ))}
      </ul>
      <Button small look="quiet" icon="clock" onClick={onOpen}>
        {t('case.clocks.why')} <KeyHint of="case.clocks" />
      </Button>
      <CaseDialog title={t('case.clocks.whyTitle')} opened={opened} onClose={onClose} wide>
        <Why kase={kase} />
      </CaseDialog>
    </section>
  );
}

const isEnded = ({ phase }: ClockReading) => phase === 'fulfilled';

function Clock({ clock, kase }: { clock: ClockReading; kase: CaseDetail }) {
  const { t, i18n } = useTranslation();
  const left = useLeft({ ...clock, remainingMs: clock.remainingMs ?? 0 });
  const ended = isEnded(clock);
  const late = !ended && left < 0;
  const tone = ended ? (clock.met ? 'good' : 'idle') : late ? 'bad' : (clock.share ?? 0) >= 0.75 ? 'warn' : 'idle';
  const partner = kase.asks.find(({ id }) => id === clock.ask)?.partner;
  return (
    <li className={late ? 'clock late' : 'clock'}>
      <span className="small soft">
        <Icon name={ended ? 'check' : clock.phase === 'paused' ? 'pause' : 'clock'} small />{' '}
        {t(`caseMark.metric.${clock.metric}`)}
        {partner && (
          <>
            {': '}
            <Words>{partner}</Words>
          </>
        )}
        {clock.track !== 'house' && <span className="mono"> {clock.track}</span>}
      </span>
      {ended ? (
        <b className={clock.met === false ? 'is-bad' : 'is-good'}>
          {t(clock.met === false ? 'case.clocks.missed' : 'case.clocks.met', {
            time: sayDuration(clock.spentMs, i18n.language),
          })}
        </b>
      ) : (
        <ClockBadge
          clock={{ ...clock, remainingMs: clock.remainingMs ?? 0, share: clock.share ?? 0, phase: openPhase(clock) }}
        />
      )}
      <span className={`clock-meter ${tone}`}>
        <i style={{ inlineSize: `${Math.min(100, Math.max(0, (clock.share ?? 0) * 100))}%` }} />
      </span>
      <span className="small faint">
        {!ended && clock.dueAt ? (
          <>
            {t('case.clocks.due')} <Time at={clock.dueAt} show="full" />
          </>
        ) : (
          t('case.clocks.limit', { time: sayDuration(clock.targetMs ?? 0, i18n.language) })
        )}
      </span>
    </li>
  );
}

const openPhase = ({ phase }: ClockReading) => (phase === 'paused' ? 'paused' : 'running');

type Explained = ReplyOf<typeof explainCaseClocks>['clocks'][number];

/** Every interval, counted or not, and why; asked for when it is looked at. */
function Why({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const query = useQuery(whyClocks(kase.id));
  return (
    <Loaded
      query={query}
      lines={6}
      isEmpty={({ clocks }) => clocks.length === 0}
      empty={<EmptyNote>{t('case.clocks.none')}</EmptyNote>}
    >
      {({ clocks }) => (
        <div className="stack wide">
          {clocks.map((clock) => (
            <WhyClock key={clock.key} clock={clock} kase={kase} />
          ))}
        </div>
      )}
    </Loaded>
  );
}

function WhyClock({ clock, kase }: { clock: Explained; kase: CaseDetail }) {
  const { t, i18n } = useTranslation();
  const partner = kase.asks.find(({ id }) => id === clock.ask)?.partner;
  return (
    <section className="stack tight">
      <h3>
        {t(`caseMark.metric.${clock.metric}`)} {partner && <Words>{partner}</Words>}
      </h3>
      <p className="small">
        {t('case.clocks.counted', { time: sayDuration(clock.spentMs, i18n.language) })}
        {clock.targetMs !== null && ` ${t('case.clocks.limit', { time: sayDuration(clock.targetMs, i18n.language) })}`}
      </p>
      <div className="scroll">
        <table className="cards">
          <thead>
            <tr>
              <th scope="col">{t('case.clocks.from')}</th>
              <th scope="col">{t('case.clocks.to')}</th>
              <th scope="col">{t('case.clocks.countedHead')}</th>
              <th scope="col">{t('case.clocks.because')}</th>
            </tr>
          </thead>
          <tbody>
            {clock.parts.map((part) => (
              <tr key={`${part.from} ${part.cause.event} ${part.rule}`}>
                <td data-name={t('case.clocks.from')}>
                  <Time at={part.from} show="full" />
                </td>
                <td data-name={t('case.clocks.to')}>
                  <Time at={part.to} show="full" />
                </td>
                <td data-name={t('case.clocks.countedHead')}>
                  {part.counted ? sayDuration(part.countedMs, i18n.language) : t('case.clocks.not')}
                </td>
                <td data-name={t('case.clocks.because')}>
                  <span>
                    {t(`case.clocks.rule.${part.rule}`)}
                    {part.holiday && (
                      <>
                        {': '}
                        <Words>{part.holiday}</Words>
                      </>
                    )}
                    {part.calendar && (
                      <>
                        {' · '}
                        <Words>{part.calendar.name}</Words>{' '}
                        {t('case.clocks.version', { version: part.calendar.version })}
                      </>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
