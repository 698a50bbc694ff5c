import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { sources as allSources } from '../../api/source-queries.ts';
import { Button } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { useSteadyList, WaitingRows } from '../../parts/steady-rows.tsx';
import './copies.css';
import { copyGroups } from './copies-queries.ts';
import { CopiesRow } from './copies-row.tsx';
import { type CopiesSearch, KINDS, queryOf, SORTS } from './copies-search.ts';

interface CopiesScreenProps {
  search: CopiesSearch;
  onSearch: (search: CopiesSearch) => void;
}

/** Somebody who wants to know how many voices a number really is: who says the same words, how many they are, how fast. */
export function CopiesScreen({ search, onSearch }: CopiesScreenProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(copyGroups(search));
  const fresh = useMemo(() => query.data?.pages.flatMap((page) => page.groups) ?? [], [query.data]);
  const waiting = query.data?.pages[0]?.waiting ?? 0;
  const keys = useListKeys<HTMLUListElement>();
  // the list before stands in for one that is still on its way, and is another list
  const list = JSON.stringify([search, query.isPlaceholderData]);
  const { rows: groups, ...steady } = useSteadyList(fresh, ({ id }) => id, { region: keys.list, list });
  return (
    <Page
      title={t('copies.title')}
      crumb={{ to: '/signals', label: t('place.signals'), here: t('copies.title') }}
      state={waiting > 0 ? t('copies.waiting', { count: waiting }) : t('copies.lead')}
      acts={<ExportButton exporting={useExport('copies', { ...queryOf(search) })} />}
    >
      <KindTabs search={search} onSearch={onSearch} />
      <Panel title={t('copies.groups')} aside={<Narrowing search={search} onSearch={onSearch} />}>
        <Loaded
          query={query}
          lines={8}
          isEmpty={() => groups.length === 0}
          empty={<NoCopies search={search} onSearch={onSearch} />}
        >
          {() => (
            <>
              <WaitingRows count={steady.waiting} onTakeIn={steady.takeIn} />
              <ul ref={keys.list}>
                {groups.map((group) => (
                  <CopiesRow key={group.id} group={group} />
                ))}
              </ul>
            </>
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

function KindTabs({ search, onSearch }: CopiesScreenProps) {
  const { t } = useTranslation();
  const now = search.kind ?? 'long';
  return (
    <nav className="tabs" aria-label={t('copies.which')}>
      {KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-current={kind === now ? 'page' : undefined}
          onClick={() => onSearch({ ...search, kind: kind === 'long' ? undefined : kind })}
        >
          {t(`copies.kind.${kind}`)}
        </button>
      ))}
    </nav>
  );
}

function Narrowing({ search, onSearch }: CopiesScreenProps) {
  const { t } = useTranslation();
  const known = useQuery(allSources()).data?.sources ?? [];
  return (
    <span className="row wrap copies-narrowing">
      {known.length > 1 && (
        <label>
          <span className="unseen">{t('copies.source')}</span>
          <select
            className="plain"
            value={search.source ?? ''}
            onChange={(event) => onSearch({ ...search, source: event.target.value || undefined })}
          >
            <option value="">{t('copies.allSources')}</option>
            {known.map((source) => (
              <option key={source.id} value={source.id}>
                {source.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span className="unseen">{t('copies.sortLabel')}</span>
        <select
          className="plain"
          value={search.sort ?? 'newest'}
          onChange={(event) => {
            const sort = SORTS.find((one) => one === event.target.value);
            onSearch({ ...search, sort: sort === 'newest' ? undefined : sort });
          }}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(`copies.sort.${sort}`)}
            </option>
          ))}
        </select>
      </label>
    </span>
  );
}

function NoCopies({ search, onSearch }: CopiesScreenProps) {
  const { t } = useTranslation();
  const all = search.kind === 'all' && search.source === undefined;
  return (
    <EmptyNote
      tone="unknown"
      action={
        !all && (
          <div>
            <Button small onClick={() => onSearch({ kind: 'all' })}>
              {t('copies.showAll')}
            </Button>
          </div>
        )
      }
    >
      {t(all ? 'copies.none' : 'copies.noneHere')}
    </EmptyNote>
  );
}
