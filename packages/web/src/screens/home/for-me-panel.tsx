import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/page.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import type { HomeAnswer } from './home-screen.tsx';

/** Where a colleague named me, and what the searches found that I watch. */
export function ForMePanel({ forMe }: { forMe: HomeAnswer['forMe'] }) {
  const { t } = useTranslation();
  if (forMe.mentions.length === 0 && forMe.watches.length === 0) return null;
  return (
    <Panel title={t('forMe.title')}>
      <ul>
        {forMe.mentions.map(({ text: said, ...mention }) => (
          <li key={mention.commentId} className="since">
            <Link to="/issues/$id" params={{ id: mention.issueKey }}>
              <span>
                <b>
                  <Words>{mention.by}</Words>
                </b>{' '}
                {t('forMe.named')}{' '}
                {mention.unread && (
                  <Pill tone="info" icon="bell">
                    {t('comment.unread')}
                  </Pill>
                )}
              </span>
              <span className="soft for-me-text">
                <Words>{said}</Words>
              </span>
              <span className="small faint">
                <span className="mono">{mention.issueKey}</span> · <Time at={mention.at} />
              </span>
            </Link>
          </li>
        ))}
        {forMe.watches.map((watch) => (
          <li key={watch.viewId} className="since">
            <Link to="/signals" search={watch.search}>
              <span>
                <b>
                  <Words>{watch.name}</Words>
                </b>
                {`: ${t('forMe.found', { count: watch.signals, above: watch.above })}`}
              </span>
              <span className="small faint">
                <Time at={watch.at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
