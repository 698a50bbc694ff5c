import type { CaseDetail } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefusal } from '../../api/call.ts';
import { useHere } from '../../api/presence.ts';
import { FailedPage } from '../../parts/failed-page.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Kept, Words } from '../../parts/user-content.tsx';
import { BatonCard } from './baton-card.tsx';
import './case.css';
import { CaseActBar } from './case-act-bar.tsx';
import { type Asked, CaseDialogs } from './case-dialogs.tsx';
import { oneCase, useCaseAct } from './case-queries.ts';
import { CaseWalkBar, useCaseWalk } from './case-walk-bar.tsx';
import { ClockStrip } from './clock-strip.tsx';
import { Conversation } from './conversation.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { LinkedPanel } from './linked-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { StateLine } from './state-line.tsx';
import { codeOf } from './talk.ts';
import { TasksPanel } from './tasks-panel.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import { useVersioned } from './use-versioned.ts';

/** Somebody whom a P0 has woken at 02:10: whose it is, what runs out, what was said, and the next act under one key. */
export function CaseScreen({ id, from }: { id: string; from?: string | undefined }) {
  const { t } = useTranslation();
  const query = useQuery(oneCase(id));
  const crumb = { to: '/cases', label: t('place.cases'), here: id };
  if (isRefusal(query.error, 'case.not_found'))
    return (
      <Page title={t('case.notFound')} state={t('case.notFoundWhy')} crumb={crumb}>
        {null}
      </Page>
    );
  if (query.isError && query.data === undefined)
    return (
      <FailedPage title={t('place.cases')} crumb={crumb} error={query.error} onRetry={() => void query.refetch()} />
    );
  return (
    <Loaded query={query} lines={8} isEmpty={() => false} empty="">
      {(kase) => <OneCase kase={kase} from={from} />}
    </Loaded>
  );
}

/** By the name that a colleague gave, else by its codes, else by what kind it is. */
function useTitle(kase: CaseDetail): string {
  const { t } = useTranslation();
  const code = codeOf(kase);
  if (kase.title !== null) return kase.title;
  return code === null ? t(`case.kind.${kase.kind}`) : t(code as 'case.notFound');
}

function OneCase({ kase, from }: { kase: CaseDetail; from: string | undefined }) {
  const { t } = useTranslation();
  const title = useTitle(kase);
  const [asked, setAsked] = useState<Asked | null>(null);
  const walk = useCaseWalk(kase, from);
  const versioned = useVersioned(kase, useCaseAct());
  useHere(kase.id, 'caseId');
  const ask = (dialog: Asked) => {
    versioned.act.reset();
    setAsked(dialog);
  };
  return (
    <Page
      title={`${kase.reference} ${title}`}
      heading={<Words>{title}</Words>}
      crumb={{ to: '/cases', label: t('place.cases'), here: kase.reference }}
      state={<StateLine kase={kase} />}
      acts={<CaseActBar kase={kase} versioned={versioned} dialogOpen={asked !== null} ask={ask} />}
    >
      <CaseWalkBar walk={walk} />
      <ClockStrip kase={kase} opened={asked === 'clocks'} onOpen={() => ask('clocks')} onClose={() => setAsked(null)} />
      <div className="cols case">
        <div className="stack wide slim">
          <BatonCard kase={kase} ask={ask} />
          {kase.ask !== '' && (
            <Panel title={t(kase.kind === 'escalation' ? 'case.askTitle' : 'case.suspicionTitle')}>
              <p className="panel-body case-words read">
                <Kept>{kase.ask}</Kept>
              </p>
            </Panel>
          )}
          <Conversation kase={kase} />
          <TimelinePanel kase={kase} />
        </div>
        <aside className="stack wide slim" aria-label={t('case.side')}>
          <FactsPanel kase={kase} versioned={versioned} ask={ask} />
          <TasksPanel kase={kase} />
          <EvidencePanel kase={kase} />
          <PeoplePanel kase={kase} ask={ask} />
          <LinkedPanel kase={kase} ask={ask} />
        </aside>
      </div>
      <CaseDialogs kase={kase} versioned={versioned} asked={asked} onClose={() => setAsked(null)} onEnded={walk.goOn} />
    </Page>
  );
}
