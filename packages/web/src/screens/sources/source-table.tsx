import type { SourceView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useListKeys } from '../../parts/list-keys.ts';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { SortHead } from '../../parts/sort-head.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { arrangeSources, type SourceSearch, type SourceSort } from './source-search.ts';

interface SourceTableProps {
  sources: readonly SourceView[];
  search: SourceSearch;
  onSearch: (search: SourceSearch) => void;
}

export function SourceTable({ sources, search, onSearch }: SourceTableProps) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  const shown = arrangeSources(sources, search);
  const head = (sort: SourceSort, label: string, end = false) => (
    <SortHead
      sort={sort}
      label={label}
      end={end}
      by={search.sort ?? 'received'}
      down={search.order !== 'asc'}
      onSort={(by, order) => onSearch({ ...search, sort: by, order })}
    />
  );
  if (shown.length === 0) return <EmptyNote tone="unknown">{t('source.noneMatch')}</EmptyNote>;
  return (
    <Scroller label={t('source.list')}>
      <table>
        <thead>
          <tr>
            {head('name', t('source.name'))}
            <th>{t('source.kind')}</th>
            {head('signals', t('source.signals'), true)}
            {head('refused', t('source.refused'), true)}
            {head('received', t('source.lastReceived'))}
            {head('event', t('source.lastEvent'))}
            <th>{t('source.authors')}</th>
          </tr>
        </thead>
        <tbody ref={keys.list}>
          {shown.map((source) => (
            <SourceRow key={source.id} source={source} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function SourceRow({ source }: { source: SourceView }) {
  const { t, i18n } = useTranslation();
  return (
    <tr data-row={source.id}>
      <td>
        <Link to="/signals" search={{ source: source.id }} className="link">
          <Words>{source.name}</Words>
        </Link>
      </td>
      <td className="nowrap">{t(`kind.${source.kind}`)}</td>
      <td className="end">
        <b>{sayNumber(source.signals, i18n.language)}</b>
      </td>
      <td className={source.refused > 0 ? 'end is-warn' : 'end faint'}>{sayNumber(source.refused, i18n.language)}</td>
      <td>{source.lastReceivedAt ? <Time at={source.lastReceivedAt} show="ago" /> : t('source.never')}</td>
      <td>{source.lastEventAt ? <Time at={source.lastEventAt} show="day" /> : '–'}</td>
      <td className="faint">{t(source.hasAuthors ? 'source.hasAuthors' : 'source.noAuthors')}</td>
    </tr>
  );
}
