import type { ImportView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { SortHead } from '../../parts/sort-head.tsx';
import { ImportStatus } from '../../parts/status.tsx';
import { useSteadyList, WaitingRows } from '../../parts/steady-rows.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { pastImports } from './import-queries.ts';
import { arrangeImports, type ImportSearch, type ImportSort } from './import-search.ts';

export interface ImportListProps {
  search: ImportSearch;
  onSearch: (search: ImportSearch) => void;
}

/** What became of earlier files. */
export function PastImports({ search, onSearch }: ImportListProps) {
  const { t } = useTranslation();
  const query = useQuery(pastImports());
  return (
    <Panel title={t('import.past')} count={query.data?.imports.length}>
      <Loaded
        query={query}
        isEmpty={({ imports }) => imports.length === 0}
        empty={<EmptyNote tone="unknown">{t('import.none')}</EmptyNote>}
      >
        {({ imports }) => <ImportTable imports={imports} search={search} onSearch={onSearch} />}
      </Loaded>
    </Panel>
  );
}

function ImportTable({ imports, search, onSearch }: ImportListProps & { imports: readonly ImportView[] }) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  const fresh = useMemo(() => arrangeImports(imports, search), [imports, search]);
  const steady = useSteadyList(fresh, ({ id }) => id, { region: keys.list, list: JSON.stringify(search) });
  const shown = steady.rows;
  const head = (sort: ImportSort, label: string, end = false) => (
    <SortHead
      sort={sort}
      label={label}
      end={end}
      by={search.sort ?? 'when'}
      down={search.order !== 'asc'}
      onSort={(by, order) => onSearch({ ...search, sort: by, order })}
    />
  );
  return (
    <>
      <div className="list-tools row wrap">
        <SearchField
          little
          value={search.q ?? ''}
          label={t('import.filter')}
          hint={t('import.filterHint')}
          onSearch={(q) => onSearch({ ...search, q: q || undefined })}
        />
        <span className="push">
          <ExportButton small exporting={useExport('imports', { q: search.q })} />
        </span>
      </div>
      {shown.length === 0 && <EmptyNote tone="unknown">{t('import.noneMatch')}</EmptyNote>}
      {shown.length > 0 && (
        <Scroller label={t('import.past')}>
          <WaitingRows count={steady.waiting} onTakeIn={steady.takeIn} />
          <table className="cards">
            <thead>
              <tr>
                {head('file', t('import.file'))}
                {head('source', t('import.into'))}
                <th>{t('import.stateHead')}</th>
                {head('added', t('import.added'), true)}
                <th className="end">{t('import.revised')}</th>
                <th className="end">{t('import.unchanged')}</th>
                {head('refused', t('import.refused'), true)}
                {head('when', t('import.when'), true)}
              </tr>
            </thead>
            <tbody ref={keys.list}>
              {shown.map((view) => (
                <PastImport key={view.id} view={view} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </>
  );
}

function PastImport({ view }: { view: ImportView }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language);
  const { added, revised, unchanged, refused } = view.progress;
  return (
    <tr data-row={view.id}>
      <td>
        <Link to="/import/$id" params={{ id: view.id }} className="link">
          <Words>{view.fileName}</Words>
        </Link>
      </td>
      <td className="import-source">{view.sourceName === null ? '–' : <Words>{view.sourceName}</Words>}</td>
      <td>
        <ImportStatus state={view.state} />
      </td>
      {Object.entries({ added, revised, unchanged, refused }).map(([what, value]) => (
        <td key={what} className="end" data-name={t(`import.${what as 'added'}`)}>
          {view.state === 'uploaded' ? '–' : number(value)}
        </td>
      ))}
      <td className="end faint">
        <Time at={view.createdAt} />
      </td>
    </tr>
  );
}
