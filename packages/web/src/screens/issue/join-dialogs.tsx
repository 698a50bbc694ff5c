import type { IssueDetail, LinkKind } from '@groundswell/contract';
import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { otherIssues, useTriage } from '../../api/triage-queries.ts';
import { Button, Segments } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Words } from '../../parts/user-content.tsx';

export interface DialogProps {
  issue: IssueDetail;
  opened: boolean;
  onClose: () => void;
}

function Dialog({
  title,
  opened,
  onClose,
  children,
}: Omit<DialogProps, 'issue'> & { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('app.close') }}>
      {children}
    </Modal>
  );
}

/** This one goes on as part of another. */
export function MergeDialog(props: DialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog {...props} title={t('triage.mergeTitle', { issue: props.issue.key })}>
      <MergeForm {...props} />
    </Dialog>
  );
}

function MergeForm({ issue, onClose }: DialogProps) {
  const { t } = useTranslation();
  const go = useNavigate();
  const order = useTriage();
  const [into, setInto] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate(
      { do: 'merge', issue, into: into.trim() },
      {
        onSuccess: ({ key }) => {
          onClose();
          if (key) void go({ to: '/issues/$id', params: { id: key } });
        },
      },
    );
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <p className="soft">{t('triage.mergeWhat', { count: issue.signals })}</p>
      <WhichIssue label={t('triage.mergeInto')} but={issue.key} value={into} onChange={setInto} />
      <Foot
        act={t('triage.merge')}
        busy={order.isPending}
        ready={into.trim() !== ''}
        error={order.error}
        onClose={onClose}
      />
    </form>
  );
}

export function LinkDialog(props: DialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog {...props} title={t('triage.linkTitle', { issue: props.issue.key })}>
      <LinkForm {...props} />
    </Dialog>
  );
}

function LinkForm({ issue, onClose }: DialogProps) {
  const { t } = useTranslation();
  const order = useTriage();
  const [kind, setKind] = useState<LinkKind>('related');
  const [to, setTo] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate({ do: 'link', issue, to: to.trim(), kind }, { onSuccess: onClose });
  };
  return (
    <form className="stack wide" onSubmit={submit}>
      <Segments
        label={t('triage.linkKind')}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'related', label: t('triage.related') },
          { value: 'caused_by', label: t('triage.causedBy') },
        ]}
      />
      <WhichIssue label={t('triage.linkTo')} but={issue.key} value={to} onChange={setTo} />
      <Foot
        act={t('triage.link')}
        busy={order.isPending}
        ready={to.trim() !== ''}
        error={order.error}
        onClose={onClose}
      />
    </form>
  );
}

interface WhichIssueProps {
  label: string;
  but: string;
  value: string;
  onChange: (key: string) => void;
}

/** By its key; the browser helps with the names of those that there are. */
function WhichIssue({ label, but, value, onChange }: WhichIssueProps) {
  const { t } = useTranslation();
  const others = (useQuery(otherIssues()).data?.issues ?? []).filter(({ key }) => key !== but);
  const known = others.find(({ key }) => key.toLowerCase() === value.trim().toLowerCase());
  return (
    <div className="stack tight">
      <TextInput
        label={label}
        description={t('triage.whichHint')}
        required
        maxLength={80}
        list="other-issues"
        autoComplete="off"
        data-autofocus
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id="other-issues">
        {others.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </datalist>
      {known && (
        <p className="small soft">
          <Words>{known.title}</Words>
        </p>
      )}
    </div>
  );
}

interface FootProps {
  act: string;
  busy: boolean;
  ready: boolean;
  error: unknown;
  onClose: () => void;
}

export function Foot({ act, busy, ready, error, onClose }: FootProps) {
  const { t } = useTranslation();
  return (
    <>
      {error !== null && <ErrorNote error={error} />}
      <div className="row">
        <Button look="go" type="submit" busy={busy} disabled={!ready}>
          {act}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('app.cancel')}
        </Button>
      </div>
    </>
  );
}
