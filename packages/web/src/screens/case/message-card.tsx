import { type CaseDetail, type CaseMessage, cancelMessage } from '@groundswell/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { sayLanguage } from '../../parts/numbers.ts';
import { Time } from '../../parts/time.tsx';
import { UserContent, Words } from '../../parts/user-content.tsx';
import { useCaseAct } from './case-queries.ts';
import { useReceiver } from './receiver.ts';

interface MessageCardProps {
  kase: CaseDetail;
  message: CaseMessage;
  /** It was sent from here just now: the way back has the focus. */
  focused: boolean;
  onBack: (text: string) => void;
}

const contentOf = ({ exposure }: CaseDetail, { id, text, language }: CaseMessage) => ({
  ...{ id, text, title: null, exposure, language },
  length: text.length,
});

/** What came from outside, and what goes there: two looks, and neither is that of what stays inside. */
export function MessageCard({ kase, message, focused, onBack }: MessageCardProps) {
  const { t, i18n } = useTranslation();
  const receiver = useReceiver(kase);
  const out = message.direction === 'out';
  return (
    <article
      className={out ? 'said out' : 'said in'}
      aria-label={t(out ? 'case.talk.toOutside' : 'case.talk.fromOutside')}
    >
      <header>
        <Icon name={out ? 'out' : 'import'} small />
        <b>{t(out ? 'case.talk.toOutside' : 'case.talk.fromOutside')}</b>
        <Words>{out ? t('case.talk.to', { name: receiver }) : receiver}</Words>
        <span className="push">
          <Time at={message.at} />
        </span>
      </header>
      <div className="said-body">
        {message.author && (
          <span className="small faint">
            <Words>{message.author.name}</Words>
          </span>
        )}
        <UserContent size="full" content={contentOf(kase, message)} />
        <p className="small faint">
          {message.language && (
            <>
              <Words>{sayLanguage(message.language, i18n.language)}</Words>
              {' · '}
            </>
          )}
          {message.broadcastId && `${t('case.talk.broadcast')} · `}
          {message.state === 'received' ? t('case.talk.received') : t(`case.talk.state.${message.state}`)}
          {message.delivery === 'by_hand' && ` · ${t('case.talk.byHand')}`}
        </p>
        {message.state === 'held' && message.leavesAt && (
          <Held
            leavesAt={message.leavesAt}
            focused={focused}
            cancel={
              message.can.includes('cancel')
                ? () => call(cancelMessage, { params: { id: kase.id, part: message.id } })
                : null
            }
            onBack={() => onBack(message.text)}
          />
        )}
      </div>
    </article>
  );
}

interface HeldProps {
  leavesAt: string;
  focused: boolean;
  cancel: (() => Promise<unknown>) | null;
  onBack: () => void;
}

/** Ten seconds in which it can be taken back whole: the seconds in sight, and one key. */
export function Held({ leavesAt, focused, cancel, onBack }: HeldProps) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const button = useRef<HTMLButtonElement>(null);
  const left = useSecondsTo(leavesAt);
  const back = () => cancel && act.mutate(cancel, { onSuccess: onBack });
  useEffect(() => {
    if (focused) button.current?.focus();
  }, [focused]);
  useKeys(cancel && left > 0 ? [{ name: 'undo', label: t('case.talk.takeBack'), run: back }] : []);
  return (
    <div className="row wrap">
      <span className="small" role="timer">
        {left > 0 ? t('case.talk.leavesIn', { count: left }) : t('case.talk.leaving')}
      </span>
      {cancel && left > 0 && (
        <Button ref={button} small icon="back" busy={act.isPending} onClick={back}>
          {t('case.talk.takeBack')}
        </Button>
      )}
      {act.isError && <ErrorNote error={act.error} />}
    </div>
  );
}

function useSecondsTo(iso: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const clock = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(clock);
  }, []);
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000));
}
