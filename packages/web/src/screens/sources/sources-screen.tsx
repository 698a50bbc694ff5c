import type { SourceView } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { sources, useCreateSource } from '../../api/source-queries.ts';
import { Button } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { SourceForm } from '../../parts/source-form.tsx';
import { connectors } from './connector-queries.ts';
import { ConnectorsPanel } from './connectors-panel.tsx';
import { SendPanel } from './send-panel.tsx';
import type { SourceSearch } from './source-search.ts';
import { SourceTable } from './source-table.tsx';
import './sources.css';
import { TokensPanel } from './tokens-panel.tsx';

interface SourcesScreenProps {
  search: SourceSearch;
  onSearch: (search: SourceSearch) => void;
}

/** Whoever connects Groundswell to what the company already has: what comes in, from where, and the key to send more. */
export function SourcesScreen({ search, onSearch }: SourcesScreenProps) {
  const { t } = useTranslation();
  const query = useQuery(sources());
  const [making, setMaking] = useState(false);
  const can = query.data?.can ?? [];
  const some = (query.data?.sources.length ?? 0) > 0;
  const failing = useFailing();
  const connected = some && <ConnectorsPanel sources={query.data!.sources} />;
  const create = (
    <Button look="go" icon="plus" onClick={() => setMaking(true)}>
      {t('source.new')}
    </Button>
  );
  return (
    <Page
      title={t('source.title')}
      state={failing > 0 ? t('connector.failing', { count: failing }) : t('source.lead')}
      acts={can.includes('create') && create}
    >
      <div className="stack wide">
        {failing > 0 && connected}
        <Panel title={t('source.list')} count={query.data?.sources.length}>
          <Loaded
            query={query}
            isEmpty={(answer) => answer.sources.length === 0}
            empty={
              <EmptyNote tone="unknown">{t(can.includes('create') ? 'source.none' : 'source.noneViewer')}</EmptyNote>
            }
          >
            {(answer) => (
              <>
                <SourceTools search={search} onSearch={onSearch} />
                <SourceTable
                  sources={answer.sources}
                  search={search}
                  mayChange={can.includes('create')}
                  onSearch={onSearch}
                />
              </>
            )}
          </Loaded>
        </Panel>
        {failing === 0 && connected}
        {can.includes('manage_tokens') && some && <Tokens sources={query.data!.sources} />}
      </div>
      <CreateDialog opened={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

function SourceTools({ search, onSearch }: SourcesScreenProps) {
  const { t } = useTranslation();
  return (
    <div className="list-tools row wrap">
      <SearchField
        little
        value={search.q ?? ''}
        label={t('source.filter')}
        hint={t('source.name')}
        onSearch={(q) => onSearch({ ...search, q: q || undefined })}
      />
      <span className="push">
        <ExportButton small exporting={useExport('sources', { q: search.q })} />
      </span>
    </div>
  );
}

/** A token that was just made stands in the command beside it, ready to paste. */
function Tokens({ sources }: { sources: readonly SourceView[] }) {
  const [secret, setSecret] = useState<{ token: string; name: string } | null>(null);
  return (
    <>
      <TokensPanel sources={sources} secret={secret} onSecret={setSecret} />
      <SendPanel token={secret?.token ?? null} />
    </>
  );
}

/** What does not come in is the first thing to know here: then the connected systems stand above the list. */
function useFailing(): number {
  const { data } = useQuery(connectors());
  return data?.connectors.filter(({ state }) => state === 'failing').length ?? 0;
}

function CreateDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateSource();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('source.new')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <SourceForm
        busy={create.isPending}
        error={create.error}
        onCreate={(source) => create.mutate(source, { onSuccess: onClose })}
        onCancel={onClose}
      />
    </Modal>
  );
}
