import { useTranslation } from 'react-i18next';
import { DropZone } from '../../parts/drop-zone.tsx';
import { ErrorNote, Skeleton } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { ServerWords } from '../../parts/refusal-words.tsx';
import { useUploadBackground } from './background-queries.ts';

/** A CSV of changes or of active users: dropped, taken, and said at once what became of its rows. */
export function UploadPanel({ what }: { what: 'changes' | 'users' }) {
  const { t } = useTranslation();
  const upload = useUploadBackground(what);
  const sent = upload.data;
  return (
    <Panel title={t(`${what}.upload`)} aside={<span className="no-phone">{t('background.uploadTwice')}</span>}>
      <div className="panel-body stack">
        <DropZone
          quiet
          accept=".csv,.tsv,.txt"
          title={t(`${what}.drop`)}
          hint={t(`${what}.columns`)}
          onFile={(file) => upload.mutate(file)}
        />
        {upload.isPending && <Skeleton lines={2} waitingFor={t('background.uploading')} />}
        {upload.isError && <ErrorNote error={upload.error} />}
        {sent && (
          <div role="status" className="stack tight">
            <p>{t('background.sent', { added: sent.added, replaced: sent.replaced, unchanged: sent.unchanged })}</p>
            {sent.refusedRows > 0 && (
              <>
                <p className="is-warn">{t('background.refused', { count: sent.refusedRows })}</p>
                <ul className="refusals small">
                  {sent.refused.slice(0, 20).map(({ row, reason }) => (
                    <li key={row}>
                      {t('background.row', { row })} <ServerWords>{reason}</ServerWords>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
