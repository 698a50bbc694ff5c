import type { CaseDetail } from '@groundswell/contract';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActs } from '../../parts/acts.ts';
import { Segments } from '../../parts/button.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { AskCard } from './ask-card.tsx';
import { Composer } from './composer.tsx';
import { MessageCard } from './message-card.tsx';
import { NoteCard } from './note-card.tsx';
import { type Said, type SaidKind, saidOf } from './talk.ts';
import { useDraft } from './use-draft.ts';

const ACT_OF = { message: 'answer', ask: 'ask', note: 'note' } as const satisfies Record<SaidKind, string>;
const KINDS = ['message', 'ask', 'note'] as const;

/** Everything that was said, in one order and three looks; and under it the form for what is said next. */
export function Conversation({ kase }: { kase: CaseDetail }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<SaidKind | 'all'>('all');
  const [justHeld, setJustHeld] = useState<string | null>(null);
  const drafts = { message: useDraft(kase, 'message'), ask: useDraft(kase, 'ask'), note: useDraft(kase, 'note') };
  const { kind, choose, field } = useKind(kase);
  const said = saidOf(kase).filter((one) => shown === 'all' || one.kind === shown);
  const takenBack = (text: string) => {
    if (drafts.message.body.text.trim() === '') drafts.message.change({ text });
    choose('message');
  };
  return (
    <Panel
      title={t('case.talk.title')}
      aside={
        <Segments
          label={t('case.talk.show')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: t('case.talk.all') },
            ...KINDS.map((value) => ({ value, label: t(`case.talk.of.${value}`) })),
          ]}
        />
      }
    >
      {said.length === 0 ? (
        <EmptyNote>{t('case.talk.none')}</EmptyNote>
      ) : (
        <ul className="case-talk">
          {said.map((one) => (
            <li
              key={one.one.id}
              className={`kind-${one.kind === 'message' && one.one.direction === 'out' ? 'message-out' : one.kind}`}
            >
              <Card said={one} kase={kase} focused={one.one.id === justHeld} onBack={takenBack} />
            </li>
          ))}
        </ul>
      )}
      {kind !== null && (
        <Composer kase={kase} kind={kind} drafts={drafts} field={field} onKind={choose} onHeld={setJustHeld} />
      )}
    </Panel>
  );
}

interface CardProps {
  said: Said;
  kase: CaseDetail;
  focused: boolean;
  onBack: (text: string) => void;
}

function Card({ said, kase, focused, onBack }: CardProps) {
  if (said.kind === 'message') return <MessageCard kase={kase} message={said.one} focused={focused} onBack={onBack} />;
  if (said.kind === 'ask') return <AskCard kase={kase} ask={said.one} focused={focused} />;
  return <NoteCard kase={kase} note={said.one} />;
}

/** Which form stands open: on arrival always the one that stays inside, whatever was written last. */
function useKind(kase: CaseDetail) {
  const { t } = useTranslation();
  const may = KINDS.filter((one) => kase.can.includes(ACT_OF[one]));
  const [chosen, setChosen] = useState<SaidKind>('note');
  const field = useRef<HTMLTextAreaElement>(null);
  const choose = (kind: SaidKind) => {
    setChosen(kind);
    requestAnimationFrame(() => field.current?.focus()); // the form of that kind is another one
  };
  const ways = may.map((one) => {
    const shortcut = `case.${ACT_OF[one]}` as const;
    return { shortcut, label: t(SHORTCUTS[shortcut].words as 'case.key.note'), run: () => choose(one) };
  });
  useActs(ways);
  useKeys(ways.map(({ shortcut, label, run }) => ({ name: shortcut, label, run })));
  const kind = may.includes(chosen) ? chosen : (may.at(-1) ?? null);
  return { kind, choose, field };
}
