import type { CaseDetail } from '@groundswell/contract';
import { useTranslation } from 'react-i18next';
import { PrioritySteps } from '../../parts/priority-steps.tsx';
import { Words } from '../../parts/user-content.tsx';

/** How the rules came to it; and behind them who decided otherwise, in their own words. */
export function PriorityReasons({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  return (
    <div className="stack tight small">
      <PrioritySteps reasons={kase.reasons} />
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
