import type { IssueRow } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Words } from '../../parts/user-content.tsx';

export type BulkMove = 'confirm' | 'dismiss' | 'assign';

interface BulkEchoProps {
  /** Whose words are said of it. */
  of: Exclude<BulkMove, 'assign'> | 'assign' | 'unassign';
  /** To whom, where it is given to somebody. */
  who?: string;
  /** As they were when the dialog opened: these and no others are touched. */
  frozen: readonly IssueRow[];
  /** As the list says by now. */
  now: readonly IssueRow[];
  /** Why one stays as it is; null where it does not. */
  why: (row: IssueRow) => string | null;
}

/** Exactly what will be touched, what cannot be and why, and what changed while one was deciding. */
export function BulkEcho({ of, who = '', frozen, now, why }: BulkEchoProps) {
  const { t } = useTranslation();
  const can = frozen.filter((row) => why(row) === null);
  const cannot = frozen.filter((row) => why(row) !== null);
  const changed = frozen.filter((row) => now.find(({ id }) => id === row.id)?.version !== row.version);
  const will = t(`bulk.will.${of}`, { count: can.length, who });
  return (
    <div className="stack bulk-echo">
      <section className="stack tight" aria-label={will}>
        <b>{will}</b>
        <Rows rows={can} />
      </section>
      {cannot.length > 0 && (
        <section className="stack tight" aria-label={t('bulk.cannot', { count: cannot.length })}>
          <b>{t('bulk.cannot', { count: cannot.length })}</b>
          <Rows rows={cannot} why={why} />
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

function Rows({ rows, why }: { rows: readonly IssueRow[]; why?: BulkEchoProps['why'] }) {
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
