import type { DimensionView } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Button, Segments } from '../../parts/button.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { VALUE_SORTS, type ValuesSearch } from './dimension-search.ts';

interface ValueToolsProps {
  dimension: DimensionView;
  search: ValuesSearch;
  onSearch: (search: ValuesSearch) => void;
  chosen: number;
  mayMerge: boolean;
  onMerge: () => void;
  onClear: () => void;
}

/** Which values, in what order; and what to do with the chosen ones. */
export function ValueTools({ dimension, search, onSearch, chosen, mayMerge, onMerge, onClear }: ValueToolsProps) {
  const { t } = useTranslation();
  const narrow = (change: ValuesSearch) => onSearch({ ...search, page: undefined, ...change });
  return (
    <div className="list-tools value-tools">
      <SearchField
        little
        value={search.q ?? ''}
        label={t('dictionary.filterValues')}
        hint={t('dictionary.part')}
        onSearch={(q) => q !== (search.q ?? '') && narrow({ q: q || undefined })}
      />
      <Segments
        label={t('dictionary.sort')}
        value={search.sort ?? 'rows'}
        options={VALUE_SORTS.map((value) => ({ value, label: t(`dictionary.by.${value}`) }))}
        onChange={(sort) => narrow({ sort: sort === 'rows' ? undefined : sort })}
      />
      {dimension.sources.length > 1 && (
        <select
          className="plain"
          aria-label={t('dictionary.ofSource')}
          value={search.source ?? ''}
          onChange={(event) => narrow({ source: event.target.value || undefined })}
        >
          <option value="">{t('dictionary.allSources')}</option>
          {dimension.sources.map(({ sourceId, sourceName }) => (
            <option key={sourceId} value={sourceId}>
              {sourceName}
            </option>
          ))}
        </select>
      )}
      {mayMerge && (
        <span className="row push">
          {chosen > 0 && (
            <Button look="quiet" small onClick={onClear}>
              {t('dictionary.clear')}
            </Button>
          )}
          <Button small icon="merge" disabled={chosen === 0} onClick={onMerge}>
            {chosen === 0 ? t('dictionary.merge') : t('dictionary.mergeCount', { count: chosen })}
          </Button>
        </span>
      )}
    </div>
  );
}
