import { BOARD_AHEAD_MS, BOARD_BEHIND_MS, type TurnView } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';

const WINDOW_MS = BOARD_BEHIND_MS + BOARD_AHEAD_MS;
const HOUR_MS = 3_600_000;
const EVERY_H = 6;

interface DayStripProps {
  turns: readonly TurnView[];
  /** Now, as the board says it. */
  at: string;
}

/** A day around now, in the hours of whoever looks: where turns lie, and where nobody is on. */
export function DayStrip({ turns, at }: DayStripProps) {
  const { t } = useTranslation();
  const start = Date.parse(at) - BOARD_BEHIND_MS;
  const share = (ms: number): number => (Math.min(Math.max((ms - start) / WINDOW_MS, 0), 1) * 10_000) / 100;
  const firstHour = Math.ceil(start / (EVERY_H * HOUR_MS)) * EVERY_H * HOUR_MS;
  const marks = Array.from({ length: WINDOW_MS / (EVERY_H * HOUR_MS) }, (_, i) => firstHour + i * EVERY_H * HOUR_MS);
  return (
    <div className="day-strip">
      <ul className="day-turns" aria-label={t('shifts.day')}>
        {turns.map(({ shiftId, day, name, from, to, places }) => {
          const [left, right] = [share(Date.parse(from)), share(Date.parse(to))];
          return (
            <li
              key={`${shiftId} ${day}`}
              className={places.length === 0 ? 'is-empty' : undefined}
              style={{ insetInlineStart: `${left}%`, inlineSize: `${right - left}%` }}
              title={[name, ...places.map(({ person }) => person.name)].join(' · ')}
            >
              <span className="clip">
                <Words>{name}</Words>
              </span>
              <span className="unseen">
                <Time at={from} /> – <Time at={to} />
              </span>
            </li>
          );
        })}
      </ul>
      <i className="day-now" style={{ insetInlineStart: `${share(Date.parse(at))}%` }} aria-hidden="true" />
      <div className="day-hours small faint" aria-hidden="true">
        {marks.map((ms) => (
          <span key={ms} style={{ insetInlineStart: `${share(ms)}%` }}>
            <Time at={new Date(ms).toISOString()} />
          </span>
        ))}
      </div>
    </div>
  );
}
