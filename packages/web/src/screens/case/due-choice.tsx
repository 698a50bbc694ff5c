import { useTranslation } from 'react-i18next';
import { sayDuration } from '../../parts/durations.ts';
import { sayTime } from '../../parts/time.tsx';

const MINUTE_MS = 60_000;
/** What is asked for at night: soon, today, tomorrow, this week. */
const OFFERED = [30, 60, 4 * 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60] as const;

/** From now, said in lengths: nobody works out a date at 02:10. */
export const dueIn = (minutes: number): string => new Date(Date.now() + minutes * MINUTE_MS).toISOString();

interface DueChoiceProps {
  label: string;
  /** Where no time is an answer too, its words. */
  nothing?: string;
  minutes: number | null;
  onChange: (minutes: number | null) => void;
}

export function DueChoice({ label, nothing, minutes, onChange }: DueChoiceProps) {
  const { t, i18n } = useTranslation();
  return (
    <select
      className="plain"
      aria-label={label}
      value={minutes ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
    >
      {nothing !== undefined && <option value="">{nothing}</option>}
      {OFFERED.map((one) => (
        <option key={one} value={one}>
          {t('case.dueIn', { time: sayDuration(one * MINUTE_MS, i18n.language) })}
        </option>
      ))}
    </select>
  );
}

interface DueAtProps {
  label: string;
  nothing: string;
  /** As it stands; it stays among the choices. */
  at: string | null;
  onChange: (at: string | null) => void;
}

/** The same where a time may stand already. */
export function DueAt({ label, nothing, at, onChange }: DueAtProps) {
  const { t, i18n } = useTranslation();
  const choose = (value: string) => onChange(value === '' ? null : value === at ? at : dueIn(Number(value)));
  return (
    <select className="plain" aria-label={label} value={at ?? ''} onChange={(event) => choose(event.target.value)}>
      <option value="">{nothing}</option>
      {at !== null && <option value={at}>{sayTime(new Date(at), 'clock', i18n.language)}</option>}
      {OFFERED.map((one) => (
        <option key={one} value={one}>
          {t('case.dueIn', { time: sayDuration(one * MINUTE_MS, i18n.language) })}
        </option>
      ))}
    </select>
  );
}
