import type { ImportView } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../parts/page.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { Words } from '../../parts/user-content.tsx';

/** The first rows as they stand in the file, so that a wrong column is seen before it is imported. */
export function PreviewTable({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('import.preview')} aside={t('import.previewCount', { count: view.sample.length })}>
      <Scroller label={t('import.preview')}>
        <table className="preview">
          <thead>
            <tr>
              {view.columns.map((column) => (
                <th key={column}>
                  <Words>{column}</Words>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...view.sample.entries()].map(([number, row]) => (
              <tr key={number}>
                {view.columns.map((column) => (
                  <td key={column}>
                    <div title={row[column]}>
                      <Words>{row[column] ?? ''}</Words>
                    </div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </Panel>
  );
}
