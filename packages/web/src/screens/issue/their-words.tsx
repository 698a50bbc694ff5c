import type { IssueDetail, SignalView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { UserContent, Words } from '../../parts/user-content.tsx';
import { revealText } from './issue-queries.ts';

type Role = 'medoid' | 'typical' | 'newest';

/** The one that says it best first, then typical ones, then the newest: no signal twice. */
export function TheirWords({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const quotes = quotesOf(issue);
  return (
    <Panel
      title={t('words.title')}
      aside={
        <Link to="/signals" search={{ topic: issue.topicId }} className="link">
          {t('signals.count', { count: issue.signals })}
        </Link>
      }
    >
      {quotes.length === 0 ? (
        <EmptyNote>{t('words.none')}</EmptyNote>
      ) : (
        <ul>
          {quotes.map(({ role, signal }) => (
            <li key={signal.id} className={role === 'medoid' ? 'quote first' : 'quote'}>
              <UserContent content={signal} size="full" onReveal={revealText} />
              <div className="row wrap small faint">
                {signal.language && <span className="lang">{signal.language}</span>}
                <span>{t(`words.${role}`)}</span>
                <span>
                  <Words>{signal.sourceName}</Words>
                </span>
                {Object.values(signal.dimensions)
                  .slice(0, 3)
                  .map((value) => (
                    <Words key={value}>{value}</Words>
                  ))}
                <Time at={signal.at} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function quotesOf({ medoid, typical, newest }: IssueDetail): { role: Role; signal: SignalView }[] {
  const all: { role: Role; signal: SignalView }[] = [
    ...(medoid ? [{ role: 'medoid' as const, signal: medoid }] : []),
    ...typical.map((signal) => ({ role: 'typical' as const, signal })),
    ...newest.map((signal) => ({ role: 'newest' as const, signal })),
  ];
  const seen = new Set<string>();
  return all.filter(({ signal }) => !seen.has(signal.id) && seen.add(signal.id));
}
