import { useTranslation } from 'react-i18next';
import { sayNumber } from '../../parts/numbers.ts';
import { Words } from '../../parts/user-content.tsx';

interface UsersLineProps {
  name: string;
  days: readonly { day: string; users: number }[];
  /** All days of the picture, so that one stands below the other. */
  all: readonly string[];
}

const WIDTH = 560;
const HEIGHT = 56;

/** One line from zero up, its last number beside it. Days that nobody sent are a gap, never a zero. */
export function UsersLine({ name, days, all }: UsersLineProps) {
  const { t, i18n } = useTranslation();
  const known = new Map(days.map(({ day, users }) => [day, users]));
  const top = Math.max(1, ...known.values());
  const x = (index: number) => (2 + (index * (WIDTH - 4)) / Math.max(1, all.length - 1)).toFixed(1);
  const y = (users: number) => (HEIGHT - 3 - (users / top) * (HEIGHT - 8)).toFixed(1);
  let path = '';
  all.forEach((day, index) => {
    const users = known.get(day);
    if (users === undefined) return;
    const goesOn = index > 0 && known.has(all[index - 1]!);
    path += `${goesOn ? 'L' : 'M'}${x(index)} ${y(users)}${goesOn ? '' : 'h.01'}`;
  });
  const last = days.at(-1)!;
  const before = known.get(weekBefore(last.day));
  return (
    <div className="users-line">
      <span className="users-name">
        <Words>{name}</Words>
      </span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="users-zero" d={`M0 ${HEIGHT - 3}H${WIDTH}`} />
        <path className="c-observed" vectorEffect="non-scaling-stroke" d={path} />
      </svg>
      <span className="end">
        <b>{sayNumber(last.users, i18n.language)}</b>
        <span className="small faint users-week">
          {before ? t('users.week', { change: sayChange(last.users / before - 1, i18n.language) }) : ' '}
        </span>
      </span>
    </div>
  );
}

const weekBefore = (day: string): string => new Date(Date.parse(day) - 7 * 86_400_000).toISOString().slice(0, 10);

const sayChange = (change: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(
    change,
  );
