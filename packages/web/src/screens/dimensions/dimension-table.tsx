import type { DimensionView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../parts/icon.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { SortHead } from '../../parts/sort-head.tsx';
import { useSteadyList, WaitingRows } from '../../parts/steady-rows.tsx';
import { DimensionName } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { isFull } from './cap-warnings.tsx';
import { arrangeDimensions, type DimensionSort, type DimensionsSearch } from './dimension-search.ts';

interface DimensionTableProps {
  dimensions: readonly DimensionView[];
  search: DimensionsSearch;
  onSearch: (search: DimensionsSearch) => void;
}

export function DimensionTable({ dimensions, search, onSearch }: DimensionTableProps) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  const fresh = useMemo(
    () => arrangeDimensions(dimensions, search, (name) => t(`dimension.${name}`, { defaultValue: name })),
    [dimensions, search, t],
  );
  const steady = useSteadyList(fresh, ({ name }) => name, { region: keys.list, list: JSON.stringify(search) });
  const shown = steady.rows;
  const head = (sort: DimensionSort, label: string, end = false) => (
    <SortHead
      sort={sort}
      label={label}
      end={end}
      by={search.sort ?? 'rows'}
      down={search.order !== 'asc'}
      onSort={(by, order) => onSearch({ ...search, sort: by, order })}
    />
  );
  if (shown.length === 0) return <EmptyNote tone="unknown">{t('dictionary.noneMatch')}</EmptyNote>;
  return (
    <Scroller label={t('dictionary.list')}>
      <WaitingRows count={steady.waiting} onTakeIn={steady.takeIn} />
      <table className="dictionary names">
        <thead>
          <tr>
            {head('name', t('dictionary.name'))}
            {head('values', t('dictionary.values'), true)}
            {head('rows', t('dictionary.rows'), true)}
            <th>{t('dictionary.sources')}</th>
            {head('first', t('dictionary.first'))}
            {head('last', t('dictionary.last'))}
          </tr>
        </thead>
        <tbody ref={keys.list}>
          {shown.map((one) => (
            <DimensionRow key={one.name} one={one} compartment={search.in} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function DimensionRow({ one, compartment }: { one: DimensionView; compartment: string | undefined }) {
  const { t, i18n } = useTranslation();
  const full = one.sources.some(isFull);
  return (
    <tr data-row={one.name}>
      <td className="dimension-name">
        <Link to="/dimensions/$name" params={{ name: one.name }} search={{ in: compartment }} className="link">
          <DimensionName name={one.name} />
        </Link>
      </td>
      <td className="end nowrap">
        {full && (
          <span className="is-warn">
            <Icon name="warn" small />
            <span className="unseen">{t('dictionary.full')}</span>{' '}
          </span>
        )}
        <b>{sayNumber(one.values, i18n.language)}</b>
      </td>
      <td className="end">{sayNumber(one.rows, i18n.language)}</td>
      <td className="dimension-sources">
        <SourceNames sources={one.sources} />
      </td>
      <td>
        <Time at={one.firstAt} show="day" />
      </td>
      <td>
        <Time at={one.lastAt} show="day" />
      </td>
    </tr>
  );
}

/** Two by name; of more, how many more. */
function SourceNames({ sources }: { sources: DimensionView['sources'] }) {
  const { t } = useTranslation();
  const [first, second] = sources;
  return (
    <span className="faint">
      {first && <Words>{first.sourceName}</Words>}
      {second && ', '}
      {second && <Words>{second.sourceName}</Words>}
      {sources.length > 2 && ` ${t('dictionary.moreSources', { count: sources.length - 2 })}`}
    </span>
  );
}
