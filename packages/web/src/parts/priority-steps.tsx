import type { PriorityReason } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import './priority-steps.css';
import { sayNumber } from './numbers.ts';

/** Step by step how the rules came to a priority: what each looked at, and where it led. */
export function PrioritySteps({ reasons }: { reasons: readonly PriorityReason[] }) {
  const { t } = useTranslation();
  if (reasons.length === 0) return <p className="small faint">{t('case.reasons.none')}</p>;
  return (
    <ol className="priority-steps small">
      {reasons.map((reason) => (
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
