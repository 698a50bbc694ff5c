import {
  type CaseMessage,
  type CaseOutcome,
  ESCALATION_OUTCOMES,
  INVESTIGATION_OUTCOMES,
  moveCase,
  type Told,
  UNTOLD_REASONS,
  type UntoldReason,
} from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { sayTime } from '../../parts/time.tsx';
import { CaseForm, Choices } from './case-dialog.tsx';
import type { FormProps } from './case-dialogs.tsx';
import type { Wish } from './use-versioned.ts';

const BEGINNING = 60;
const words = (text: string) => (text.length > BEGINNING ? `${text.slice(0, BEGINNING)}…` : text);

/** What would change, for whoever finds that somebody else was faster. */
function useFields(): (as: CaseOutcome) => Wish['fields'] {
  const { t } = useTranslation();
  return (as) => [
    { name: t('fact.state'), mine: t('caseMark.state.resolved'), of: (now) => t(`caseMark.state.${now.state}`) },
    {
      name: t('case.outcomeTitle'),
      mine: t(`case.outcome.${as}`),
      of: (now) => (now.outcome ? t(`case.outcome.${now.outcome}`) : ''),
    },
  ];
}

/** An end is an outcome, and somebody who was told of it or the reason why nobody was. */
export function ResolveForm({ kase, versioned, onClose, onEnded }: FormProps) {
  const { t } = useTranslation();
  const fieldsOf = useFields();
  const investigates = kase.kind === 'investigation';
  const outcomes: readonly CaseOutcome[] = investigates ? INVESTIGATION_OUTCOMES : ESCALATION_OUTCOMES;
  const sent = kase.messages.filter(({ direction, state }) => direction === 'out' && state === 'left').toReversed();
  const [outcome, setOutcome] = useState<CaseOutcome | null>(null);
  const [told, setTold] = useState<string>(sent[0]?.id ?? (kase.requester === null ? 'nobody_asked' : ''));
  const [searched, setSearched] = useState('');
  const [note, setNote] = useState('');
  const byMessage = sent.some(({ id }) => id === told);
  const ready = outcome !== null && told !== '' && (!investigates || searched.trim() !== '');
  const wishOf = (as: CaseOutcome, by: Told): Wish => ({
    fields: fieldsOf(as),
    may: (now) => now.can.includes('resolve'),
    run: (version) => {
      const move = { type: 'resolve' as const, outcome: as, told: by, searched };
      return call(moveCase, { params: { id: kase.id }, body: { version, move } });
    },
  });
  const send = () =>
    versioned.send({
      ...wishOf(outcome!, byMessage ? { messageId: told } : { untold: told as UntoldReason, note }),
      done: () => {
        onClose();
        onEnded();
      },
    });
  return (
    <CaseForm
      consequence={t('case.form.resolveWhat')}
      act={t('case.act.resolve')}
      ready={ready}
      busy={versioned.act.isPending}
      error={versioned.act.error}
      onSend={send}
      onClose={onClose}
    >
      <Choices
        legend={t('case.outcomeTitle')}
        of={outcomes.map((value) => ({ value, label: t(`case.outcome.${value}`) }))}
        chosen={outcome}
        onChoose={setOutcome}
      />
      {investigates && (
        <Field
          label={t('case.form.searched')}
          hint={t('case.form.searchedHint')}
          value={searched}
          onChange={setSearched}
        />
      )}
      <ToldChoice sent={sent} told={told} onTold={setTold} />
      {told !== '' && !byMessage && (
        <Field label={t('case.form.note')} hint={t('case.form.noteHint')} value={note} onChange={setNote} />
      )}
    </CaseForm>
  );
}

interface FieldProps {
  label: string;
  hint: string;
  value: string;
  onChange: (value: string) => void;
}

const Field = ({ label, hint, value, onChange }: FieldProps) => (
  <Textarea
    label={label}
    description={hint}
    autosize
    minRows={2}
    maxLength={2000}
    dir="auto"
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

interface ToldChoiceProps {
  /** What left, the newest first. */
  sent: readonly CaseMessage[];
  told: string;
  onTold: (told: string) => void;
}

function ToldChoice({ sent, told, onTold }: ToldChoiceProps) {
  const { t, i18n } = useTranslation();
  return (
    <Choices
      legend={t('case.form.told')}
      of={[
        ...sent.slice(0, 3).map(({ id, text, at }) => ({
          value: id,
          label: t('case.form.toldBy', { time: sayTime(new Date(at), 'clock', i18n.language), text: words(text) }),
        })),
        ...UNTOLD_REASONS.map((value) => ({ value: value as string, label: t(`case.untold.${value}`) })),
      ]}
      chosen={told}
      onChoose={onTold}
    />
  );
}
