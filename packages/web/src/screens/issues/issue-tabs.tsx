import { useTranslation } from 'react-i18next';
import { GROUPS, type IssueSearch } from '../../api/issue-search.ts';

interface IssueTabsProps {
  search: IssueSearch;
  counts: { emerging: number; working: number; closed: number; historical: number } | undefined;
  onSearch: (search: IssueSearch) => void;
}

/** Which part of the list, with how many stand in each. */
export function IssueTabs({ search, counts, onSearch }: IssueTabsProps) {
  const { t } = useTranslation();
  const now = search.group ?? 'open';
  const count = {
    open: counts && counts.emerging + counts.working,
    emerging: counts?.emerging,
    working: counts?.working,
    closed: counts?.closed,
    all: counts && counts.emerging + counts.working + counts.closed,
  };
  return (
    <nav className="tabs" aria-label={t('issues.which')}>
      {GROUPS.map((group) => (
        <button
          key={group}
          type="button"
          aria-current={group === now ? 'page' : undefined}
          onClick={() => onSearch({ ...search, group: group === 'open' ? undefined : group })}
        >
          {t(`issues.group.${group}`)}
          {count[group] !== undefined && <span className="count"> {count[group]}</span>}
        </button>
      ))}
    </nav>
  );
}
