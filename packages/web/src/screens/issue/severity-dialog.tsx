import type { IssueDetail, IssueImpact, Severity } from '@groundswell/contract';
import { Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd, isSaving, useSeen } from '../../parts/both-versions.tsx';
import { Button } from '../../parts/button.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { type SaidSeverity, useSayImpact } from './impact-queries.ts';

const LEVELS = [1, 2, 3, 4] as const;

interface SeverityDialogProps {
  issue: IssueDetail;
  known: IssueImpact;
  onClose: () => void;
}

/** Graver or less grave than the table says: with a reason, or not at all. */
export function SeverityDialog({ issue, known, onClose }: SeverityDialogProps) {
  const { t } = useTranslation();
  const { seen, met, say, send, draft, set } = useOverride({ issue, known, onClose });
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(draft.reason.trim() === '');
    if (!met && draft.reason.trim() !== '') send(seen.version, draft);
  };
  const level = (one: Severity) => `S${one}`;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('severity.dialog', { issue: issue.key })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form className="stack wide" onSubmit={submit} noValidate>
        <p className="soft">{t('severity.dialogWhy', { severity: level(known.proposed.severity) })}</p>
        <Levels chosen={draft.severity} onChoose={(severity) => set({ ...draft, severity })} />
        <Textarea
          label={t('severity.reasonLabel')}
          description={t('severity.reasonHint')}
          required
          autosize
          minRows={2}
          maxLength={2000}
          value={draft.reason}
          error={missing && draft.reason.trim() === '' && t('severity.reasonMissing')}
          onChange={(event) => set({ ...draft, reason: event.currentTarget.value })}
        />
        {known.said !== null && !met && (
          <div>
            <Button icon="back" busy={say.isPending} onClick={() => send(seen.version, null)}>
              {t('severity.giveBack', { severity: level(known.proposed.severity) })}
            </Button>
          </div>
        )}
        <FormEnd
          save={say}
          met={met}
          fields={() => [
            {
              name: t('severity.title'),
              mine: level(draft.severity),
              theirs: level(known.said?.severity ?? known.proposed.severity),
            },
            { name: t('severity.reasonLabel'), mine: draft.reason.trim(), theirs: known.said?.reason ?? '' },
          ]}
          label={t('severity.save')}
          onMine={() => send(known.version, draft)}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}

function useOverride({ issue, known, onClose }: SeverityDialogProps) {
  const before = known.said && { severity: known.said.severity, reason: known.said.reason };
  const say = useSayImpact(issue, before);
  const [draft, set] = useState(before ?? { severity: known.proposed.severity, reason: '' });
  const { seen, met } = useSeen(known, (one) => one.version, isSaving(say));
  const send = (version: number, said: SaidSeverity) =>
    say.mutate(
      { say: 'severity', version, said: said && { ...said, reason: said.reason.trim() } },
      { onSuccess: onClose },
    );
  return { seen, met, say, send, draft, set };
}

function Levels({ chosen, onChoose }: { chosen: Severity; onChoose: (severity: Severity) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="reasons">
      <legend>{t('severity.title')}</legend>
      {LEVELS.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="severity"
            data-autofocus={chosen === one || undefined}
            checked={chosen === one}
            onChange={() => onChoose(one)}
          />
          <span>
            <SeverityMark severity={one} />
            <span className="faint small">{t(`severity.means.${one}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
