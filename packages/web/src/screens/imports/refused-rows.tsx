import { downloadRefusedRows, type ImportView } from '@groundswell/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { ServerWords } from '../../parts/refusal-words.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { Words } from '../../parts/user-content.tsx';
import { refusedRows } from './import-queries.ts';

/** Which rows were not taken, and why, so that they can be mended in the file and sent again. */
export function RefusedRows({ view }: { view: ImportView }) {
  const { id } = view;
  const count = view.progress.refused;
  const { t, i18n } = useTranslation();
  const query = useInfiniteQuery(refusedRows(id));
  return (
    <Panel title={t('refused.title')} count={sayNumber(count, i18n.language)} aside={<Aside view={view} />}>
      <Loaded query={query} isEmpty={({ pages }) => pages[0]?.rows.length === 0} empty={t('refused.none')}>
        {({ pages }) => (
          <>
            <Scroller label={t('refused.title')}>
              <table className="cards flat">
                <thead>
                  <tr>
                    <th className="end">{t('refused.row')}</th>
                    <th>{t('refused.id')}</th>
                    <th>{t('refused.reason')}</th>
                  </tr>
                </thead>
                <tbody>
                  {pages
                    .flatMap((page) => page.rows)
                    .map((row) => (
                      <tr key={row.row}>
                        <td className="end" data-name={t('refused.row')}>
                          {sayNumber(row.row, i18n.language)}
                        </td>
                        <td className="mono">{row.id === null ? '–' : <Words>{row.id}</Words>}</td>
                        <td>
                          <ServerWords>{row.reason}</ServerWords>
                        </td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </Scroller>
            {query.hasNextPage && (
              <div className="panel-body">
                <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('app.more')}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

/** The rows as they stood in the file, with the reason beside each: to be mended and dropped again. */
function Aside({ view }: { view: ImportView }) {
  const { t } = useTranslation();
  if (!view.can.includes('download_refused')) return <span className="no-phone">{t('refused.why')}</span>;
  return (
    <a className="btn little" href={downloadRefusedRows.path.replace(':id', view.id)} download>
      <Icon name="file" small />
      {t('refused.download')}
    </a>
  );
}
