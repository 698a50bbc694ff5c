import type { ImportView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { FailedPage } from '../../parts/failed-page.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Page } from '../../parts/page.tsx';
import { ImportStatus } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { ImportProgressPanel } from './import-progress.tsx';
import { oneImport, useCancelImport, useStartImport } from './import-queries.ts';
import { ImportResult } from './import-result.tsx';
import { MappingForm } from './mapping-form.tsx';
import { PreviewTable } from './preview-table.tsx';
import { RefusedRows } from './refused-rows.tsx';
import './imports.css';

/** One file: first what is in it and where its columns go, then how far it is, then what became of every row. */
export function ImportScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery(oneImport(id));
  if (query.isError && query.data === undefined) {
    return (
      <FailedPage
        title={t('import.one')}
        crumb={{ to: '/import', label: t('import.title'), here: '–' }}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <Loaded query={query} isEmpty={() => false} empty={t('import.none')}>
      {(view) => <OneImport view={view} />}
    </Loaded>
  );
}

function OneImport({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  const stop = useCancelImport(view.id);
  const again = useStartImport(view.id);
  const { sourceId, mapping } = view;
  const kind = `${view.format.toUpperCase()}${view.packed ? ' · GZIP' : ''}`;
  return (
    <Page
      title={view.fileName}
      heading={<Words>{view.fileName}</Words>}
      crumb={{ to: '/import', label: t('import.title'), here: kind }}
      state={<ImportStatus state={view.state} />}
      acts={
        <>
          {view.can.includes('resume') && sourceId !== null && mapping !== null && (
            <Button look="go" busy={again.isPending} onClick={() => again.mutate({ sourceId, mapping })}>
              {t('import.resume')}
            </Button>
          )}
          {view.can.includes('cancel') && (
            <Button busy={stop.isPending} onClick={() => stop.mutate()}>
              {t(view.state === 'uploaded' ? 'import.discard' : 'import.stop')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack wide">
        {(stop.error ?? again.error) && <ErrorNote error={stop.error ?? again.error} />}
        {view.state === 'uploaded' ? (
          <>
            {view.can.includes('start') && <MappingForm view={view} />}
            <PreviewTable view={view} />
          </>
        ) : (
          <>
            {view.state === 'running' ? <ImportProgressPanel view={view} /> : <ImportResult view={view} />}
            {view.history && <HistoryPanel history={view.history} />}
            {view.progress.refused > 0 && <RefusedRows view={view} />}
            <p className="small faint read">
              {t('import.safe')}{' '}
              {view.fileKeptUntil && (
                <>
                  {t('import.fileKept')} <Time at={view.fileKeptUntil} show="day" />.
                </>
              )}
            </p>
          </>
        )}
      </div>
    </Page>
  );
}
