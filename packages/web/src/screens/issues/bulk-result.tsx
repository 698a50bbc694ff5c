import type { BulkOutcome, IssueRow } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { sayRefusal } from '../../parts/refusal-words.tsx';

interface BulkResultProps {
  outcomes: readonly BulkOutcome[];
  frozen: readonly IssueRow[];
  opened: boolean;
  onClose: () => void;
}

/** Somebody was faster with some of them: which, and that nothing of theirs was overwritten. */
export function BulkResult({ outcomes, frozen, opened, onClose }: BulkResultProps) {
  const { t, i18n } = useTranslation();
  const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
  const left = outcomes.flatMap((one) => (one.outcome === 'refused' ? [one] : []));
  const keyOf = (id: string) => frozen.find((row) => row.id === id)?.key ?? id;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('bulk.result', { count: done })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className="stack wide">
        <b>{t('bulk.left', { count: left.length })}</b>
        <ul className="bulk-rows">
          {left.map((one) => (
            <li key={one.id}>
              <span className="mono">{keyOf(one.id)}</span> {sayRefusal(one, t, i18n.language)}
            </li>
          ))}
        </ul>
        <div>
          <Button look="go" data-autofocus onClick={onClose}>
            {t('app.close')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
