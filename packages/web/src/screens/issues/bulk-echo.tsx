import type { IssueRow } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Words } from '../../parts/user-content.tsx';

export type BulkMove = 'confirm' | 'dismiss';

interface BulkEchoProps {
  move: BulkMove;
  /** As they were when the dialog opened: these and no others are touched. */
  frozen: readonly IssueRow[];
  /** As the list says by now. */
  now: readonly IssueRow[];
}

/** Exactly what will be touched, what cannot be and why, and what changed while one was deciding. */
export function BulkEcho({ move, frozen, now }: BulkEchoProps) {
  const { t } = useTranslation();
  const can = frozen.filter((row) => row.can.includes(move));
  const cannot = frozen.filter((row) => !row.can.includes(move));
  const changed = frozen.filter((row) => now.find(({ id }) => id === row.id)?.version !== row.version);
  return (
    <div className="stack bulk-echo">
      <section className="stack tight" aria-label={t(`bulk.will.${move}`, { count: can.length })}>
        <b>{t(`bulk.will.${move}`, { count: can.length })}</b>
        <Rows rows={can} />
      </section>
      {cannot.length > 0 && (
        <section className="stack tight" aria-label={t('bulk.cannot', { count: cannot.length })}>
          <b>{t('bulk.cannot', { count: cannot.length })}</b>
          <Rows rows={cannot} why={(row) => t(`bulk.why.${move}`, { state: t(`issue.state.${row.state}`) })} />
        </section>
      )}
      {changed.length > 0 && (
        <p role="alert" className="is-warn small">
          {t('bulk.changed', { count: changed.length, keys: changed.map(({ key }) => key).join(', ') })}
        </p>
      )}
    </div>
  );
}

function Rows({ rows, why }: { rows: readonly IssueRow[]; why?: (row: IssueRow) => string }) {
  return (
    <ul className="bulk-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <span className="mono faint">{row.key}</span> <Words>{row.title}</Words>
          {why && <span className="faint small"> {why(row)}</span>}
        </li>
      ))}
    </ul>
  );
}
