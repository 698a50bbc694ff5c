import { acceptBaton, type BatonView, type CaseDetail, Refusal } from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, isRefusal } from '../../api/call.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayTime } from '../../parts/time.tsx';
import { BatonBody } from './baton-body.tsx';
import { caseBatons, openOne } from './baton-queries.ts';
import { CaseForm, Choices } from './case-dialog.tsx';
import type { FormProps } from './case-dialogs.tsx';
import { useCaseAct } from './case-queries.ts';

/** The case changes hands by saying it back: whose it is then, what runs out next, and what could go wrong. */
export function ReadBackForm({ kase, onClose }: FormProps) {
  const { t } = useTranslation();
  const query = useQuery(caseBatons(kase.id));
  const open = openOne(query.data?.batons ?? []);
  const baton = open?.can.includes('accept') ? open : undefined;
  return (
    <Loaded
      query={query}
      lines={6}
      isEmpty={() => baton === undefined}
      empty={<EmptyNote>{t('baton.gone')}</EmptyNote>}
    >
      {() => <SayingBack key={baton!.id} kase={kase} baton={baton!} onClose={onClose} />}
    </Loaded>
  );
}

interface SayingBackProps {
  kase: CaseDetail;
  baton: BatonView;
  onClose: () => void;
}

const NOTHING = 'nothing';
const LEAST = 10;

function SayingBack({ kase, baton, onClose }: SayingBackProps) {
  const { t, i18n } = useTranslation();
  const act = useCaseAct();
  const [owner, setOwner] = useState<string | null>(null);
  const [due, setDue] = useState<string | null>(null);
  const [understood, setUnderstood] = useState('');
  const { owners, dues } = baton.choices ?? { owners: [], dues: [] };
  const sayDue = (at: string | null) =>
    at === null ? t('baton.nothingDue') : sayTime(new Date(at), 'full', i18n.language);
  const send = () => {
    const readBack = { ownerId: owner!, dueAt: due === NOTHING ? null : due, understood };
    const body = { version: baton.version, readBack };
    act.mutate(async () => {
      await call(acceptBaton, { params: { id: baton.id }, body });
      onClose(); // before it is asked for again: then this form stands on nothing any more
    });
  };
  const wrong = wrongIn(act.error);
  return (
    <CaseForm
      consequence={t('baton.acceptWhat')}
      act={t('baton.accept')}
      ready={owner !== null && due !== null && understood.trim().length >= LEAST}
      busy={act.isPending}
      error={wrong.length > 0 ? null : act.error}
      onSend={send}
      onClose={onClose}
    >
      <div className="baton-shown">
        <BatonBody baton={baton} kase={kase} />
      </div>
      <Choices
        legend={t('baton.whoseThen')}
        named
        of={owners.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={owner}
        onChoose={setOwner}
      />
      <Choices
        legend={t('baton.whatThen')}
        of={dues.map((at) => ({ value: at ?? NOTHING, label: sayDue(at) }))}
        chosen={due}
        onChoose={setDue}
      />
      <Textarea
        label={t('baton.understood')}
        description={t('baton.understoodHint')}
        autosize
        minRows={2}
        maxLength={1_000}
        dir="auto"
        value={understood}
        onChange={(event) => setUnderstood(event.currentTarget.value)}
      />
      <Differs in={wrong} />
    </CaseForm>
  );
}

function Differs({ in: wrong }: { in: readonly ('owner' | 'due')[] }) {
  const { t } = useTranslation();
  if (wrong.length === 0) return null;
  return (
    <div role="alert" className="baton-wrong stack tight">
      <b>{t('baton.wrong.title')}</b>
      {wrong.map((one) => (
        <span key={one}>{t(`baton.wrong.${one}`)}</span>
      ))}
    </div>
  );
}

/** Which of the answers did not agree: what was typed stays where it is. */
function wrongIn(error: unknown): readonly ('owner' | 'due')[] {
  if (!isRefusal(error, 'baton.read_back_differs') || !(error instanceof Refusal)) return [];
  const { wrong } = error.details;
  return (['owner', 'due'] as const).filter((one) => Array.isArray(wrong) && wrong.includes(one));
}
