import type { ImportView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { ImportStatus } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { pastImports } from './import-queries.ts';

/** What became of earlier files. */
export function PastImports() {
  const { t } = useTranslation();
  const query = useQuery(pastImports());
  const keys = useListKeys<HTMLTableSectionElement>();
  return (
    <Panel title={t('import.past')} count={query.data?.imports.length}>
      <Loaded
        query={query}
        isEmpty={({ imports }) => imports.length === 0}
        empty={<EmptyNote tone="unknown">{t('import.none')}</EmptyNote>}
      >
        {({ imports }) => (
          <Scroller label={t('import.past')}>
            <table>
              <thead>
                <tr>
                  <th>{t('import.file')}</th>
                  <th>{t('import.into')}</th>
                  <th>{t('import.stateHead')}</th>
                  <th className="end">{t('import.added')}</th>
                  <th className="end">{t('import.revised')}</th>
                  <th className="end">{t('import.unchanged')}</th>
                  <th className="end">{t('import.refused')}</th>
                  <th className="end">{t('import.when')}</th>
                </tr>
              </thead>
              <tbody ref={keys.list}>
                {imports.map((view) => (
                  <PastImport key={view.id} view={view} />
                ))}
              </tbody>
            </table>
          </Scroller>
        )}
      </Loaded>
    </Panel>
  );
}

function PastImport({ view }: { view: ImportView }) {
  const { i18n } = useTranslation();
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
      {[added, revised, unchanged, refused].map((value, index) => (
        <td key={['added', 'revised', 'unchanged', 'refused'][index]} className="end">
          {view.state === 'uploaded' ? '–' : number(value)}
        </td>
      ))}
      <td className="end faint">
        <Time at={view.createdAt} />
      </td>
    </tr>
  );
}
