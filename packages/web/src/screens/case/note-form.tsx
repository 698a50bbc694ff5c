import { type CaseDetail, writeNote } from '@groundswell/contract';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useCaseAct } from './case-queries.ts';
import { ComposeField } from './compose-field.tsx';
import type { Draft } from './use-draft.ts';

interface NoteFormProps {
  kase: CaseDetail;
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Stays among whoever may read the case. */
export function NoteForm({ kase, draft, field }: NoteFormProps) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const send = () =>
    act.mutate(() => call(writeNote, { params: { id: kase.id }, body: { text: draft.body.text } }), {
      onSuccess: draft.sent,
    });
  return (
    <div className="compose-body">
      <p>
        <b>{t('case.compose.noteStays')}</b> {t('case.compose.noteReaders')}
      </p>
      <ComposeField
        label={t('case.talk.note')}
        draft={draft}
        field={field}
        act={t('case.compose.addNote')}
        icon="pen"
        ready
        busy={act.isPending}
        error={act.error}
        onSend={send}
      />
    </div>
  );
}
