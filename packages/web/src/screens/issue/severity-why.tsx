import type { HarmCode, SeverityProposal, SeverityReason } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { sayNumber } from '../../parts/numbers.ts';

/** What the table says and from what it follows: impact by urgency. The line that decided each is marked. */
export function SeverityWhy({ proposed, instead }: { proposed: SeverityProposal; instead: boolean }) {
  const { t } = useTranslation();
  const say = useReason();
  const { severity, impact, urgency, reasons } = proposed;
  const decides = (one: SeverityReason) => ('impact' in one ? one.impact === impact : one.urgency === urgency);
  return (
    <>
      <p className="small">
        {t(instead ? 'severity.tableSays' : 'severity.byTable', {
          severity: `S${severity}`,
          impact: t(`severity.impact.${impact}`),
          urgency: t(`severity.urgency.${urgency}`),
        })}
      </p>
      <ul className="severity-why small soft">
        {reasons.map((one) => (
          <li key={one.code} data-decides={decides(one) || undefined}>
            <span>{say(one)}</span>
            <span className="faint">
              {'impact' in one
                ? t('severity.toImpact', { level: t(`severity.impact.${one.impact}`) })
                : t('severity.toUrgency', { level: t(`severity.urgency.${one.urgency}`) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function useReason() {
  const { t, i18n } = useTranslation();
  const number = (value: number) => sayNumber(value, i18n.language, value < 10 ? 2 : 0);
  return (one: SeverityReason): string => {
    switch (one.code) {
      case 'people':
        return t('severity.reason.people', { n: number(one.value) });
      case 'per1000':
        return t('severity.reason.per1000', { value: number(one.value) });
      case 'harm':
        return t('severity.reason.harm', { harm: t(`harm.${one.harm as HarmCode}`), floor: `P${one.floor}` });
      case 'growth':
        return t('severity.reason.growth', {
          value: number(one.value),
          low: number(one.low),
          high: number(one.high),
        });
      default:
        return t(`severity.reason.${one.code}`);
    }
  };
}
