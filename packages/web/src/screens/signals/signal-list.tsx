import type { SignalView, Why } from '@groundswell/contract';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { useGrowing } from '../../parts/growing.ts';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { SignalRow } from './signal-row.tsx';
import { isNarrowed, SIGNAL_SORTS, type SignalSearch, sortOf } from './signal-search.ts';

interface SignalListProps {
  rows: readonly SignalView[];
  /** By signal: why it was found. */
  why: ReadonlyMap<string, Why | undefined>;
  search: SignalSearch;
  hasMore: boolean;
  busy: boolean;
  onMore: () => void;
  onSearch: (search: SignalSearch) => void;
}

/** Drawn at once: as many as a tall screen shows. */
const FIRST = 16;

export function SignalList({ rows, why, search, hasMore, busy, onMore, onSearch }: SignalListProps) {
  const { t } = useTranslation();
  const open = (id: string) => onSearch({ ...search, open: id });
  // once one signal is open beside the list, j and k turn its pages
  const keys = useListKeys<HTMLUListElement>((id) => search.open !== undefined && open(id), search.open);
  useKeys([
    ...(search.open === undefined
      ? []
      : [
          {
            name: 'signals.close' as const,
            label: t('keys.close'),
            run: () => onSearch({ ...search, open: undefined }),
          },
        ]),
  ]);
  const shown = useGrowing(rows.length, FIRST);
  const latest = useRef(open);
  latest.current = open;
  const onOpen = useCallback((id: string) => latest.current(id), []);
  return (
    <Panel
      className="signal-list"
      title={t('signals.shown', { count: rows.length })}
      aside={<SortChoice search={search} onSearch={onSearch} />}
    >
      {rows.length === 0 ? (
        <EmptyNote tone="unknown">{t(isNarrowed(search) ? 'signals.noneWhy' : 'signals.noneYetWhy')}</EmptyNote>
      ) : (
        <ul ref={keys.list}>
          {rows.slice(0, shown).map((row) => (
            <SignalRow
              key={row.id}
              row={row}
              why={search.q ? why.get(row.id) : undefined}
              current={row.id === search.open}
              onOpen={onOpen}
            />
          ))}
        </ul>
      )}
      {hasMore && (
        <div className="panel-body">
          <Button busy={busy} onClick={onMore}>
            {t('app.more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** By how well it matches only where words are searched. */
function SortChoice({ search, onSearch }: Pick<SignalListProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation();
  const sorts = search.q ? SIGNAL_SORTS : SIGNAL_SORTS.filter((sort) => sort !== 'relevance');
  return (
    <label className="row">
      <span className="unseen">{t('signals.sortLabel')}</span>
      <select
        className="plain"
        value={sortOf(search)}
        onChange={(event) => onSearch({ ...search, sort: event.target.value as (typeof SIGNAL_SORTS)[number] })}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`signals.sort.${sort}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
