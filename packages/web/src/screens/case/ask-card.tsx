import { type CaseAsk, type CaseDetail, changeAsk } from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { AskOnce } from '../../parts/ask-once.tsx';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Pill, type Tone } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Kept, Words } from '../../parts/user-content.tsx';
import { useCaseAct } from './case-queries.ts';
import { DueChoice, dueIn } from './due-choice.tsx';
import { Held } from './message-card.tsx';

const TONES: Record<CaseAsk['state'], Tone> = {
  held: 'idle',
  asked: 'info',
  answered: 'good',
  cancelled: 'idle',
  withdrawn: 'idle',
};

interface AskCardProps {
  kase: CaseDetail;
  ask: CaseAsk;
  focused: boolean;
}

/** A question to a partner: open until it is answered, and late in words. */
export function AskCard({ kase, ask, focused }: AskCardProps) {
  const { t } = useTranslation();
  const late = ask.state === 'asked' && Date.parse(ask.dueAt) < Date.now();
  const { question } = ask;
  return (
    <article className="said ask" aria-label={t('case.talk.askTo', { name: ask.partner })}>
      <header>
        <Icon name="users" small />
        <b>
          <Words>{t('case.talk.askTo', { name: ask.partner })}</Words>
        </b>
        <span className="push">
          <Time at={ask.at} />
        </span>
      </header>
      <div className="said-body">
        {ask.author && (
          <span className="small faint">
            <Words>{ask.author.name}</Words>
          </span>
        )}
        <p className="case-words">
          <Kept>{question}</Kept>
        </p>
        <p className="row wrap small">
          <Pill
            tone={late ? 'bad' : TONES[ask.state]}
            icon={late ? 'warn' : ask.state === 'answered' ? 'checkCircle' : 'clock'}
          >
            {t(late ? 'case.talk.askLate' : `case.talk.askState.${ask.state}`)}
          </Pill>
          <span>
            {t('case.talk.needed')} <Time at={ask.dueAt} show="full" />
          </span>
        </p>
        {ask.answer !== null && <Answer answer={ask.answer} ask={ask} />}
        {ask.state === 'held' && ask.leavesAt ? (
          <Held
            leavesAt={ask.leavesAt}
            focused={focused}
            cancel={
              ask.can.includes('cancel')
                ? () => call(changeAsk, { params: { id: kase.id, part: ask.id }, body: { type: 'cancel' } })
                : null
            }
            onBack={() => {}}
          />
        ) : (
          <AskActs kase={kase} ask={ask} />
        )}
      </div>
    </article>
  );
}

function Answer({ answer, ask }: { answer: string; ask: CaseAsk }) {
  const { t } = useTranslation();
  return (
    <div className="ask-answer">
      <p className="small faint">
        {t('case.talk.answerOf', { name: ask.partner })} {ask.answeredAt && <Time at={ask.answeredAt} />}
      </p>
      <p className="case-words">
        <Kept>{answer}</Kept>
      </p>
    </div>
  );
}

function AskActs({ kase, ask }: { kase: CaseDetail; ask: CaseAsk }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const [answering, setAnswering] = useState(false);
  const params = { id: kase.id, part: ask.id };
  const change = (body: Parameters<typeof call<typeof changeAsk>>[1]['body'], done?: () => void) =>
    act.mutate(() => call(changeAsk, { params, body }), done ? { onSuccess: done } : {});
  if (ask.can.length === 0) return null;
  if (answering)
    return (
      <AnswerForm
        partner={ask.partner}
        act={act}
        onAnswer={(answer) => change({ type: 'answer', answer }, () => setAnswering(false))}
        onCancel={() => setAnswering(false)}
      />
    );
  return (
    <div className="row wrap">
      {ask.can.includes('answer') && (
        <Button small onClick={() => setAnswering(true)}>
          {t('case.talk.writeAnswer')}
        </Button>
      )}
      {ask.can.includes('postpone') && (
        <DueChoice
          label={t('case.talk.postpone')}
          nothing={t('case.talk.postpone')}
          minutes={null}
          onChange={(minutes) => minutes !== null && change({ type: 'postpone', dueAt: dueIn(minutes) })}
        />
      )}
      {ask.can.includes('withdraw') && (
        <AskOnce
          act={t('case.talk.withdraw')}
          why={t('case.talk.withdrawWhy', { name: ask.partner })}
          sure={t('case.talk.withdraw')}
          busy={act.isPending}
          onSure={() => change({ type: 'withdraw' })}
        />
      )}
      {act.isError && <ErrorNote error={act.error} />}
    </div>
  );
}

interface AnswerFormProps {
  partner: string;
  act: ReturnType<typeof useCaseAct>;
  onAnswer: (answer: string) => void;
  onCancel: () => void;
}

function AnswerForm({ partner, act, onAnswer, onCancel }: AnswerFormProps) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (answer.trim() !== '') onAnswer(answer);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Textarea
        label={t('case.talk.answerField', { name: partner })}
        autosize
        minRows={2}
        maxLength={10_000}
        dir="auto"
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      {act.isError && <ErrorNote error={act.error} />}
      <div className="row">
        <Button type="submit" busy={act.isPending} disabled={answer.trim() === ''}>
          {t('case.talk.keepAnswer')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
