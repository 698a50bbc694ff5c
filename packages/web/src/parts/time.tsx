import { useTranslation } from 'react-i18next';
import { formatter } from './formatters.ts';

interface TimeProps {
  at: string;
  /** `ago` for what just happened, `day` for dates, `clock` for a time today and a date otherwise, `full` for both. */
  show?: 'ago' | 'day' | 'clock' | 'full';
}

/** A moment in the reader's own zone; the full local time and UTC one hover, or one focus, away. */
export function Time({ at, show = 'clock' }: TimeProps) {
  const { t, i18n } = useTranslation();
  const moment = new Date(at);
  const title = t('time.both', { local: fullTime(moment, i18n.language), utc: utcTime(moment) });
  return (
    <time dateTime={at} title={title} className="nowrap">
      {sayTime(moment, show, i18n.language)}
    </time>
  );
}

/** The words alone, for sentences. */
export function sayTime(
  moment: Date,
  show: NonNullable<TimeProps['show']>,
  language: string,
  now = new Date(),
): string {
  if (show === 'ago') return ago(moment, language, now);
  if (show === 'full') return fullTime(moment, language);
  const sameDay = moment.toDateString() === now.toDateString();
  if (show === 'clock' && sameDay) return format(moment, language, { hour: '2-digit', minute: '2-digit' });
  const near = Math.abs(now.getTime() - moment.getTime()) < 6 * 86_400_000;
  if (show === 'clock' && near)
    return format(moment, language, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const year = moment.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return format(moment, language, { day: 'numeric', month: 'short', year });
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function ago(moment: Date, language: string, now: Date): string {
  const passed = moment.getTime() - now.getTime();
  const words = formatter(Intl.RelativeTimeFormat, language, { numeric: 'auto', style: 'short' });
  for (const [unit, length] of STEPS)
    if (Math.abs(passed) >= length) return words.format(Math.trunc(passed / length), unit);
  return words.format(0, 'minute');
}

const fullTime = (moment: Date, language: string) =>
  format(moment, language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });

const utcTime = (moment: Date) => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** 24 h everywhere: a night shift must not guess between a.m. and p.m. */
function format(moment: Date, language: string, options: Intl.DateTimeFormatOptions): string {
  const clock = options.hour ? ({ hourCycle: 'h23' } as const) : {};
  return formatter(Intl.DateTimeFormat, language, { ...options, ...clock }).format(moment);
}
