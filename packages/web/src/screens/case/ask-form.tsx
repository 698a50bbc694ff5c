import { askPartner, type CaseDetail } from '@groundswell/contract';
import { TextInput } from '@mantine/core';
import { type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useCaseAct } from './case-queries.ts';
import { ComposeField } from './compose-field.tsx';
import { DueChoice, dueIn } from './due-choice.tsx';
import { TemplateChoice } from './template-choice.tsx';
import type { Draft } from './use-draft.ts';

interface AskFormProps {
  kase: CaseDetail;
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
  onHeld: (id: string) => void;
}

const SOON = 4 * 60;

/** To another team or company: it sees this question and nothing else of the case. */
export function AskForm({ kase, draft, field, onHeld }: AskFormProps) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const [minutes, setMinutes] = useState<number>(SOON);
  const { partner, text: question } = draft.body;
  const send = () =>
    act.mutate(
      () =>
        call(askPartner, {
          params: { id: kase.id },
          body: { partner: partner.trim(), question, dueAt: dueIn(minutes) },
        }),
      {
        onSuccess: (ask) => {
          draft.sent();
          onHeld((ask as { id: string }).id);
        },
      },
    );
  return (
    <div className="compose-body">
      <p>
        <b>{t('case.compose.askLeaves')}</b> {t('case.compose.askSees')}
      </p>
      <div className="row wrap compose-ask">
        <PartnerField kase={kase} draft={draft} />
        <div className="compose-due">
          <span aria-hidden="true">{t('case.talk.needed')}</span>
          <DueChoice label={t('case.talk.needed')} minutes={minutes} onChange={(one) => setMinutes(one ?? SOON)} />
        </div>
        <TemplateChoice kase={kase} kind="ask" draft={draft} field={field} />
      </div>
      <ComposeField
        label={t('case.compose.askLabel')}
        draft={draft}
        field={field}
        act={partner.trim() === '' ? t('case.compose.askNobody') : t('case.compose.askWhom', { name: partner.trim() })}
        icon="users"
        ready={partner.trim() !== ''}
        busy={act.isPending}
        error={act.error}
        onSend={send}
      />
    </div>
  );
}

function PartnerField({ kase, draft }: Pick<AskFormProps, 'kase' | 'draft'>) {
  const { t } = useTranslation();
  const list = useId();
  const known = [...new Set(kase.asks.map((one) => one.partner))];
  return (
    <>
      <TextInput
        label={t('case.compose.partner')}
        placeholder={t('case.compose.partnerHint')}
        maxLength={100}
        autoComplete="off"
        list={list}
        dir="auto"
        value={draft.body.partner}
        onChange={(event) => draft.change({ partner: event.currentTarget.value })}
      />
      <datalist id={list}>
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
