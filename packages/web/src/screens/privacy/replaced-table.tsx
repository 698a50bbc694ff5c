import { type PrivacyView, REDACTION_CLASSES } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { sayNumber } from '../../parts/numbers.ts';
import { Scroller } from '../../parts/scroller.tsx';
import { Words } from '../../parts/user-content.tsx';

/** Places that were replaced, by source and kind. */
export function ReplacedTable({ view }: { view: PrivacyView }) {
  const { t, i18n } = useTranslation();
  return (
    <Scroller label={t('privacy.replaced')}>
      <table>
        <thead>
          <tr>
            <th>{t('source.one')}</th>
            {REDACTION_CLASSES.map((one) => (
              <th key={one} className="end">
                {t(`redaction.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.redacted.map(({ sourceId, sourceName, counts }) => (
            <tr key={sourceId}>
              <td>
                <Words>{sourceName}</Words>
              </td>
              {REDACTION_CLASSES.map((one) => (
                <td key={one} className={counts[one] ? 'end' : 'end faint'}>
                  {sayNumber(counts[one] ?? 0, i18n.language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
