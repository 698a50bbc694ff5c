import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { HistoryWords } from '../../parts/history-words.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { sayTime, Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import type { HomeAnswer } from './home-screen.tsx';

/** What colleagues and the engine did while I was away. */
export function SincePanel({ since }: { since: HomeAnswer['since'] }) {
  const { t, i18n } = useTranslation();
  const title = since.from
    ? t('home.since', { when: sayTime(new Date(since.from), 'clock', i18n.language) })
    : t('home.sinceFirst');
  return (
    <Panel title={title}>
      {since.lines.length === 0 ? (
        <EmptyNote tone={since.from ? 'calm' : 'unknown'}>
          {t(since.from ? 'home.sinceNothing' : 'home.sinceNothingFirst')}
        </EmptyNote>
      ) : (
        <ul>
          {since.lines.map((line) => (
            <li key={line.id} className="since">
              <Link to="/issues/$id" params={{ id: line.issueKey }}>
                <HistoryWords line={line} />
                <span className="soft">
                  <Words>{line.issueTitle}</Words>
                </span>
                <span className="small faint">
                  <span className="mono">{line.issueKey}</span> · <Time at={line.at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
