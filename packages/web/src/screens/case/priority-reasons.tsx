import type { CaseDetail, PriorityReason } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { sayNumber } from '../../parts/numbers.ts';
import { Words } from '../../parts/user-content.tsx';

/** Step by step how the rules came to it; and behind them who decided otherwise, in their own words. */
export function PriorityReasons({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  return (
    <div className="stack tight small">
      {kase.reasons.length === 0 ? (
        <p className="faint">{t('case.reasons.none')}</p>
      ) : (
        <ol className="case-reasons">
          {kase.reasons.map((reason) => (
            <li key={reason.code}>
              <span>
                {t(`case.reasons.${reason.code}` as 'case.reasons.harm')}
                <ReasonValue reason={reason} />
              </span>
              <span className="faint nowrap" dir="ltr">
                {reason.from === reason.to ? reason.to : `${reason.from} → ${reason.to}`}
              </span>
            </li>
          ))}
        </ol>
      )}
      {kase.override && (
        <p>
          <b>
            {t('case.overridden', { priority: kase.priority, proposed: kase.proposed, name: kase.override.by ?? '' })}
          </b>{' '}
          <Words>{kase.override.reason}</Words>
        </p>
      )}
    </div>
  );
}

/** What the rule looked at, where its own words do not say it already. */
function ReasonValue({ reason: { code, value } }: { reason: PriorityReason }) {
  const { t, i18n } = useTranslation();
  if (typeof value === 'boolean' || value === 'growing') return null;
  if (typeof value === 'number') return <>{`: ${sayNumber(value, i18n.language)}`}</>;
  if (code === 'harm') return <>{`: ${t(`harm.${value}` as 'harm.group.hate')}`}</>;
  if (code === 'imminence') return <>{`: ${t(`case.imminence.${value}` as 'case.imminence.now')}`}</>;
  if (code === 'audience')
    return (
      <>{`: ${value
        .split(' ')
        .map((one) => t(`case.audience.${one}` as 'case.audience.press'))
        .join(', ')}`}</>
    );
  return (
    <>
      {': '}
      <span className="mono">{value}</span>
    </>
  );
}
