import type { SourceView } from '@groundswell/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useListKeys } from '../../parts/list-keys.ts';
import { sayNumber } from '../../parts/numbers.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';

export function SourceTable({ sources }: { sources: readonly SourceView[] }) {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLTableSectionElement>();
  return (
    <Scroller label={t('source.list')}>
      <table>
        <thead>
          <tr>
            <th>{t('source.name')}</th>
            <th>{t('source.kind')}</th>
            <th className="end">{t('source.signals')}</th>
            <th className="end">{t('source.refused')}</th>
            <th>{t('source.lastReceived')}</th>
            <th>{t('source.lastEvent')}</th>
            <th>{t('source.authors')}</th>
          </tr>
        </thead>
        <tbody ref={keys.list}>
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function SourceRow({ source }: { source: SourceView }) {
  const { t, i18n } = useTranslation();
  return (
    <tr data-row={source.id}>
      <td>
        <Link to="/signals" search={{ source: source.id }} className="link">
          <Words>{source.name}</Words>
        </Link>
      </td>
      <td className="nowrap">{t(`kind.${source.kind}`)}</td>
      <td className="end">
        <b>{sayNumber(source.signals, i18n.language)}</b>
      </td>
      <td className={source.refused > 0 ? 'end is-warn' : 'end faint'}>{sayNumber(source.refused, i18n.language)}</td>
      <td>{source.lastReceivedAt ? <Time at={source.lastReceivedAt} show="ago" /> : t('source.never')}</td>
      <td>{source.lastEventAt ? <Time at={source.lastEventAt} show="day" /> : '–'}</td>
      <td className="faint">{t(source.hasAuthors ? 'source.hasAuthors' : 'source.noAuthors')}</td>
    </tr>
  );
}
