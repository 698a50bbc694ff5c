import type { DebriefIncident } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { sayTime } from '../../parts/time.tsx';
import type { Debrief } from './debrief-screen.tsx';

interface DayPictureProps {
  incidents: readonly DebriefIncident[];
  hours: Debrief['hours'];
  notes: Debrief['notes'];
  from: string;
  to: string;
  playedTo: string;
}

const ROW = 36;
const TOP = 44;
const EVERY_HOURS = 3;
const HOUR_MS = 3_600_000;

/** The day as a score: the voices of all above, below a line for each incident with what was planted, found and done. The table says the same. */
export function DayPicture({ incidents, hours, notes, from, to, playedTo }: DayPictureProps) {
  const { t, i18n } = useTranslation();
  const start = Date.parse(from);
  const length = Date.parse(to) - start;
  const at = (moment: string): number => Math.max(0, Math.min(100, ((Date.parse(moment) - start) / length) * 100));
  const height = TOP + incidents.length * ROW + 24;
  const most = Math.max(1, ...hours.map(({ count }) => count));
  const ticks = Array.from({ length: 24 / EVERY_HOURS + 1 }, (_, i) =>
    new Date(start + i * EVERY_HOURS * HOUR_MS).toISOString(),
  );
  return (
    <div className="day-picture" role="img" aria-label={t('debrief.picture', { count: incidents.length })}>
      <div className="day-plot" style={{ blockSize: height }} dir="ltr">
        {ticks.map((tick) => (
          <span key={tick} className="day-tick" style={{ left: `${at(tick)}%` }}>
            <i />
            <em>{sayTime(new Date(tick), 'clock', i18n.language, new Date(tick))}</em>
          </span>
        ))}
        {hours.map(({ at: hour, count }) => (
          <span
            key={hour}
            className="day-hour"
            style={{
              left: `${at(hour)}%`,
              blockSize: (count / most) * (TOP - 12),
              top: TOP - 8 - (count / most) * (TOP - 12),
            }}
          />
        ))}
        {incidents.map((one, i) => (
          <Line key={one.id} one={one} top={TOP + i * ROW} at={at} />
        ))}
        {notes.map((note) => (
          <span key={note.at} className="day-note" style={{ left: `${at(note.at)}%` }} />
        ))}
        {Date.parse(playedTo) < Date.parse(to) && <span className="day-rest" style={{ left: `${at(playedTo)}%` }} />}
      </div>
    </div>
  );
}

/** From here on a name would run over the edge: it ends where its bar ends instead of beginning where it begins. */
const LATE = 60;

function Line({ one, top, at }: { one: DebriefIncident; top: number; at: (moment: string) => number }) {
  const left = at(one.onsetAt);
  const right = Math.max(left + 0.6, at(one.endAt));
  return (
    <span className="day-line" style={{ top }}>
      <span
        className="day-name clip"
        lang="en"
        style={left > LATE ? { right: `${100 - right}%` } : { left: `${left}%`, maxInlineSize: `${100 - left}%` }}
      >
        {one.what}
      </span>
      <span
        className={one.isIncident ? 'day-bar' : 'day-bar none'}
        style={{ left: `${left}%`, inlineSize: `${right - left}%` }}
      />
      {one.found && <span className="day-mark found" style={{ left: `${at(one.found.alertAt)}%` }} />}
      {one.noticedAt && <span className="day-mark noticed" style={{ left: `${at(one.noticedAt)}%` }} />}
      {one.actedAt && <span className="day-mark acted" style={{ left: `${at(one.actedAt)}%` }} />}
    </span>
  );
}
