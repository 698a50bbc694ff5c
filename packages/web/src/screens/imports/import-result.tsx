import type { ImportView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Finding } from '../../parts/chart-frame.tsx';
import { Panel } from '../../parts/page.tsx';
import { Tally } from './import-progress.tsx';

/** What the file brought, in a sentence first. A file that brings nothing new says so and is no failure. */
export function ImportResult({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  return (
    <Panel>
      <div className="panel-body stack wide">
        <Finding>{resultWords(view, t)}</Finding>
        {view.error && <p className="is-bad read">{view.error}</p>}
        <Tally progress={view.progress} />
        {view.sourceId !== null && view.progress.added + view.progress.revised > 0 && (
          <div className="row wrap">
            <Link to="/signals" search={{ source: view.sourceId }} className="btn">
              {t('import.readThem')}
            </Link>
          </div>
        )}
      </div>
    </Panel>
  );
}

function resultWords(view: ImportView, t: TFunction): string {
  const { added, revised, unchanged, refused, rowsRead } = view.progress;
  if (view.state === 'failed') return t('import.result.failed', { count: added + revised });
  if (view.state === 'cancelled') return t('import.result.cancelled', { count: added + revised });
  if (rowsRead === 0) return t('import.result.empty');
  if (added + revised === 0 && refused === 0) return t('import.result.nothingNew', { count: unchanged });
  if (added + revised === 0 && unchanged === 0) return t('import.result.allRefused', { count: refused });
  const nothingNew = added + revised === 0;
  const parts = [
    nothingNew && t('import.result.nothingNewBut', { count: unchanged }),
    added > 0 && t('import.result.added', { count: added }),
    revised > 0 && t('import.result.revised', { count: revised }),
    !nothingNew && unchanged > 0 && t('import.result.unchanged', { count: unchanged }),
    refused > 0 && t('import.result.refused', { count: refused }),
  ].filter((part) => part !== false);
  return parts.join(' ');
}
