import { PRIORITIES, type Priority, setPriority } from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { CaseForm, Choices } from './case-dialog.tsx';
import type { FormProps } from './case-dialogs.tsx';
import { PriorityReasons } from './priority-reasons.tsx';

/** A person decides otherwise than the rules, and says why; or leaves it to them again. */
export function PriorityForm({ kase, versioned, onClose }: FormProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Priority | 'rules' | null>(null);
  const [reason, setReason] = useState('');
  const mine = chosen === 'rules' ? kase.proposed : (chosen ?? '');
  const send = () =>
    versioned.send({
      fields: [{ name: t('case.priority'), mine, of: (now) => now.priority }],
      may: (now) => now.can.includes('change'),
      run: (version) =>
        call(setPriority, {
          params: { id: kase.id },
          body: { version, priority: chosen === 'rules' ? null : chosen, reason },
        }),
      done: onClose,
    });
  const choices = [
    ...PRIORITIES.filter((one) => one !== kase.priority).map((value) => ({
      value,
      label: `${value} · ${t(`caseMark.priority.${value}`)}`,
    })),
    ...(kase.overridden
      ? [{ value: 'rules' as const, label: t('case.form.toRules', { priority: kase.proposed }) }]
      : []),
  ];
  return (
    <CaseForm
      consequence={t('case.form.priorityWhat', { priority: kase.proposed })}
      act={t('case.form.priority')}
      ready={chosen !== null && (chosen === 'rules' || reason.trim() !== '')}
      busy={versioned.act.isPending}
      error={versioned.act.error}
      onSend={send}
      onClose={onClose}
    >
      <PriorityReasons kase={kase} />
      <Choices legend={t('case.priority')} of={choices} chosen={chosen} onChoose={setChosen} />
      {chosen !== 'rules' && (
        <Textarea
          label={t('case.form.why')}
          description={t('case.form.noteHint')}
          autosize
          minRows={2}
          maxLength={2000}
          dir="auto"
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </CaseForm>
  );
}
