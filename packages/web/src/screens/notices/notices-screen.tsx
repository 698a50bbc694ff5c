import type { Notice, NoticeKind } from '@groundswell/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notices, useRead, useReadAll } from '../../api/notice-queries.ts';
import { Button } from '../../parts/button.tsx';
import { PriorityMark } from '../../parts/case-marks.tsx';
import type { IconName } from '../../parts/icon.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote, ErrorNote } from '../../parts/notes.tsx';
import { sayNumber, sayShare } from '../../parts/numbers.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { Pill, type Tone } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import type { NoticeSearch } from './notice-search.ts';
import './notices.css';

interface NoticesScreenProps {
  search: NoticeSearch;
  onSearch: (search: NoticeSearch) => void;
}

/** Somebody who comes back and asks what needs them: one line for each cause, and what it is about one key away. */
export function NoticesScreen({ search, onSearch }: NoticesScreenProps) {
  const { t } = useTranslation();
  const show = search.show ?? 'unread';
  const query = useInfiniteQuery(notices(show));
  const readAll = useReadAll();
  const keys = useListKeys<HTMLUListElement>();
  const lines = query.data?.pages.flatMap((page) => page.notices) ?? [];
  const unread = query.data?.pages[0]?.unread ?? 0;
  const newest = lines[0]?.at;
  return (
    <Page
      title={t('place.notices')}
      state={t('notice.lead')}
      acts={
        unread > 0 &&
        newest && (
          <Button busy={readAll.isPending} onClick={() => readAll.mutate(newest)}>
            {t('notice.readAll')}
          </Button>
        )
      }
    >
      <Tabs show={show} onSearch={onSearch} />
      {readAll.isError && <ErrorNote error={readAll.error} />}
      <Panel label={t('place.notices')}>
        <Loaded
          query={query}
          lines={6}
          isEmpty={() => lines.length === 0}
          empty={<EmptyNote>{t(show === 'unread' ? 'notice.noneUnread' : 'notice.none')}</EmptyNote>}
        >
          {() => (
            <ul ref={keys.list}>
              {lines.map((notice) => (
                <NoticeLine key={notice.id} notice={notice} />
              ))}
            </ul>
          )}
        </Loaded>
        {query.hasNextPage && (
          <div className="panel-body">
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('app.more')}
            </Button>
          </div>
        )}
      </Panel>
    </Page>
  );
}

function Tabs({ show, onSearch }: { show: 'unread' | 'all'; onSearch: NoticesScreenProps['onSearch'] }) {
  const { t } = useTranslation();
  return (
    <nav className="tabs" aria-label={t('notice.which')}>
      {(['unread', 'all'] as const).map((tab) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === show ? 'page' : undefined}
          onClick={() => onSearch(tab === 'all' ? { show: 'all' } : {})}
        >
          {t(`notice.show.${tab}`)}
        </button>
      ))}
    </nav>
  );
}

const LOOK: Record<NoticeKind, readonly [Tone, IconName]> = {
  case_assigned: ['info', 'file'],
  case_handed: ['idle', 'right'],
  clock_warned: ['warn', 'ring'],
  clock_breached: ['bad', 'flag'],
  mention: ['info', 'users'],
  partner_answered: ['good', 'back'],
  requester_answered: ['warn', 'back'],
};

function NoticeLine({ notice }: { notice: Notice }) {
  const { t, i18n } = useTranslation();
  const read = useRead();
  const { kind, subject, facts, at, times, readAt, id } = notice;
  const [tone, icon] = LOOK[kind];
  const room = subject.kind === 'case' ? 'cases' : 'issues';
  return (
    <li className="notice-row" data-row={id}>
      <div className="stack tight slim">
        <p className="row wrap">
          <RowLink
            to={`/${room}/${encodeURIComponent(subject.ref)}`}
            className="notice-open"
            onOpen={() => readAt === null && read.mutate({ id, read: true })}
          >
            {readAt ? (
              <Words>{subject.ref}</Words>
            ) : (
              <b>
                <Words>{subject.ref}</Words>
              </b>
            )}
          </RowLink>
          {facts.priority && <PriorityMark priority={facts.priority} />}
          <Pill tone={tone} icon={icon}>
            {t(`notice.kind.${kind}`)}
          </Pill>
        </p>
        <p className="small faint row wrap">
          {facts.metric && <span>{t(`caseMark.metric.${facts.metric}`)}</span>}
          {kind === 'clock_warned' && facts.share !== undefined && (
            <span>{t('notice.share', { share: sayShare(facts.share, i18n.language) })}</span>
          )}
          <Time at={at} />
          {times > 1 && <span>{t('notice.times', { times: sayNumber(times, i18n.language) })}</span>}
        </p>
        {read.isError && <ErrorNote error={read.error} />}
      </div>
      <Button small busy={read.isPending} onClick={() => read.mutate({ id, read: readAt === null })}>
        {t(readAt ? 'notice.unread' : 'notice.read')}
      </Button>
    </li>
  );
}
