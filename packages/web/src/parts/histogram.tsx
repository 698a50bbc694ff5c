import { type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame } from './chart-frame.tsx';
import { formatter } from './formatters.ts';
import './histogram.css';
import { sayNumber, saySpan } from './numbers.ts';
import { RangeFields } from './range-fields.tsx';
import { sayTime } from './time.tsx';
import { type Bucket, rangeOfBars, type TimeRange } from './time-range.ts';

interface HistogramProps {
  sentence: ReactNode;
  bars: readonly Bucket[];
  bucketMs: number;
  /** The counts were scaled up from a sample: they are shown with ≈. */
  sampled?: boolean;
  /** The range that is in force, or null for all of time. */
  range: TimeRange | null;
  onRange: (range: TimeRange | null) => void;
}

/** How many, when; and the filter for when: drag over the bars, or type the two ends. */
export function Histogram({ sentence, bars, bucketMs, sampled, range, onRange }: HistogramProps) {
  const { t, i18n } = useTranslation();
  const shown = range ?? rangeOfBars(bars, bucketMs, 0, bars.length - 1);
  return (
    <ChartFrame
      sentence={sentence}
      unit={t('histogram.unit', { span: saySpan(bucketMs / 1000, i18n.language) })}
      controls={
        shown && <RangeFields key={shown.from + shown.to} range={shown} chosen={range !== null} onRange={onRange} />
      }
      picture={<Bars bars={bars} bucketMs={bucketMs} onRange={onRange} />}
      table={{
        caption: t('histogram.caption'),
        head: [t('histogram.from'), t('histogram.count')],
        rows: bars.map((bar) => [
          sayTime(new Date(bar.at), 'full', i18n.language),
          `${sampled ? '≈ ' : ''}${sayNumber(bar.count, i18n.language)}`,
        ]),
      }}
    />
  );
}

const HEIGHT = 72;

function Bars({ bars, bucketMs, onRange }: Pick<HistogramProps, 'bars' | 'bucketMs' | 'onRange'>) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ start: number; now: number } | null>(null);
  const top = Math.max(1, ...bars.map((bar) => bar.count));
  const barAt = (event: PointerEvent) => {
    const { left, width } = box.current!.getBoundingClientRect();
    return Math.min(bars.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bars.length)));
  };
  const finish = () => {
    if (drag) onRange(rangeOfBars(bars, bucketMs, drag.start, drag.now));
    setDrag(null);
  };
  const inDrag = (index: number) =>
    drag !== null && index >= Math.min(drag.start, drag.now) && index <= Math.max(drag.start, drag.now);
  return (
    <div className="histogram">
      <span className="histogram-top faint">{sayNumber(top, i18n.language)}</span>
      <div
        ref={box}
        className="histogram-bars"
        role="img"
        aria-label={t('histogram.label')}
        title={t('histogram.drag')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ start: barAt(event), now: barAt(event) });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, now: barAt(event) })}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(null)}
      >
        {bars.map((bar, index) => (
          <i
            key={bar.at}
            data-in={inDrag(index) || undefined}
            style={{ blockSize: bar.count === 0 ? 0 : Math.max(2, (bar.count / top) * HEIGHT) }}
          />
        ))}
      </div>
      <Axis bars={bars} />
    </div>
  );
}

/** Four ticks say the days; more would collide on a phone. */
function Axis({ bars }: { bars: readonly Bucket[] }) {
  const { i18n } = useTranslation();
  if (bars.length === 0) return null;
  const short = Date.parse(bars.at(-1)!.at) - Date.parse(bars[0]!.at) < 3 * 86_400_000;
  const ticks = [...new Set([0, 1, 2, 3].map((quarter) => Math.floor((quarter * (bars.length - 1)) / 3)))];
  const say = (at: string) => {
    const moment = new Date(at);
    return short
      ? formatter(Intl.DateTimeFormat, i18n.language, {
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }).format(moment)
      : sayTime(moment, 'day', i18n.language);
  };
  return (
    <div className="histogram-axis faint" aria-hidden="true">
      {ticks.map((tick) => (
        <time key={tick} dateTime={bars[tick]!.at}>
          {say(bars[tick]!.at)}
        </time>
      ))}
    </div>
  );
}
