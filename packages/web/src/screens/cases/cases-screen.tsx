import type { CaseRow } from '@groundswell/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTake } from '../../api/case-take.ts';
import { session, useMay } from '../../api/session.ts';
import { Button, Segments } from '../../parts/button.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { OpenCase } from '../../parts/open-case.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { caseList } from './case-list-queries.ts';
import { type CaseSearch, GROUPS, type Group, WHOSE, type Whose, whoseOf, withWhose } from './case-search.ts';
import { CaseTable } from './case-table.tsx';
import './cases.css';

interface CasesScreenProps {
  search: CaseSearch;
  onSearch: (search: CaseSearch) => void;
}

/** Whoever comes on shift: what has to be done first, what runs out first, and what nobody has taken. */
export function CasesScreen({ search, onSearch }: CasesScreenProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(caseList(search));
  const take = useTake();
  const reader = useQuery(session()).data?.me?.id;
  const rows = useMemo(() => query.data?.pages.flatMap(({ cases }) => cases) ?? [], [query.data]);
  const counts = query.data?.pages[0]?.counts ?? null;
  const onTake = (row: CaseRow) => reader !== undefined && take.mutate({ row, me: reader });
  return (
    <Page
      title={t('place.cases')}
      state={counts && t('queue.lead', { open: t('queue.open', { count: counts.open }), waiting: counts.waiting })}
      acts={<OpenCase may={useMay('case.work')} shortcut="cases.open" />}
    >
      <SearchField
        value={search.q ?? ''}
        label={t('queue.search')}
        hint={t('queue.searchHint')}
        onSearch={(q) => onSearch({ ...search, q: q === '' ? undefined : q })}
      />
      <Filters search={search} onSearch={onSearch} counts={counts} />
      {take.isError && (
        <div className="panel queue-trouble">
          <ErrorNote error={take.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      <Loaded
        query={query}
        lines={8}
        isEmpty={() => rows.length === 0}
        empty={<NoCases search={search} onSearch={onSearch} />}
      >
        {() => <CaseTable rows={rows} search={search} onSearch={onSearch} onTake={onTake} />}
      </Loaded>
      {query.hasNextPage && (
        <p className="queue-more">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('app.more')}
          </Button>
        </p>
      )}
    </Page>
  );
}

type Counts = Readonly<Record<'open' | 'waiting' | 'resolved' | 'ended', number>>;

function Filters({ search, onSearch, counts }: CasesScreenProps & { counts: Counts | null }) {
  const { t } = useTranslation();
  const whose = whoseOf(search);
  const mine = () => onSearch(withWhose(search, whose === 'me' ? 'all' : 'me'));
  const first = () => onSearch({ ...search, sort: search.sort === 'due' ? undefined : 'due', order: undefined });
  useKeys([
    { name: 'cases.mine', label: t(SHORTCUTS['cases.mine'].words), run: mine },
    { name: 'cases.due', label: t(SHORTCUTS['cases.due'].words), run: first },
  ]);
  const countOf = (group: Group): string => {
    if (counts === null) return '';
    return ` ${group === 'live' ? counts.open + counts.waiting : counts[group]}`;
  };
  return (
    <div className="queue-bar">
      <Segments<Group>
        label={t('queue.which')}
        value={search.group ?? 'live'}
        onChange={(group) => onSearch({ ...search, group: group === 'live' ? undefined : group })}
        options={GROUPS.map((value) => ({ value, label: `${t(`queue.group.${value}`)}${countOf(value)}` }))}
      />
      <Segments<Whose>
        label={t('queue.whose')}
        value={whose}
        onChange={(one) => onSearch(withWhose(search, one))}
        options={WHOSE.map((value) => ({ value, label: t(`queue.of.${value}`) }))}
      />
    </div>
  );
}

function NoCases({ search, onSearch }: CasesScreenProps) {
  const { t } = useTranslation();
  const narrowed = search.q !== undefined || whoseOf(search) !== 'all' || search.group !== undefined;
  return (
    <div className="panel panel-body stack tight">
      <b>{t(narrowed ? 'queue.noneHere' : 'queue.none')}</b>
      <p className="soft read">{t(narrowed ? 'queue.noneHereWhy' : 'queue.noneWhy')}</p>
      {narrowed && (
        <div>
          <Button small onClick={() => onSearch({})}>
            {t('queue.showAll')}
          </Button>
        </div>
      )}
    </div>
  );
}
