import { IMPORT_BYTES_MAX } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.ts';
import { DropZone } from '../../parts/drop-zone.tsx';
import { EmptyNote, ErrorNote } from '../../parts/notes.tsx';
import { sayBytes, sayShare } from '../../parts/numbers.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { useUpload } from './import-queries.ts';
import './imports.css';
import { type ImportListProps, PastImports } from './past-imports.tsx';

/** Somebody with an export in the downloads folder who wants to see what is in it, and what became of earlier ones. */
export function ImportsScreen(list: ImportListProps) {
  const { t } = useTranslation();
  const { data } = useQuery(session());
  if (data?.me && !data.me.can.includes('import.run')) {
    return (
      <Page title={t('import.title')}>
        <EmptyNote tone="unknown">{t('import.notAllowed')}</EmptyNote>
      </Page>
    );
  }
  return (
    <Page title={t('import.title')} state={t('import.lead')}>
      <div className="stack wide">
        <Upload />
        <PastImports {...list} />
      </div>
    </Page>
  );
}

function Upload() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [sent, setSent] = useState(0);
  const [tooLarge, setTooLarge] = useState<File | null>(null);
  const upload = useUpload(setSent);
  const take = (file: File) => {
    setSent(0);
    setTooLarge(file.size > IMPORT_BYTES_MAX ? file : null);
    if (file.size > IMPORT_BYTES_MAX) return;
    upload.mutate(file, { onSuccess: (view) => void navigate({ to: '/import/$id', params: { id: view.id } }) });
  };
  if (upload.isPending) {
    const size = sayBytes(upload.variables.size, i18n.language);
    return (
      <Panel className="panel-body stack" label={t('import.sending')}>
        <p>
          <b>
            <bdi>{upload.variables.name}</bdi>
          </b>{' '}
          {sent < 1 ? t('import.sent', { share: sayShare(sent, i18n.language), size }) : t('import.looking')}
        </p>
        <Progress share={sent} label={t('import.sending')} />
      </Panel>
    );
  }
  return (
    <div className="stack">
      <DropZone
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json,.xlsx,.gz"
        title={t('import.drop')}
        hint={t('import.dropHint', { size: sayBytes(IMPORT_BYTES_MAX, i18n.language) })}
        onFile={take}
      />
      {tooLarge && (
        <p role="alert" className="is-bad">
          {t('import.tooLarge', { size: sayBytes(tooLarge.size, i18n.language) })}
        </p>
      )}
      {upload.isError && (
        <Panel>
          <ErrorNote error={upload.error} onRetry={() => take(upload.variables)} />
        </Panel>
      )}
    </div>
  );
}
