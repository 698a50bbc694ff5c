import {
  assignCase,
  type CaseMove,
  moveCase,
  NOT_OURS_REASONS,
  type NotOursReason,
  REFUSE_REASONS,
  type RefuseReason,
  refuseCase,
  type WaitingFor,
} from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { CaseForm, Choices } from './case-dialog.tsx';
import type { FormProps } from './case-dialogs.tsx';
import { WhichCase } from './which-case.tsx';

const NOTE_MAX = 2000;

function Note({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t('case.form.note')}
      description={t('case.form.noteHint')}
      autosize
      minRows={2}
      maxLength={NOTE_MAX}
      dir="auto"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Sends one move upon the version that was seen, and closes the dialog when it is done. */
function useMove({ kase, versioned, onClose, onEnded }: FormProps) {
  const { t } = useTranslation();
  const move = (wanted: CaseMove, words: string, ends: boolean) =>
    versioned.send({
      fields: [{ name: t('fact.state'), mine: words, of: (now) => t(`caseMark.state.${now.state}`) }],
      may: (now) => now.can.includes(wanted.type),
      run: (version) => call(moveCase, { params: { id: kase.id }, body: { version, move: wanted } }),
      done: () => {
        onClose();
        if (ends) onEnded();
      },
    });
  return { move, busy: versioned.act.isPending, error: versioned.act.error, onClose };
}

const WAITS = ['requester', 'partner', 'other'] as const satisfies readonly WaitingFor[];

export function WaitForm(props: FormProps) {
  const { t } = useTranslation();
  const { move, ...end } = useMove(props);
  const asked = props.kase.asks.some(({ state }) => state === 'asked' || state === 'held');
  const [who, setWho] = useState<WaitingFor>(asked ? 'partner' : 'requester');
  const [note, setNote] = useState('');
  return (
    <CaseForm
      {...end}
      consequence={t('case.form.waitWhat')}
      act={t('case.form.wait')}
      ready
      onSend={() => move({ type: 'wait', for: who, note }, t(`caseMark.waiting.${who}`), false)}
    >
      <Choices
        legend={t('case.form.waitFor')}
        of={WAITS.map((value) => ({ value, label: t(`case.waitFor.${value}`) }))}
        chosen={who}
        onChoose={setWho}
      />
      <Note value={note} onChange={setNote} />
    </CaseForm>
  );
}

export function NotOursForm(props: FormProps) {
  const { t } = useTranslation();
  const { move, ...end } = useMove(props);
  const [reason, setReason] = useState<NotOursReason | null>(null);
  const [note, setNote] = useState('');
  return (
    <CaseForm
      {...end}
      consequence={t('case.form.notOursWhat')}
      act={t('case.form.notOurs')}
      ready={reason !== null}
      onSend={() => move({ type: 'not_ours', reason: reason!, note }, t('caseMark.state.not_ours'), true)}
    >
      <Choices
        legend={t('reason.legend')}
        of={NOT_OURS_REASONS.map((value) => ({ value, label: t(`case.notOurs.${value}`) }))}
        chosen={reason}
        onChoose={setReason}
      />
      <Note value={note} onChange={setNote} />
    </CaseForm>
  );
}

/** Putting two cases together is the same act: this one ends, and its people and links are told under the other. */
export function DuplicateForm(props: FormProps) {
  const { t } = useTranslation();
  const { move, ...end } = useMove(props);
  const [of, setOf] = useState('');
  const [note, setNote] = useState('');
  return (
    <CaseForm
      {...end}
      consequence={t('case.form.duplicateWhat')}
      act={t('case.form.duplicate')}
      ready={of.trim() !== ''}
      onSend={() => move({ type: 'duplicate', of: of.trim(), note }, t('caseMark.state.duplicate'), true)}
    >
      <WhichCase label={t('case.form.duplicateOf')} but={props.kase.id} value={of} onChange={setOf} />
      <Note value={note} onChange={setNote} />
    </CaseForm>
  );
}

export function RefuseForm({ kase, versioned, onClose, onEnded }: FormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<RefuseReason>('no_reason');
  const send = () =>
    versioned.send({
      fields: [{ name: t('case.owner'), mine: t('triage.nobody'), of: (now) => now.owner?.name ?? t('triage.nobody') }],
      may: (now) => now.can.includes('refuse'),
      run: (version) => call(refuseCase, { params: { id: kase.id }, body: { version, reason } }),
      done: () => {
        onClose();
        onEnded();
      },
    });
  return (
    <CaseForm
      consequence={t('case.form.refuseWhat')}
      act={t('case.form.refuse')}
      ready
      busy={versioned.act.isPending}
      error={versioned.act.error}
      onSend={send}
      onClose={onClose}
    >
      <Choices
        legend={t('reason.legend')}
        of={[...REFUSE_REASONS].map((value) => ({ value, label: t(`case.refuse.${value}`) }))}
        chosen={reason}
        onChoose={setReason}
      />
    </CaseForm>
  );
}

export function GiveForm({ kase, versioned, onClose, onEnded }: FormProps) {
  const { t } = useTranslation();
  const others = kase.colleagues.filter(({ id }) => id !== kase.owner?.id);
  const [to, setTo] = useState<string | null>(null);
  const nameOf = (id: string | null) => others.find((one) => one.id === id)?.name ?? t('triage.nobody');
  const send = () =>
    versioned.send({
      fields: [{ name: t('case.owner'), mine: nameOf(to), of: (now) => now.owner?.name ?? t('triage.nobody') }],
      may: (now) => now.can.includes('give'),
      run: (version) => call(assignCase, { params: { id: kase.id }, body: { version, owner: to === '' ? null : to } }),
      done: () => {
        onClose();
        onEnded();
      },
    });
  return (
    <CaseForm
      consequence={t('case.form.giveWhat')}
      act={to ? t('case.form.giveTo', { name: nameOf(to) }) : t('case.form.give')}
      ready={to !== null}
      busy={versioned.act.isPending}
      error={versioned.act.error}
      onSend={send}
      onClose={onClose}
    >
      <Choices
        legend={t('case.form.giveWhom')}
        named
        of={[
          ...others.map(({ id, name }) => ({ value: id, label: name })),
          ...(kase.owner ? [{ value: '', label: t('case.form.giveBack') }] : []),
        ]}
        chosen={to}
        onChoose={setTo}
      />
    </CaseForm>
  );
}
