import type { SignalExplanation } from '@groundswell/contract';
import { Trans, useTranslation } from 'react-i18next';
import { oneValue, sayCondition, sayDimension } from './explanation.ts';
import { formatter } from './formatters.ts';
import { sayNumber, sayShare } from './numbers.ts';
import { Words } from './user-content.tsx';

/** Below a hundredth it changes no number that is shown. */
const WORTH_SAYING = 0.01;

/** What the numbers rest on: said first about users, since it decides whether a rate is meant. */
export function Assumed({ of }: { of: SignalExplanation }) {
  const { t, i18n } = useTranslation();
  const share = (value: number) => sayShare(value, i18n.language);
  const { assumed, window, judged, dimensions } = of;
  const names = formatter(Intl.ListFormat, i18n.language, { type: 'conjunction', style: 'long' }).format(
    dimensions.map((name) => sayDimension(name, t)),
  );
  return (
    <div className="assumed small soft">
      <p>{t(`explanation.exposure.${assumed.exposure}`)}</p>
      <details>
        <summary>{t('explanation.assumed')}</summary>
        <ul>
          {dimensions.length > 0 && (
            <li>
              {t('explanation.dimensions')} <Words>{names}</Words>
            </li>
          )}
          <li>{t('explanation.judged', { count: judged })}</li>
          {assumed.unknown >= WORTH_SAYING && <li>{t('explanation.unknown', { share: share(assumed.unknown) })}</li>}
          {assumed.sameHours && <li>{t('explanation.sameHours')}</li>}
          {window.looked < window.signals && (
            <li>
              {t('explanation.sampled', {
                looked: sayNumber(window.looked, i18n.language),
                total: t('signals.count', { count: window.signals }),
              })}
            </li>
          )}
          {assumed.unrest >= WORTH_SAYING && <li>{t('explanation.unrest', { share: share(assumed.unrest) })}</li>}
          {assumed.borrowed.map((one) => (
            <li key={`${one.dimension}:${one.value}`}>
              <Trans
                t={t}
                i18nKey="explanation.borrowed"
                components={{
                  value: <Words>{sayCondition(oneValue(one.dimension, one.value), t, i18n.language)}</Words>,
                  from: <Words>{one.from}</Words>,
                }}
              />
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
