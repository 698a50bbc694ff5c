import type { IssueRow, ReplyOf, readHome } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isOwn } from '../../api/issue-patch.ts';
import { session } from '../../api/session.ts';
import { FailedPage } from '../../parts/failed-page.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useSteadyRows, WaitingRows } from '../../parts/steady-rows.tsx';
import { sayTime } from '../../parts/time.tsx';
import { Calm } from './calm.tsx';
import { EmergingPanel } from './emerging-panel.tsx';
import { FirstSteps } from './first-steps.tsx';
import { ForMePanel } from './for-me-panel.tsx';
import { home } from './home-queries.ts';
import './home.css';
import { SamplePanel } from './sample-panel.tsx';
import { SincePanel } from './since-panel.tsx';
import { TodayPanel } from './today-panel.tsx';
import { WorkingPanel } from './working-panel.tsx';

export type HomeAnswer = ReplyOf<typeof readHome>;

/** Anybody on the team, first thing: what is new, what needs me, and whether I may go and get a coffee. */
export function HomeScreen() {
  const { t } = useTranslation();
  const query = useQuery(home());
  if (query.isError && query.data === undefined) {
    return <FailedPage title={t('place.home')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <Loaded
      query={query}
      isEmpty={(answer) => answer.sources === 0 && answer.signals.total === 0}
      empty={<FirstSteps />}
    >
      {(answer) => <Filled answer={answer} />}
    </Loaded>
  );
}

const STEADYING = { idOf: ({ id }: IssueRow) => id, placeOf: () => null, isOwn };

function Filled({ answer }: { answer: HomeAnswer }) {
  const { t, i18n } = useTranslation();
  const can = useQuery(session()).data?.me?.can ?? [];
  const keys = useListKeys<HTMLDivElement>();
  const emerging = useSteadyRows(answer.emerging, STEADYING, { region: keys.list, list: 'emerging' });
  if (answer.signals.total === 0) return <FirstSteps />;
  const nothing = answer.emergingTotal === 0 && answer.working.length === 0 && answer.imports.failed === 0;
  const forMe = answer.forMe.mentions.length + answer.forMe.watches.length;
  if (nothing && forMe === 0 && answer.since.lines.length === 0) return <Calm answer={answer} />;
  const title = answer.emergingTotal > 0 ? t('home.needs', { count: answer.emergingTotal }) : t('home.nothing');
  const now = new Date();
  return (
    <Page
      big
      title={title}
      state={t('home.now', {
        day: sayTime(now, 'day', i18n.language),
        time: sayTime(now, 'clock', i18n.language),
        utc: now.toISOString().slice(11, 16),
      })}
    >
      <div className="cols home">
        <div className="stack wide slim" ref={keys.list}>
          <WaitingRows count={emerging.waiting} onTakeIn={emerging.takeIn} />
          {can.includes('issue.read') && <EmergingPanel rows={emerging.rows} total={answer.emergingTotal} />}
          {answer.working.length > 0 && <WorkingPanel issues={answer.working} />}
        </div>
        <div className="stack wide slim">
          <ForMePanel forMe={answer.forMe} />
          <TodayPanel answer={answer} />
          <SincePanel since={answer.since} />
          <SamplePanel />
        </div>
      </div>
    </Page>
  );
}
