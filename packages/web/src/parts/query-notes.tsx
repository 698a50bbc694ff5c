import type { QueryNote } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { Words } from './user-content.tsx';

/** What of a query was read otherwise than it was written: it was searched all the same. */
export function QueryNotes({ notes }: { notes: readonly Pick<QueryNote, 'code' | 'said' | 'at'>[] }) {
  const { t } = useTranslation();
  if (notes.length === 0) return null;
  return (
    <ul className="query-notes small soft">
      {notes.map((note) => (
        <li key={`${note.code} ${note.at[0]}`}>
          <Icon name="flag" small /> <Words>{note.said}</Words>: {t(`query.note.${note.code}`)}
        </li>
      ))}
    </ul>
  );
}
