import type { DetectionSettings } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { useChangeDetection } from './issue-list-queries.ts';

interface BudgetDialogProps {
  stream: DetectionSettings | null;
  onClose: () => void;
}

/** The one setting of detection, in words a lead can answer for. */
export function BudgetDialog({ stream, onClose }: BudgetDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={stream !== null}
      onClose={onClose}
      title={t('budget.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {stream && <BudgetForm stream={stream} onClose={onClose} />}
    </Modal>
  );
}

/** False alerts a week: one in ten weeks, one a month, one, three, ten. */
const CHOICES = [0.1, 0.25, 1, 3, 10] as const;

function BudgetForm({ stream, onClose }: { stream: DetectionSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeDetection();
  const [rate, setRate] = useState(stream.falseAlertsPerWeek);
  const choices = CHOICES.includes(rate as 1) ? CHOICES : [...CHOICES, stream.falseAlertsPerWeek].sort((a, b) => a - b);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ compartment: stream.compartment, falseAlertsPerWeek: rate }, { onSuccess: onClose });
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <p className="soft">{t('budget.why')}</p>
      <fieldset className="reasons">
        <legend>{t('budget.legend')}</legend>
        {choices.map((one) => (
          <label key={one}>
            <input type="radio" name="rate" checked={rate === one} onChange={() => setRate(one)} />
            <span>
              {t(`budget.choice.${String(one).replace('.', '_')}`, { defaultValue: t('budget.rate', { count: one }) })}
            </span>
          </label>
        ))}
      </fieldset>
      <p className="small faint">{t('budget.from')}</p>
      {change.isError && <ErrorNote error={change.error} />}
      <div className="row">
        <Button look="go" type="submit" busy={change.isPending}>
          {t('budget.save')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
