import type { ReplyOf, SignalView, summariseSignals, ViewSearch } from '@groundswell/contract';
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { suggestFor } from '../../api/search-queries.ts';
import { useMay } from '../../api/session.ts';
import { asViewSearch, freshIn, useStartView, useViewOrders, views } from '../../api/view-queries.ts';
import { Button } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryField } from '../../parts/query-field.tsx';
import { QueryNotes } from '../../parts/query-notes.tsx';
import { useSteadyRows, WaitingRows } from '../../parts/steady-rows.tsx';
import { ViewsButton } from '../../parts/views-dialog.tsx';
import { ExplainButton, ExplainPanel } from './explain-panel.tsx';
import { Facets } from './facets.tsx';
import { ReadAs } from './read-as.tsx';
import { SignalList } from './signal-list.tsx';
import { SignalPanel } from './signal-panel.tsx';
import { signalList, signalSummary } from './signal-queries.ts';
import { filterOf, readSignalSearch, type SignalSearch, sortOf } from './signal-search.ts';
import './signals.css';
import { SummaryHead } from './summary-head.tsx';

interface SignalsScreenProps {
  search: SignalSearch;
  onSearch: (search: SignalSearch) => void;
}

/** New ones come in when nobody is reading. */
const STEADYING = { idOf: ({ id }: SignalView) => id, placeOf: () => null, isOwn: () => false };

const facetsOf = (summary: ReplyOf<typeof summariseSignals> | undefined) => ({
  facets: summary?.facets ?? [],
  sampled: summary?.sampled.facets ?? false,
});

type SignalPages = InfiniteData<{ signals: SignalView[] }>;

function useSteadySignals(
  query: Pick<UseInfiniteQueryResult<SignalPages>, 'data' | 'isPlaceholderData'>,
  search: SignalSearch,
) {
  const fresh = useMemo(() => query.data?.pages.flatMap((page) => page.signals) ?? [], [query.data]);
  const region = useRef<HTMLDivElement>(null);
  // the list before stands in for one that is still on its way, and is another list
  const list = JSON.stringify([filterOf(search), sortOf(search), query.isPlaceholderData]);
  return { region, ...useSteadyRows(fresh, STEADYING, { region, list }) };
}

/** Somebody who wants to read what people really said: find it, narrow it down by when and where, and read one after another. */
export function SignalsScreen({ search, onSearch }: SignalsScreenProps) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(signalList(search));
  const summary = useQuery(signalSummary(search));
  const narrow = (change: SignalSearch) => onSearch({ ...search, open: undefined, ...change });
  const { rows, region, waiting, takeIn } = useSteadySignals(list, search);
  const why = new Map(list.data?.pages.flatMap((page) => page.signals.map((row, i) => [row.id, page.why[i]] as const)));
  return (
    <Page title={t('place.signals')} acts={<SignalsActs search={search} onSearch={onSearch} />}>
      <QueryField
        suggest={suggestFor}
        value={search.q ?? ''}
        label={t('signals.search')}
        hint={t('signals.searchHint')}
        onSearch={(q) => q !== (search.q ?? '') && narrow(queried(q))}
      />
      <QueryNotes notes={summary.data?.notes ?? []} />
      <ReadAs search={search} facets={summary.data?.facets ?? []} onSearch={onSearch} />
      <SummaryHead
        search={search}
        query={summary}
        onRange={(range) => narrow(range ?? { from: undefined, to: undefined })}
      />
      {search.explain !== undefined && <ExplainPanel search={search} onSearch={onSearch} />}
      <div className="explore" data-open={search.open !== undefined || undefined}>
        <Facets {...facetsOf(summary.data)} search={search} onSearch={onSearch} />
        <div ref={region} className="slim">
          <WaitingRows count={waiting} onTakeIn={takeIn} />
          <Loaded query={list} isEmpty={() => false} empty="">
            {() => (
              <SignalList
                rows={rows}
                why={why}
                search={search}
                hasMore={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
                onSearch={onSearch}
              />
            )}
          </Loaded>
        </div>
        <OpenSignal rows={rows} why={why} search={search} onSearch={onSearch} />
      </div>
    </Page>
  );
}

type Rows = Pick<Parameters<typeof SignalList>[0], 'rows' | 'why'>;

function OpenSignal({ rows, why, search, onSearch }: SignalsScreenProps & Rows) {
  const { open } = search;
  if (open === undefined) return null;
  return (
    <SignalPanel
      key={open}
      id={open}
      known={rows.find((row) => row.id === open)}
      why={why.get(open)}
      search={search}
      onClose={() => onSearch({ ...search, open: undefined })}
      onSearch={onSearch}
    />
  );
}

function SignalsActs(props: SignalsScreenProps) {
  const may = useMay('signal.export_covered');
  const sort = sortOf(props.search) === 'oldest' ? 'oldest' : 'newest';
  return (
    <>
      <ExportButton exporting={useExport('signals', { ...filterOf(props.search), sort })} mayCover={may} />
      <SignalViews {...props} />
      <ExplainButton {...props} />
      <CopiesActs {...props} />
    </>
  );
}

/** A view is opened as an address is: what it does not name is not asked for. */
function SignalViews({ search, onSearch }: SignalsScreenProps) {
  const known = useQuery(views('signals')).data;
  const { undo, ...orders } = useViewOrders('signals');
  const open = (kept: ViewSearch) => onSearch(readSignalSearch(kept));
  const now = asViewSearch(search);
  useStartView('signals', now, open);
  return (
    <ViewsButton known={known} search={now} fresh={freshIn(known?.views)} {...orders} onOpen={open} onUndo={undo} />
  );
}

/** What is most like something comes first; words come in the order that was chosen. */
const queried = (q: string): SignalSearch => ({
  q: q || undefined,
  ...(/\blike:/u.test(q) && { sort: 'relevance' as const }),
});

/** Who says what others say: only those, or the groups that they make. */
function CopiesActs({ search, onSearch }: SignalsScreenProps) {
  const { t } = useTranslation();
  const router = useRouter();
  useKeys([{ name: 'signals.copies', label: t('signals.copiesKey'), run: () => router.history.push('/copies') }]);
  const only = search.copies === 'any';
  return (
    <>
      <Button
        icon="filter"
        aria-pressed={only}
        onClick={() => onSearch({ ...search, open: undefined, copies: only ? undefined : 'any' })}
      >
        {t('signals.onlyCopies')}
      </Button>
      <Link to="/copies" className="btn">
        <Icon name="copy" />
        {t('copies.title')}
      </Link>
    </>
  );
}
