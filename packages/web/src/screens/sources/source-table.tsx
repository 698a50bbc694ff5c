import { REDACTION_CLASSES, type SourceView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { SortHead } from '../../parts/sort-head.tsx';
import { useSteadyList, WaitingRows } from '../../parts/steady-rows.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { SourceDialog } from './source-dialog.tsx';
import { arrangeSources, type SourceSearch, type SourceSort } from './source-search.ts';

interface SourceTableProps {
  sources: readonly SourceView[];
  search: SourceSearch;
  mayChange: boolean;
  onSearch: (search: SourceSearch) => void;
}

export function SourceTable({ sources, search, mayChange, onSearch }: SourceTableProps) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  const [changing, setChanging] = useState<SourceView | null>(null);
  const fresh = useMemo(() => arrangeSources(sources, search), [sources, search]);
  const steady = useSteadyList(fresh, ({ id }) => id, { region: keys.list, list: JSON.stringify(search) });
  const shown = steady.rows;
  const head = (sort: SourceSort, label: string, end = false) => (
    <SortHead
      sort={sort}
      label={label}
      end={end}
      by={search.sort ?? 'received'}
      down={search.order !== 'asc'}
      onSort={(by, order) => onSearch({ ...search, sort: by, order })}
    />
  );
  if (shown.length === 0) return <EmptyNote tone="unknown">{t('source.noneMatch')}</EmptyNote>;
  return (
    <Scroller label={t('source.list')}>
      <WaitingRows count={steady.waiting} onTakeIn={steady.takeIn} />
      <table className="cards">
        <thead>
          <tr>
            {head('name', t('source.name'))}
            <th>{t('source.kind')}</th>
            {head('signals', t('source.signals'), true)}
            {head('refused', t('source.refused'), true)}
            {head('received', t('source.lastReceived'))}
            {head('event', t('source.lastEvent'))}
            <th className="end">{t('source.redacted')}</th>
            <th>{t('source.authors')}</th>
            {mayChange && (
              <th>
                <span className="unseen">{t('source.edit')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody ref={keys.list}>
          {shown.map((source) => (
            <SourceRow key={source.id} source={source} onChange={mayChange ? () => setChanging(source) : null} />
          ))}
        </tbody>
      </table>
      <SourceDialog
        source={changing && (sources.find(({ id }) => id === changing.id) ?? changing)}
        onClose={() => setChanging(null)}
      />
    </Scroller>
  );
}

function SourceRow({ source, onChange }: { source: SourceView; onChange: (() => void) | null }) {
  const { t, i18n } = useTranslation();
  return (
    <tr data-row={source.id}>
      <td>
        <Link to="/signals" search={{ source: source.id }} className="link">
          <Words>{source.name}</Words>
        </Link>
        {source.capped.length > 0 && (
          <span className="small is-warn source-capped">
            {t('source.cappedHere', { names: source.capped.join(', ') })}
          </span>
        )}
      </td>
      <td className="nowrap">{t(`kind.${source.kind}`)}</td>
      <td className="end" data-name={t('source.signals')}>
        <b>{sayNumber(source.signals, i18n.language)}</b>
      </td>
      <td className={source.refused > 0 ? 'end is-warn' : 'end faint'} data-name={t('source.refused')}>
        {sayNumber(source.refused, i18n.language)}
      </td>
      <td data-name={t('source.lastReceived')}>
        {source.lastReceivedAt ? <Time at={source.lastReceivedAt} show="ago" /> : t('source.never')}
      </td>
      <td data-name={t('source.lastEvent')}>
        {source.lastEventAt ? <Time at={source.lastEventAt} show="day" /> : '–'}
      </td>
      <td className="end" data-name={t('source.redacted')}>
        <Replaced source={source} />
      </td>
      <td className="faint nowrap" data-name={t('source.authors')}>
        {source.signals === 0 ? '–' : t(source.hasAuthors ? 'source.hasAuthors' : 'source.noAuthors')}
      </td>
      {onChange && (
        <td className="end">
          <Button small look="quiet" onClick={onChange}>
            {t('source.edit')}
          </Button>
        </td>
      )}
    </tr>
  );
}

/** How much personal data never came to rest here; of which kinds, one hover or one focus away. */
function Replaced({ source }: { source: SourceView }) {
  const { t, i18n } = useTranslation();
  const found = REDACTION_CLASSES.filter((one) => (source.redacted[one] ?? 0) > 0);
  const total = found.reduce((sum, one) => sum + source.redacted[one]!, 0);
  const what = found
    .map((one) => `${sayNumber(source.redacted[one]!, i18n.language)} ${t(`redaction.${one}`)}`)
    .join(', ');
  if (total === 0) return <span className="faint">0</span>;
  return (
    <span title={t('source.redactedWhy', { what })}>
      {sayNumber(total, i18n.language)}
      <span className="unseen"> {what}</span>
    </span>
  );
}
