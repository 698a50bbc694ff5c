import type { ConnectorView, SourceView } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { Button } from '../../parts/button.tsx';
import { CopyField } from '../../parts/copy-field.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { ConnectorForm } from './connector-form.tsx';
import { ConnectorLine } from './connector-line.tsx';
import { connectors } from './connector-queries.ts';

/** What asks other systems by itself, or is called by them: how each is doing, and what to do when it is not. */
export function ConnectorsPanel({ sources }: { sources: readonly SourceView[] }) {
  const { t } = useTranslation();
  const query = useQuery(connectors());
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ connector: ConnectorView; secret: string | null } | null>(null);
  const exporting = useExport('connectors');
  const some = (query.data?.connectors.length ?? 0) > 0;
  const may = query.data?.can.includes('create') ?? false;
  return (
    <Panel
      title={t('connector.title')}
      count={query.data?.connectors.length}
      aside={
        <span className="row">
          {some && <ExportButton small exporting={exporting} />}
          {may && (
            <Button small icon="link" onClick={() => setMaking(true)}>
              {t('connector.new')}
            </Button>
          )}
        </span>
      }
    >
      {made?.connector.webhookPath && <WebhookNote made={made} />}
      <Loaded
        query={query}
        isEmpty={(answer) => answer.connectors.length === 0}
        empty={<EmptyNote tone="unknown">{t('connector.none')}</EmptyNote>}
      >
        {(answer) => (
          <ul className="connectors">
            {failingFirst(answer.connectors).map((one) => (
              <ConnectorLine key={one.id} connector={one} />
            ))}
          </ul>
        )}
      </Loaded>
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        size="lg"
        title={t('connector.new')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <ConnectorForm
          sources={sources}
          onCancel={() => setMaking(false)}
          onDone={(answer) => {
            setMaking(false);
            if (answer) setMade(answer);
          }}
        />
      </Modal>
    </Panel>
  );
}

const failingFirst = (all: readonly ConnectorView[]) =>
  [...all].sort((a, b) => Number(b.state === 'failing') - Number(a.state === 'failing'));

/** The address to give to the other side, and our secret if we made one: this is its only appearance. */
function WebhookNote({ made: { connector, secret } }: { made: { connector: ConnectorView; secret: string | null } }) {
  const { t } = useTranslation();
  return (
    <div className="panel-body stack tight" role="status">
      <p>
        <b>{t('connector.webhookMade')}</b> <span className="soft">{t('connector.webhookWhy')}</span>
      </p>
      <CopyField value={`${globalThis.location.origin}${connector.webhookPath}`} label={t('connector.copyAddress')} />
      {secret !== null && (
        <>
          <p className="small soft">{t('connector.secretOnce')}</p>
          <CopyField value={secret} label={t('connector.copySecret')} />
        </>
      )}
    </div>
  );
}
