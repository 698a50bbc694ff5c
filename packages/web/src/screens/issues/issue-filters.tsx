import { useTranslation } from 'react-i18next';
import { type IssueSearch, KINDS, SORTS, type SortBy } from '../../api/issue-search.ts';
import { Button, Segments } from '../../parts/button.tsx';

interface IssueFiltersProps {
  search: IssueSearch;
  onSearch: (search: IssueSearch) => void;
}

export function IssueFilters({ search, onSearch }: IssueFiltersProps) {
  const { t } = useTranslation();
  const order = search.order ?? 'desc';
  const timed = ['noticed', 'onset', 'changed'].includes(search.sort ?? 'noticed');
  return (
    <div className="row wrap">
      <Segments
        label={t('issues.kind.label')}
        value={search.kind ?? 'all'}
        options={KINDS.map((value) => ({ value, label: t(`issues.kind.${value}`) }))}
        onChange={(kind) => onSearch({ ...search, kind: kind === 'all' ? undefined : kind })}
      />
      <label className="row">
        <span className="faint small">{t('issues.sortLabel')}</span>
        <select
          className="plain"
          value={search.sort ?? 'noticed'}
          onChange={(event) => onSearch({ ...search, sort: event.target.value as SortBy })}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(`issues.sort.${sort}`)}
            </option>
          ))}
        </select>
      </label>
      <Button
        look="quiet"
        small
        icon={order === 'desc' ? 'down' : 'up'}
        onClick={() => onSearch({ ...search, order: order === 'desc' ? 'asc' : undefined })}
      >
        {t(`issues.order.${timed ? 'time' : 'size'}.${order}`)}
      </Button>
    </div>
  );
}
