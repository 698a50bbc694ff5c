import type { ExportView } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { myExports, useDownloadExport, useExport, useRemoveExport } from '../../api/exports.ts';
import { Button } from '../../parts/button.tsx';
import { ExportButton, ExportWords } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote, ErrorNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import './exports.css';

/** Somebody who asked for a long list and comes back for the file. */
export function ExportsScreen() {
  const { t } = useTranslation();
  const query = useQuery(myExports());
  const exporting = useExport('exports');
  return (
    <Page
      title={t('exports.title')}
      state={t('exports.pageWhy')}
      acts={query.data && query.data.exports.length > 0 && <ExportButton exporting={exporting} />}
    >
      <Panel>
        <Loaded
          query={query}
          isEmpty={({ exports }) => exports.length === 0}
          empty={<EmptyNote>{t('exports.none')}</EmptyNote>}
        >
          {({ exports }) => (
            <ul className="export-lines">
              {exports.map((one) => (
                <ExportLine key={one.id} one={one} />
              ))}
            </ul>
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function ExportLine({ one }: { one: ExportView }) {
  const { t } = useTranslation();
  const download = useDownloadExport();
  const remove = useRemoveExport();
  const error = download.error ?? remove.error;
  const name = t(`exports.list.${one.list}`);
  return (
    <li>
      <div className="export-words">
        <b>{name}</b> {one.covered && <span className="small is-warn">{t('exports.withCovered')}</span>}
        <div className="small soft">
          <ExportWords of={one} />
        </div>
        <div className="small faint">
          {t('exports.asked')} <Time at={one.createdAt} /> · {t('exports.until')}{' '}
          <Time at={one.expiresAt} show="full" />
        </div>
        {error !== null && <ErrorNote error={error} />}
      </div>
      {one.can.includes('download') && (
        <Button
          small
          busy={download.isPending}
          aria-label={t('exports.downloadOne', { list: name })}
          onClick={() => download.mutate(one.id)}
        >
          {t('exports.download')}
        </Button>
      )}
      <Button
        small
        look="quiet"
        busy={remove.isPending}
        aria-label={t('exports.removeOne', { list: name })}
        onClick={() => remove.mutate(one.id)}
      >
        {t('exports.remove')}
      </Button>
    </li>
  );
}
