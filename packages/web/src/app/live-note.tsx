import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveness } from '../api/liveness.ts';
import { sayTime } from '../parts/time.tsx';
import './live-note.css';

/** A line that is back by then was never missed. */
const QUIET_MS = 5_000;

/** What is on the screen may be old: since when, and that nobody has to do anything about it. */
export function LiveNote() {
  const { t, i18n } = useTranslation();
  const { lostAt } = useLiveness();
  const [said, setSaid] = useState(false);
  useEffect(() => {
    if (lostAt === null) return setSaid(false);
    const timer = setTimeout(() => setSaid(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [lostAt]);
  return (
    <div role="status" className="live-note">
      {said && lostAt && <p>{t('live.lost', { time: sayTime(lostAt, 'clock', i18n.language) })}</p>}
    </div>
  );
}
