import type { CaseDetail } from '@groundswell/contract';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { AskForm } from './ask-form.tsx';
import { MessageForm } from './message-form.tsx';
import { NoteForm } from './note-form.tsx';
import type { SaidKind } from './talk.ts';
import type { Draft } from './use-draft.ts';

const TABS = [
  { kind: 'message', act: 'answer', icon: 'out' },
  { kind: 'ask', act: 'ask', icon: 'users' },
  { kind: 'note', act: 'note', icon: 'pen' },
] as const satisfies readonly { kind: SaidKind; act: CaseDetail['can'][number]; icon: IconName }[];

interface ComposerProps {
  kase: CaseDetail;
  kind: SaidKind;
  drafts: Readonly<Record<SaidKind, Draft>>;
  field: RefObject<HTMLTextAreaElement | null>;
  onKind: (kind: SaidKind) => void;
  onHeld: (id: string) => void;
}

/** Three forms with three texts. A text never goes from one to another, so none can leave the house by a slip of the tab. */
export function Composer({ kase, kind, drafts, field, onKind, onHeld }: ComposerProps) {
  const { t } = useTranslation();
  return (
    <section className={`compose kind-${kind}`} aria-label={t('case.compose.title')}>
      <fieldset className="compose-tabs" aria-label={t('case.compose.which')}>
        {TABS.filter(({ act }) => kase.can.includes(act)).map(({ kind: one, act, icon }) => (
          <button
            key={one}
            type="button"
            className={`kind-${one}`}
            aria-pressed={one === kind}
            onClick={() => onKind(one)}
          >
            <Icon name={icon} small />
            {t(`case.compose.tab.${one}`)}
            {one !== kind && drafts[one].body.text.trim() !== '' && (
              <span className="compose-begun">
                <span className="unseen">{t('case.compose.begun')}</span>
              </span>
            )}{' '}
            <KeyHint of={`case.${act}`} />
          </button>
        ))}
      </fieldset>
      {kind === 'message' && <MessageForm kase={kase} draft={drafts.message} field={field} onHeld={onHeld} />}
      {kind === 'ask' && <AskForm kase={kase} draft={drafts.ask} field={field} onHeld={onHeld} />}
      {kind === 'note' && <NoteForm kase={kase} draft={drafts.note} field={field} />}
    </section>
  );
}
