import { type CaseDetail, type HistoryLine, PRIORITIES } from '@groundswell/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { type TimelineKind, timeline } from './case-queries.ts';

const KINDS = ['state', 'people', 'outside', 'partner', 'inside', 'task', 'links'] as const satisfies TimelineKind[];

/** What happened, newest first, of all kinds or of one. */
export function TimelinePanel({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<TimelineKind | null>(null);
  const query = useInfiniteQuery(timeline(kase.id, kind));
  return (
    <Panel
      title={t('case.timeline.title')}
      aside={
        <select
          className="plain"
          aria-label={t('case.timeline.show')}
          value={kind ?? ''}
          onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? null)}
        >
          <option value="">{t('case.timeline.all')}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`case.timeline.of.${one}`)}
            </option>
          ))}
        </select>
      }
    >
      <Loaded
        query={query}
        lines={4}
        isEmpty={({ pages }) => pages.every(({ lines }) => lines.length === 0)}
        empty={<EmptyNote>{t('case.timeline.none')}</EmptyNote>}
      >
        {({ pages }) => (
          <>
            <ul className="case-history small">
              {pages
                .flatMap(({ lines }) => lines)
                .map((line) => (
                  <li key={line.id}>
                    <span className="faint">
                      <Time at={line.at} />
                    </span>
                    <EventWords line={line} kase={kase} />
                  </li>
                ))}
            </ul>
            {query.hasNextPage && (
              <div className="panel-body">
                <Button small busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('app.more')}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

/** The record holds codes; the words are made here, in the reader's language. */
function EventWords({ line: { name, actor, payload }, kase }: { line: HistoryLine; kase: CaseDetail }) {
  const { t } = useTranslation();
  const key = name.replace('case.', '') as 'opened';
  const person = (id: unknown) => [...kase.colleagues, ...kase.watchers].find((one) => one.id === id)?.name;
  const detail = (): string | null => {
    if (name === 'case.moved' && typeof payload.to === 'string')
      return t(
        typeof payload.waitingFor === 'string'
          ? (`caseMark.waiting.${payload.waitingFor}` as 'caseMark.waiting.other')
          : (`caseMark.state.${payload.to}` as 'caseMark.state.new'),
      );
    if (name === 'case.priority_changed')
      return `${PRIORITIES[Number(payload.from)] ?? ''} → ${PRIORITIES[Number(payload.to)] ?? ''}`;
    if (name === 'case.owner_changed') return person(payload.ownerId) ?? t('triage.nobody');
    if (name === 'case.refused') return t(`case.refuse.${payload.reason as 'load'}`);
    return null;
  };
  const more = detail();
  return (
    <span>
      <b>{actor ? <Words>{actor}</Words> : t('case.timeline.byItself')}</b>:{' '}
      {t(`case.event.${key}`, { defaultValue: name })}
      {more !== null && (
        <>
          {': '}
          <bdi>{more}</bdi>
        </>
      )}
      {payload.undone === true && ` · ${t('history.undone')}`}
    </span>
  );
}
