import type { ChangeKind, ChangeView } from '@groundswell/contract';
import { CHANGE_KINDS } from '@groundswell/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../api/exports.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { ExportButton } from '../../parts/export-button.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayShare } from '../../parts/numbers.ts';
import { Panel } from '../../parts/page.tsx';
import { Scroller } from '../../parts/scroller.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { DimensionName } from '../../parts/surge.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { changes, useWithdrawChange } from './background-queries.ts';
import type { BackgroundSearch } from './background-search.ts';
import { UploadPanel } from './upload-panel.tsx';

interface PanelProps {
  search: BackgroundSearch;
  can: readonly ('send' | 'withdraw')[];
  onSearch: (search: BackgroundSearch) => void;
}

export function ChangesPanel({ search, can, onSearch }: PanelProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(changes(search));
  const narrowed = search.kind !== undefined || search.q !== undefined;
  return (
    <div className="stack wide">
      <Panel title={t('changes.list')}>
        <div className="list-tools row wrap">
          <SearchField
            little
            value={search.q ?? ''}
            label={t('changes.filter')}
            hint={t('changes.filterHint')}
            onSearch={(q) => onSearch({ ...search, q: q || undefined })}
          />
          <select
            className="plain"
            aria-label={t('changes.kindLabel')}
            value={search.kind ?? ''}
            onChange={(event) => onSearch({ ...search, kind: (event.target.value || undefined) as ChangeKind })}
          >
            <option value="">{t('changes.allKinds')}</option>
            {CHANGE_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`changes.kind.${kind}`)}
              </option>
            ))}
          </select>
          <ExportButton exporting={useExport('changes', { kind: search.kind, q: search.q })} />
        </div>
        <Loaded
          query={query}
          isEmpty={({ pages }) => pages[0]?.changes.length === 0}
          empty={<EmptyNote tone="unknown">{t(narrowed ? 'changes.noneMatch' : 'changes.none')}</EmptyNote>}
        >
          {({ pages }) => (
            <ChangeTable rows={pages.flatMap((page) => page.changes)} mayWithdraw={can.includes('withdraw')} />
          )}
        </Loaded>
        {query.hasNextPage && (
          <div className="panel-body">
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('app.more')}
            </Button>
          </div>
        )}
      </Panel>
      {can.includes('send') && <UploadPanel what="changes" />}
    </div>
  );
}

const LOOK: Readonly<Record<ChangeKind, IconName>> = {
  release: 'up',
  flag: 'flag',
  policy: 'file',
  vendor: 'link',
  outage: 'warn',
  other: 'dash',
};

function ChangeTable({ rows, mayWithdraw }: { rows: readonly ChangeView[]; mayWithdraw: boolean }) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  return (
    <Scroller label={t('changes.list')}>
      <table className="changes cards">
        <thead>
          <tr>
            <th>{t('changes.at')}</th>
            <th>{t('changes.what')}</th>
            <th>{t('changes.reach')}</th>
            <th>{t('changes.by')}</th>
            {mayWithdraw && (
              <th>
                <span className="unseen">{t('changes.acts')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody ref={keys.list}>
          {rows.map((change) => (
            <ChangeRow key={change.id} change={change} mayWithdraw={mayWithdraw} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function ChangeRow({ change, mayWithdraw }: { change: ChangeView; mayWithdraw: boolean }) {
  const { t, i18n } = useTranslation();
  const names = Object.entries(change.dimensions);
  return (
    <tr data-row={change.id} className={change.withdrawnAt ? 'withdrawn' : undefined}>
      <td className="nowrap">
        <Time at={change.at} show="clock" />
        {change.until && (
          <span className="small faint change-until">
            {t('changes.until')} <Time at={change.until} show="clock" />
          </span>
        )}
      </td>
      <td>
        <span className="change-kind small">
          <Icon name={LOOK[change.kind]} small /> {t(`changes.kind.${change.kind}`)}
        </span>
        <span className="change-title">
          {change.url === null ? (
            <Words>{change.title}</Words>
          ) : (
            <a className="link" href={change.url} target="_blank" rel="noreferrer noopener">
              <Words>{change.title}</Words>
            </a>
          )}
        </span>
      </td>
      <td>
        <span className="row wrap">
          {names.length === 0 && change.share === null && <span className="faint">{t('changes.everybody')}</span>}
          {change.share !== null && <span className="chip">{sayShare(change.share, i18n.language)}</span>}
          {names.map(([name, value]) => (
            <span key={name} className="chip">
              <span className="faint">
                <DimensionName name={name} />
              </span>
              <Words>{value}</Words>
            </span>
          ))}
        </span>
      </td>
      <td className="faint" data-name={t('changes.by')}>
        <Words>{change.by}</Words>
      </td>
      {mayWithdraw && (
        <td className="end">
          <Withdraw change={change} />
        </td>
      )}
    </tr>
  );
}

function Withdraw({ change }: { change: ChangeView }) {
  const { t } = useTranslation();
  const withdraw = useWithdrawChange();
  if (change.withdrawnAt) {
    return (
      <span className="small faint nowrap">
        {t('changes.withdrawn')} <Time at={change.withdrawnAt} show="day" />
      </span>
    );
  }
  return (
    <AskOnce
      act={t('changes.withdraw')}
      why={t('changes.withdrawWhy')}
      sure={t('changes.withdrawDo')}
      busy={withdraw.isPending}
      error={withdraw.error}
      onSure={() => withdraw.mutate(change.id)}
    />
  );
}
