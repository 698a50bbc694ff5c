import type { SessionView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/page.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { mySessions, useEndSession } from './me-queries.ts';

export function SessionsPanel() {
  const { t } = useTranslation();
  const query = useQuery(mySessions());
  const end = useEndSession();
  const others = (query.data?.sessions.length ?? 1) - 1;
  return (
    <Panel title={t('mine.sessions')} count={query.data?.sessions.length} aside={t('mine.sessionsWhy')}>
      <Loaded query={query} isEmpty={() => false} empty="">
        {({ sessions }) => (
          <ul className="sessions">
            {sessions.map((session) => (
              <SessionLine key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Loaded>
      {others > 0 && (
        <div className="panel-body">
          <AskOnce
            act={t('mine.endOthers', { count: others })}
            why={t('mine.endOthersWhy')}
            sure={t('mine.endDo')}
            busy={end.isPending}
            error={end.error}
            onSure={() => end.mutate(null)}
          />
        </div>
      )}
    </Panel>
  );
}

function SessionLine({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const end = useEndSession();
  const browser = session.browser ? t(`mine.browser.${session.browser}`) : t('mine.browser.other');
  const device = session.system ? t('mine.on', { browser, system: t(`mine.system.${session.system}`) }) : browser;
  return (
    <li>
      <span className="slim">
        <b>{device}</b>{' '}
        {session.current && (
          <Pill tone="good" icon="check">
            {t('mine.current')}
          </Pill>
        )}
        <span className="small faint session-facts">
          {session.address && (
            <>
              {t('mine.from')} <span className="mono">{session.address}</span> ·{' '}
            </>
          )}
          {t('mine.since')} <Time at={session.createdAt} show="clock" /> · {t('mine.seen')}{' '}
          <Time at={session.seenAt} show="ago" />
        </span>
      </span>
      {!session.current && (
        <AskOnce
          act={t('mine.end')}
          why={t('mine.endWhy')}
          sure={t('mine.endDo')}
          busy={end.isPending}
          error={end.error}
          onSure={() => end.mutate(session.id)}
        />
      )}
    </li>
  );
}
