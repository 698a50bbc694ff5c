import type { IssueRow, listIssues, ReplyOf, ViewSearch, Why } from '@groundswell/contract';
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { isOwn } from '../../api/issue-patch.ts';
import { type IssueSearch, queryOf, readIssueSearch, type Stands } from '../../api/issue-search.ts';
import { wordOf } from '../../api/issue-walk.ts';
import { suggestForIssues } from '../../api/search-queries.ts';
import { asViewSearch, freshIn, useStartView, useViewOrders, views } from '../../api/view-queries.ts';
import { Button, Segments } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryField } from '../../parts/query-field.tsx';
import { QueryNotes } from '../../parts/query-notes.tsx';
import { useSteadyRows, WaitingRows } from '../../parts/steady-rows.tsx';
import { ViewsButton } from '../../parts/views-dialog.tsx';
import { BudgetLine } from './budget-line.tsx';
import { IssueBoard } from './issue-board.tsx';
import { IssueFacets } from './issue-facets.tsx';
import { IssueFilters } from './issue-filters.tsx';
import { issueList } from './issue-list-queries.ts';
import { IssueTable } from './issue-table.tsx';
import { IssueTabs } from './issue-tabs.tsx';
import './issues.css';
import { useDecisions } from './use-decisions.tsx';

interface IssuesScreenProps {
  search: IssueSearch;
  onSearch: (search: IssueSearch) => void;
}

/** A decision of somebody else shows on the row; where the row stands changes when nobody is looking at it. */
const STEADYING = {
  idOf: ({ id }: IssueRow) => id,
  placeOf: ({ state, historical }: IssueRow): Stands => ({ state, historical }),
  isOwn,
};

type IssuePages = InfiniteData<ReplyOf<typeof listIssues>>;

function useSteadyIssues(query: UseInfiniteQueryResult<IssuePages>, search: IssueSearch) {
  const fresh = useMemo(() => query.data?.pages.flatMap((page) => page.issues) ?? [], [query.data]);
  const region = useRef<HTMLDivElement>(null);
  // the list before stands in for one that is still on its way, and is another list
  const list = JSON.stringify([queryOf(search), query.isPlaceholderData]);
  const { places, ...steady } = useSteadyRows(fresh, STEADYING, { region, list });
  return { ...steady, region, standsAt: (row: IssueRow): Stands => places.get(row.id) ?? row };
}

const whyOf = (data: IssuePages | undefined): ReadonlyMap<string, Why> =>
  new Map(
    data?.pages.flatMap(({ issues, why }) =>
      issues.flatMap(({ id }, i): [string, Why][] => (why[i] ? [[id, why[i]]] : [])),
    ),
  );

type Answer = ReplyOf<typeof listIssues>;

/** The query, what was made of it, and what it can be narrowed down by: all three write the same words. */
function Asking({ search, onSearch, answer }: IssuesScreenProps & { answer: Answer | undefined }) {
  const { t } = useTranslation();
  const q = search.q ?? '';
  const ask = (next: string) => next !== q && onSearch({ ...search, q: next || undefined });
  return (
    <>
      <QueryField
        of="issues"
        suggest={suggestForIssues}
        value={q}
        label={t('issues.search')}
        hint={t('issues.searchHint')}
        onSearch={ask}
      />
      <QueryNotes notes={answer?.notes ?? []} />
      <IssueFacets facets={answer?.facets ?? []} q={q} onQuery={ask} />
      <div className="issue-bar">
        <IssueFilters search={search} onSearch={onSearch} />
        <BudgetLine />
      </div>
    </>
  );
}

/** A lead with ten minutes: what is out of the ordinary, which of it is real, and what can be put aside. */
export function IssuesScreen({ search, onSearch }: IssuesScreenProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(issueList(search));
  const decide = useDecisions();
  const board = search.view === 'board';
  const { rows, region, standsAt, waiting, takeIn } = useSteadyIssues(query, search);
  const counts = query.data?.pages[0]?.counts;
  const why = useMemo(() => whyOf(query.data), [query.data]);
  const lead = counts && {
    open: t('issues.open', { count: counts.emerging + counts.working }),
    emerging: counts.emerging,
  };
  return (
    <Page
      title={t('place.issues')}
      state={lead && t('issues.lead', lead)}
      acts={<IssuesActs search={search} onSearch={onSearch} />}
    >
      {!board && <IssueTabs search={search} counts={counts} onSearch={onSearch} />}
      <Asking search={search} onSearch={onSearch} answer={query.data?.pages[0]} />
      {decide.error !== null && (
        <div className="panel issue-trouble">
          <ErrorNote error={decide.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      <div ref={region}>
        <WaitingRows count={waiting} onTakeIn={takeIn} />
        <Loaded
          query={query}
          lines={8}
          isEmpty={() => rows.length === 0 && !board}
          empty={<NoIssues search={search} onSearch={onSearch} />}
        >
          {() =>
            board ? (
              <IssueBoard rows={rows} why={why} standsAt={standsAt} list={wordOf(search)} {...decide.acts} />
            ) : (
              <IssueTable
                rows={rows}
                why={why}
                standsAt={standsAt}
                search={search}
                onSearch={onSearch}
                {...decide.acts}
              />
            )
          }
        </Loaded>
      </div>
      {query.hasNextPage && <More busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      {decide.dialog}
    </Page>
  );
}

function IssuesActs(props: IssuesScreenProps) {
  return (
    <>
      <ExportButton exporting={useExport('issues', queryOf(props.search))} />
      <IssueViews {...props} />
      <ViewSwitch {...props} />
    </>
  );
}

/** A view is opened as an address is: what it does not name is not asked for. */
function IssueViews({ search, onSearch }: IssuesScreenProps) {
  const known = useQuery(views('issues')).data;
  const { undo, ...orders } = useViewOrders('issues');
  const open = (kept: ViewSearch) => onSearch(readIssueSearch(kept));
  const now = asViewSearch(search);
  useStartView('issues', now, open);
  return (
    <ViewsButton known={known} search={now} fresh={freshIn(known?.views)} {...orders} onOpen={open} onUndo={undo} />
  );
}

/** Table or board, by button or by the key b. */
function ViewSwitch({ search, onSearch }: IssuesScreenProps) {
  const { t } = useTranslation();
  const view = search.view ?? 'table';
  const set = (next: 'table' | 'board') => onSearch({ ...search, view: next === 'board' ? next : undefined });
  useKeys([
    {
      name: 'issues.board',
      label: t('issues.boardKey'),
      run: () => set(view === 'board' ? 'table' : 'board'),
    },
  ]);
  return (
    <Segments
      label={t('issues.view')}
      value={view}
      onChange={set}
      options={[
        { value: 'table', label: t('issues.table'), icon: 'table' },
        { value: 'board', label: t('issues.board'), icon: 'board' },
      ]}
    />
  );
}

function NoIssues({ search, onSearch }: IssuesScreenProps) {
  const { t } = useTranslation();
  const narrowed = search.q !== undefined || search.kind === 'live' || search.kind === 'history';
  return (
    <div className="panel panel-body stack tight">
      <b>{t(narrowed ? 'issues.noneHere' : `issues.none.${search.group ?? 'open'}`)}</b>
      <p className="soft read">{t('issues.noneWhy')}</p>
      {narrowed && (
        <div>
          <Button small onClick={() => onSearch({ group: 'all' })}>
            {t('issues.showAll')}
          </Button>
        </div>
      )}
    </div>
  );
}

function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const { t } = useTranslation();
  return (
    <p className="issue-more">
      <Button busy={busy} onClick={onMore}>
        {t('app.more')}
      </Button>
    </p>
  );
}
