import type { SignalKind, SignalView, Why } from '@groundswell/contract';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { Time } from '../../parts/time.tsx';
import { UserContent, Words } from '../../parts/user-content.tsx';
import { sayAlike } from './copies-line.tsx';
import { revealText } from './signal-queries.ts';

const ICON: Record<SignalKind, IconName> = {
  ticket: 'file',
  feedback: 'pen',
  app_review: 'star',
  user_report: 'flag',
  appeal: 'back',
  social_mention: 'users',
  machine_flag: 'gear',
};

interface SignalRowProps {
  row: SignalView;
  /** Why the search led here: its words are marked. */
  why: Why | undefined;
  current: boolean;
  /** Must stay the same between renderings, or every row is drawn again with each step. */
  onOpen: (id: string) => void;
}

/** When, what, from where. The time is the button, so that the words stay selectable. */
export const SignalRow = memo(function SignalRow({ row, why, current, onOpen }: SignalRowProps) {
  const { t } = useTranslation();
  const dimensions = Object.values(row.dimensions).slice(0, 4);
  return (
    <li className="signal-row" data-row={row.id} aria-current={current || undefined}>
      <button type="button" className="signal-open small faint" onClick={() => onOpen(row.id)}>
        <Time at={row.at} />
        <span className="unseen">{t('signals.open')}</span>
      </button>
      <div className="slim signal-words">
        <UserContent content={row} places={why?.marks} onReveal={revealText} />
        <div className="row wrap small faint">
          <span className="clip signal-source" title={row.sourceName}>
            <Icon name={ICON[row.kind]} small /> <Words>{row.sourceName}</Words>
          </span>
          {row.language && <span className="lang">{row.language}</span>}
          {row.rating !== null && <span>{t('signals.rating', { count: row.rating })}</span>}
          {dimensions.map((value) => (
            <span key={value} className="clip signal-value">
              <Words>{value}</Words>
            </span>
          ))}
          {row.topic && (
            <span className="chip topic">
              <span className="clip">
                <Words>{row.topic.label}</Words>
              </span>
            </span>
          )}
          {row.copies && (
            <span className="nowrap">
              <Icon name="copy" small /> {sayAlike(row.copies, t)}
            </span>
          )}
          {!row.latest && <span>{t('signals.superseded')}</span>}
        </div>
      </div>
    </li>
  );
});
