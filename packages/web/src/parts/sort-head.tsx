import './sort-head.css';

interface SortHeadProps<S extends string> {
  sort: S;
  label: string;
  end?: boolean;
  /** By which column the list is sorted now, and whether the largest stands first. */
  by: S;
  down: boolean;
  onSort: (sort: S, order: 'asc' | undefined) => void;
}

/** A column that sorts: the first press puts the largest first, the second turns it around. */
export function SortHead<S extends string>({ sort, label, end = false, by, down, onSort }: SortHeadProps<S>) {
  const on = by === sort;
  return (
    <th className={end ? 'end' : undefined} aria-sort={on ? (down ? 'descending' : 'ascending') : undefined}>
      <button type="button" className="sort-head" onClick={() => onSort(sort, on && down ? 'asc' : undefined)}>
        {label}
        <span aria-hidden="true">{on ? (down ? '↓' : '↑') : ''}</span>
      </button>
    </th>
  );
}
