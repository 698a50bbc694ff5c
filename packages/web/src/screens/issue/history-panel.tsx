import type { HistoryLine } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { ExportButton } from '../../parts/export-button.tsx';
import { HistoryWords } from '../../parts/history-words.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';

/** Who did what and when, the newest first; never edited. */
export function HistoryPanel({ issue, lines }: { issue: string; lines: readonly HistoryLine[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('history.title')} aside={<ExportButton small exporting={useExport('history', { id: issue })} />}>
      <ul className="history small">
        {folded(lines).map(({ line, times }) => (
          <li key={line.id}>
            <span className="faint">
              <Time at={line.at} />
            </span>
            <span>
              <HistoryWords line={line} />
              {times > 1 && ` ${t('history.times', { count: times })}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The engine may say the same thing many times in a row: said once, with how often. */
function folded(lines: readonly HistoryLine[]): { line: HistoryLine; times: number }[] {
  const shown: { line: HistoryLine; times: number }[] = [];
  const newestFirst = lines.toReversed().sort((a, b) => b.at.localeCompare(a.at));
  for (const line of newestFirst) {
    const before = shown.at(-1);
    if (before && before.line.name === 'alert.grew' && line.name === 'alert.grew') before.times++;
    else shown.push({ line, times: 1 });
  }
  return shown;
}
