import { type CaseDetail, receiveMessage, writeMessage } from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { LANGUAGES } from '../../parts/languages.ts';
import { sayLanguage } from '../../parts/numbers.ts';
import { CaseDialog, CaseForm } from './case-dialog.tsx';
import { useCaseAct } from './case-queries.ts';
import { ComposeField } from './compose-field.tsx';
import { useReceiver } from './receiver.ts';
import { TemplateChoice } from './template-choice.tsx';
import type { Draft } from './use-draft.ts';

interface MessageFormProps {
  kase: CaseDetail;
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
  onHeld: (id: string) => void;
}

/** What leaves the house: it says so, to whom and in which language, before a word is written. */
export function MessageForm({ kase, draft, field, onHeld }: MessageFormProps) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const receiver = useReceiver(kase);
  const { text: said, language, template } = draft.body;
  const send = () =>
    act.mutate(() => call(writeMessage, { params: { id: kase.id }, body: { text: said, language, template } }), {
      onSuccess: (message) => {
        draft.sent();
        onHeld((message as { id: string }).id);
      },
    });
  return (
    <div className="compose-body">
      <p>
        <b>{t('case.compose.leaves')}</b> {t('case.compose.leavesTo', { name: receiver })}
      </p>
      <div className="row wrap">
        <LanguageChoice kase={kase} language={language} onChange={(tag) => draft.change({ language: tag })} />
        <TemplateChoice kase={kase} kind="message" draft={draft} field={field} />
        {kase.can.includes('change') && <ReplyButton kase={kase} />}
      </div>
      <ComposeField
        label={t('case.compose.messageLabel')}
        draft={draft}
        field={field}
        act={t('case.compose.sendTo', { name: receiver })}
        icon="out"
        ready
        busy={act.isPending}
        error={act.error}
        onSend={send}
      />
    </div>
  );
}

interface LanguageChoiceProps {
  kase: CaseDetail;
  language: string | null;
  onChange: (tag: string | null) => void;
}

function LanguageChoice({ kase, language, onChange }: LanguageChoiceProps) {
  const { t, i18n } = useTranslation();
  const tags = new Set([kase.language, language, ...LANGUAGES.map(({ tag }) => tag)].filter((tag) => tag !== null));
  return (
    <select
      className="plain"
      aria-label={t('case.compose.language')}
      value={language ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
    >
      <option value="">{t('case.compose.noLanguage')}</option>
      {[...tags].map((tag) => (
        <option key={tag} value={tag}>
          {sayLanguage(tag, i18n.language)}
        </option>
      ))}
    </select>
  );
}

/** What came back by another way, written down by hand. */
function ReplyButton({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const [open, setOpen] = useState(false);
  const [reply, setReply] = useState('');
  const send = () =>
    act.mutate(
      () => call(receiveMessage, { params: { id: kase.id }, body: { text: reply, language: kase.language } }),
      {
        onSuccess: () => {
          setReply('');
          setOpen(false);
        },
      },
    );
  return (
    <>
      <Button small look="quiet" icon="import" onClick={() => setOpen(true)}>
        {t('case.compose.reply')}
      </Button>
      <CaseDialog title={t('case.compose.reply')} opened={open} onClose={() => setOpen(false)}>
        <CaseForm
          consequence={t('case.compose.replyWhat')}
          act={t('case.compose.replyKeep')}
          ready={reply.trim() !== ''}
          busy={act.isPending}
          error={act.error}
          onSend={send}
          onClose={() => setOpen(false)}
        >
          <Textarea
            label={t('case.compose.replyLabel')}
            data-autofocus
            autosize
            minRows={3}
            maxLength={10_000}
            dir="auto"
            value={reply}
            onChange={(event) => setReply(event.currentTarget.value)}
          />
        </CaseForm>
      </CaseDialog>
    </>
  );
}
