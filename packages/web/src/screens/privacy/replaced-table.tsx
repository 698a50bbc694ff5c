import { type PrivacyView, REDACTION_CLASSES } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { sayNumber } from '../../parts/numbers.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { Words } from '../../parts/user-content.tsx';

/** Places that were replaced, by source and kind. */
export function ReplacedTable({ view }: { view: PrivacyView }) {
  const { t, i18n } = useTranslation();
  const found = REDACTION_CLASSES.filter((one) => view.redacted.some(({ counts }) => counts[one]));
  const sum = (counts: PrivacyView['redacted'][number]['counts']) =>
    found.reduce((total, one) => total + (counts[one] ?? 0), 0);
  const rows = view.redacted.filter(({ counts }) => sum(counts) > 0).sort((a, b) => sum(b.counts) - sum(a.counts));
  const without = view.redacted.length - rows.length;
  return (
    <Scroller label={t('privacy.replaced')}>
      <table className="cards">
        <thead>
          <tr>
            <th>{t('source.one')}</th>
            {found.map((one) => (
              <th key={one} className="end">
                {t(`redaction.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ sourceId, sourceName, counts }) => (
            <tr key={sourceId}>
              <td>
                <Words>{sourceName}</Words>
              </td>
              {found.map((one) => (
                <td key={one} className={counts[one] ? 'end' : 'end faint'} data-name={t(`redaction.${one}`)}>
                  {sayNumber(counts[one] ?? 0, i18n.language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {without > 0 && <p className="panel-body small faint">{t('privacy.nothingIn', { count: without })}</p>}
    </Scroller>
  );
}
