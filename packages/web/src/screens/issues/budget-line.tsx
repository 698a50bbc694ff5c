import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayCompartment } from '../../parts/compartment-name.ts';
import { Icon } from '../../parts/icon.tsx';
import { BudgetDialog } from './budget-dialog.tsx';
import { detection } from './issue-list-queries.ts';

/** What detection costs: how many false alerts are accepted, how many there were, and how far the engine has read. */
export function BudgetLine() {
  const { t } = useTranslation();
  const query = useQuery(detection());
  const [setting, setSetting] = useState<string | null>(null);
  const streams = query.data?.streams ?? [];
  return (
    <div className="budget">
      {streams.map((stream) => (
        <p key={stream.compartment} className="budget-line">
          <Icon name="bell" small />
          <span>
            {streams.length > 1 && <b>{sayCompartment(stream.compartment, t)}: </b>}
            <b>{t('budget.rate', { count: stream.falseAlertsPerWeek })}</b>{' '}
            {t('budget.dismissed', { count: stream.dismissedAsFalse })}{' '}
            {stream.waiting > 0 && <span className="is-info">{t('budget.waiting', { count: stream.waiting })}</span>}
            {stream.waiting > 0 && ' '}
            {stream.can.includes('change') && (
              <button type="button" className="link" onClick={() => setSetting(stream.compartment)}>
                {t('budget.change')}
              </button>
            )}
          </span>
        </p>
      ))}
      <BudgetDialog
        stream={streams.find((stream) => stream.compartment === setting) ?? null}
        onClose={() => setSetting(null)}
      />
    </div>
  );
}
