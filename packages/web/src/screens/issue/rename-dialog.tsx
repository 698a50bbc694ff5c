import type { IssueDetail } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIssueConflict } from '../../api/issue-conflict.ts';
import { useRenameIssue } from '../../api/issue-moves.ts';
import { Button } from '../../parts/button.tsx';
import { ConflictDialog } from '../../parts/conflict-dialog.tsx';
import { ErrorNote } from '../../parts/notes.tsx';

interface RenameDialogProps {
  issue: IssueDetail;
  opened: boolean;
  onClose: () => void;
}

/** A name that people can say in a meeting, instead of the engine's words. */
export function RenameDialog({ issue, opened, onClose }: RenameDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('rename.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <RenameForm issue={issue} onClose={onClose} />
    </Modal>
  );
}

function RenameForm({ issue, onClose }: Omit<RenameDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const rename = useRenameIssue();
  const conflict = useIssueConflict({ rename });
  const [seen] = useState(issue); // what changes below it meanwhile is a conflict, and not to be overwritten unseen
  const [name, setName] = useState(issue.title);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    conflict.sendName(seen, name.trim(), onClose);
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <TextInput
        label={t('rename.label')}
        description={t('rename.hint')}
        required
        maxLength={160}
        dir="auto"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {rename.isError && !conflict.isMet && <ErrorNote error={rename.error} />}
      <div className="row">
        <Button
          look="go"
          type="submit"
          busy={rename.isPending}
          disabled={name.trim() === '' || name.trim() === seen.title}
        >
          {t('rename.do')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
      <ConflictDialog
        {...conflict.shown}
        onTheirs={() => {
          conflict.letGo();
          onClose();
        }}
      />
    </form>
  );
}
