import { Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { beginMention, finishMention, namedPeople, type Person } from './mention.ts';

interface CommentFormProps {
  people: readonly Person[];
  start?: string;
  busy: boolean;
  error: unknown;
  act: string;
  field?: Ref<HTMLTextAreaElement>;
  onDone: (text: string, mentions: string[], done: () => void) => void;
  onCancel?: () => void;
}

/** A text in which colleagues can be named: after an @ those who may see the issue are offered. */
export function CommentForm({ people, start = '', busy, error, act, field, onDone, onCancel }: CommentFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(start);
  const offered = beginMention(text, people);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === '' || busy) return;
    onDone(text.trim(), namedPeople(text, people), () => setText(''));
  };
  const listen = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    if (event.key === 'Tab' && !event.shiftKey && offered[0]) {
      event.preventDefault();
      setText(finishMention(text, offered[0]));
    }
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Textarea
        ref={field}
        label={t('comment.label')}
        description={t('comment.hint')}
        autosize
        minRows={2}
        maxLength={5000}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={listen}
      />
      {offered.length > 0 && (
        <fieldset className="row wrap mention-offer" aria-label={t('comment.offer')}>
          {offered.map((person) => (
            <Button key={person.id} small onClick={() => setText(finishMention(text, person))}>
              {`@${person.name}`}
            </Button>
          ))}
        </fieldset>
      )}
      {error !== null && <ErrorNote error={error} />}
      <div className="row">
        <Button type="submit" busy={busy} disabled={text.trim() === ''}>
          {act}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
