import { IMPACTS, type Severity, type SeverityRules, URGENCIES } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/page.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { oddCells } from './rules-draft.ts';

type Table = SeverityRules['table'];

interface RulesTableProps {
  table: Table;
  may: boolean;
  onChange: (table: Table) => void;
}

/** Impact by urgency: the one table from which severity is proposed. */
export function RulesTable({ table, may, onChange }: RulesTableProps) {
  const { t } = useTranslation();
  const odd = oddCells(table);
  return (
    <Panel title={t('severity.rules.table')} aside={<span className="no-phone">{t('severity.rules.tableWhy')}</span>}>
      <table className="severity-table">
        <caption className="unseen">{t('severity.rules.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('severity.rules.corner')}</th>
            {URGENCIES.map((urgency) => (
              <th key={urgency} scope="col">
                {t(`severity.urgency.${urgency}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {IMPACTS.map((impact) => (
            <tr key={impact}>
              <th scope="row">{t(`severity.impact.${impact}`)}</th>
              {URGENCIES.map((urgency) => (
                <td key={urgency}>
                  <CellField
                    severity={table[impact][urgency]}
                    name={`${t(`severity.impact.${impact}`)} × ${t(`severity.urgency.${urgency}`)}`}
                    may={may}
                    onChange={(is) => onChange({ ...table, [impact]: { ...table[impact], [urgency]: is } })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status" className={odd.length > 0 ? 'panel-body small is-warn' : 'unseen'}>
        {odd.length > 0 &&
          t('severity.rules.odd', {
            cells: odd
              .map(({ impact, urgency }) => `${t(`severity.impact.${impact}`)} × ${t(`severity.urgency.${urgency}`)}`)
              .join(', '),
          })}
      </p>
    </Panel>
  );
}

interface CellFieldProps {
  severity: Severity;
  name: string;
  may: boolean;
  onChange: (severity: Severity) => void;
}

function CellField({ severity, name, may, onChange }: CellFieldProps) {
  if (!may) return <SeverityMark severity={severity} />;
  return (
    <span className="severity-cell">
      <SeverityMark severity={severity} bare />
      <select
        className="plain"
        aria-label={name}
        value={severity}
        onChange={(event) => onChange(Number(event.target.value) as Severity)}
      >
        {([1, 2, 3, 4] as const).map((one) => (
          <option key={one} value={one}>
            S{one}
          </option>
        ))}
      </select>
    </span>
  );
}
