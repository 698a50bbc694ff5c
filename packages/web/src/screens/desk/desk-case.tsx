import type { CaseRow } from '@groundswell/contract';
import { CaseStateMark, ClockBadge, PriorityMark } from '../../parts/case-marks.tsx';
import { CaseName } from '../../parts/case-name.tsx';
import { OwnerMark } from '../../parts/owner-mark.tsx';
import { RowLink } from '../../parts/row-link.tsx';

/** A case on the desk: how fast it has to go, what it is, what runs out of it, whose it is. */
export function DeskCase({ row, at }: { row: CaseRow; at: string }) {
  return (
    <li className="desk-row" data-row={at}>
      <PriorityMark priority={row.priority} />
      <div className="stack tight slim">
        <RowLink to={`/cases/${encodeURIComponent(row.reference)}`} className="desk-link">
          <CaseName row={row} />
        </RowLink>
        <span className="row wrap small faint">
          <span className="mono">{row.reference}</span>
          <CaseStateMark state={row.state} waitingFor={row.waitingFor} />
        </span>
      </div>
      <span className="desk-end">
        <ClockBadge clock={row.clock} named />
        <OwnerMark owner={row.owner} small />
      </span>
    </li>
  );
}
