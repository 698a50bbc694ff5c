import { type CaseDetail, type CaseNote, deleteNote, editNote } from '@groundswell/contract';
import { Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { useCaseAct } from './case-queries.ts';

/** What stays among colleagues; whoever wrote it may mend it for a while. */
export function NoteCard({ kase, note }: { kase: CaseDetail; note: CaseNote }) {
  const { t } = useTranslation();
  const act = useCaseAct();
  const [edited, setEdited] = useState<string | null>(null);
  const params = { id: kase.id, part: note.id };
  const { text: written } = note; // a colleague's words
  const save = () => {
    if (edited === null || edited.trim() === '') return;
    act.mutate(() => call(editNote, { params, body: { text: edited } }), { onSuccess: () => setEdited(null) });
  };
  return (
    <article className="said kind-note" aria-label={t('case.talk.note')}>
      <header>
        <Icon name="pen" small />
        <b>{t('case.talk.note')}</b>
        <span>{t('case.talk.stays')}</span>
        <span className="push">
          <Time at={note.at} />
        </span>
      </header>
      <div className="said-body">
        <span className="small faint">
          <Words>{note.author.name}</Words> {note.editedAt && written !== null && t('comment.edited')}
        </span>
        {edited !== null ? (
          <EditForm
            text={edited}
            busy={act.isPending}
            onText={setEdited}
            onSave={save}
            onCancel={() => setEdited(null)}
          />
        ) : (
          <p className={written === null ? 'faint' : 'case-words'}>
            {written === null ? t('case.talk.noteDeleted') : <Words>{written}</Words>}
          </p>
        )}
        {act.isError && <ErrorNote error={act.error} />}
        {note.can.length > 0 && edited === null && (
          <div className="row">
            <Button small look="quiet" onClick={() => setEdited(written)}>
              {t('comment.edit')}
            </Button>
            <Button
              small
              look="quiet"
              busy={act.isPending}
              onClick={() => act.mutate(() => call(deleteNote, { params }))}
            >
              {t('comment.delete')}
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}

interface EditFormProps {
  text: string;
  busy: boolean;
  onText: (text: string) => void;
  onSave: () => void;
  onCancel: () => void;
}

function EditForm({ text, busy, onText, onSave, onCancel }: EditFormProps) {
  const { t } = useTranslation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <form className="stack" onSubmit={submit}>
      <Textarea
        aria-label={t('case.talk.note')}
        autosize
        minRows={2}
        maxLength={10_000}
        dir="auto"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" busy={busy}>
          {t('comment.save')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
