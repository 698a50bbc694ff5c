import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import type { SearchKind } from '../../api/search-queries.ts';
import { useMay } from '../../api/session.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';

interface KindPanelProps {
  kind: SearchKind;
  q: string;
  of: { total: number; more: boolean; without: readonly string[]; found: readonly unknown[] };
  onMore?: (() => void) | undefined;
  aside?: ReactNode;
  children: ReactNode;
}

/** One kind of what was found, with how many there are; or why none of it was looked for. */
export function KindPanel({ kind, q, of, onMore, aside, children }: KindPanelProps) {
  const { t, i18n } = useTranslation();
  const exporting = useExport(kind, kind === 'issues' ? { q, group: 'all' } : { q });
  const mayCover = useMay('signal.export_covered');
  const total = `${sayNumber(of.total, i18n.language)}${of.more ? '+' : ''}`;
  return (
    <Panel
      title={`${t(`search.kind.${kind}`)} · ${total}`}
      aside={
        of.total > 0 && (
          <span className="row">
            {aside}
            <ExportButton small exporting={exporting} mayCover={kind === 'signals' ? mayCover : null} />
          </span>
        )
      }
    >
      {of.found.length === 0 ? (
        <p className="panel-body soft">
          {of.without.length > 0
            ? t(`search.without.${kind}`, { fields: of.without.join(', ') })
            : t(`search.none.${kind}`)}
        </p>
      ) : (
        <ul>{children}</ul>
      )}
      {onMore && of.total > of.found.length && (
        <div className="panel-body">
          <button type="button" className="link" onClick={onMore}>
            {t('search.more', { count: of.total })}
          </button>
        </div>
      )}
    </Panel>
  );
}
