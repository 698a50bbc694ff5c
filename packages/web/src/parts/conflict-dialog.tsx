import type { DismissReason, IssueDetail, IssueRow, IssueState } from '@groundswell/contract';
import { Modal } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import './conflict-dialog.css';
import { Loaded } from './loaded.tsx';
import { IssueStatus } from './status.tsx';
import { Time } from './time.tsx';
import { Words } from './user-content.tsx';

/** What a person wanted, while somebody else was faster. */
interface Conflict {
  /** As they saw it when they decided. */
  readonly seen: Pick<IssueRow, 'id' | 'key' | 'title' | 'state' | 'version'>;
  readonly wanted: {
    readonly act: IssueRow['can'][number];
    readonly state?: IssueState;
    readonly title?: string;
    readonly reason?: DismissReason;
    readonly note?: string;
  };
}

interface ConflictDialogProps {
  conflict: Conflict | null;
  /** As the issue is now. */
  now: UseQueryResult<IssueDetail>;
  busy: boolean;
  /** Mine after all, upon the version that is there now. */
  onMine: (now: Pick<IssueRow, 'id' | 'version'>) => void;
  onTheirs: () => void;
}

/** Two people, one issue: both versions beside each other, and nothing lost until one of them has been chosen. */
export function ConflictDialog({ conflict, ...props }: ConflictDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={conflict !== null}
      onClose={props.onTheirs}
      title={t('conflict.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      size="lg"
    >
      {conflict && <BothVersions conflict={conflict} {...props} />}
    </Modal>
  );
}

function BothVersions({ conflict, now: query, busy, onMine, onTheirs }: ConflictDialogProps & { conflict: Conflict }) {
  const { t } = useTranslation();
  return (
    <Loaded query={query} isEmpty={() => false} empty="">
      {(now) => (
        <div className="stack wide">
          <p className="read">
            <WhoWasFaster now={now} /> {t('conflict.kept')}
          </p>
          <Compared conflict={conflict} now={now} />
          {!now.can.includes(conflict.wanted.act) && <p className="small soft">{t('conflict.noMore')}</p>}
          <div className="row wrap">
            <Button look="go" data-autofocus onClick={onTheirs}>
              {t('conflict.theirs')}
            </Button>
            {now.can.includes(conflict.wanted.act) && (
              <Button busy={busy} onClick={() => onMine(now)}>
                {t('conflict.mine')}
              </Button>
            )}
          </div>
        </div>
      )}
    </Loaded>
  );
}

function WhoWasFaster({ now }: { now: IssueDetail }) {
  const { t } = useTranslation();
  const last = now.history.toSorted((a, b) => b.at.localeCompare(a.at)).find(({ actor }) => actor !== null);
  return (
    <>
      <span className="mono faint">{now.key}</span>{' '}
      {last ? t('conflict.by', { name: last.actor }) : t('conflict.bySomebody')} <Time at={last?.at ?? now.changedAt} />
      {'.'}
    </>
  );
}

/** Field by field, and only those that one of the two has touched. */
function Compared({ conflict: { seen, wanted }, now }: { conflict: Conflict; now: IssueDetail }) {
  const { t } = useTranslation();
  const reason = (one: DismissReason | null | undefined) => one && t(`dismiss.reason.${one}`);
  const words = (one: string | null | undefined) => one && <Words>{one}</Words>;
  const fields: { name: string; touched: boolean; mine: ReactNode; theirs: ReactNode }[] = [
    {
      name: t('fact.state'),
      touched: wanted.state !== undefined || seen.state !== now.state,
      mine: <IssueStatus state={wanted.state ?? seen.state} />,
      theirs: <IssueStatus state={now.state} />,
    },
    {
      name: t('rename.label'),
      touched: wanted.title !== undefined || seen.title !== now.title,
      mine: words(wanted.title ?? seen.title),
      theirs: words(now.title),
    },
    {
      name: t('fact.reason'),
      touched: Boolean(wanted.reason ?? now.dismissReason),
      mine: reason(wanted.reason),
      theirs: reason(now.dismissReason),
    },
    {
      name: t('conflict.note'),
      touched: Boolean(wanted.note || now.note),
      mine: words(wanted.note),
      theirs: words(now.note),
    },
  ];
  return (
    <table className="compared">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('conflict.myHead')}</th>
          <th scope="col">{t('conflict.theirHead')}</th>
        </tr>
      </thead>
      <tbody>
        {fields
          .filter(({ touched }) => touched)
          .map(({ name, mine, theirs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{mine || '–'}</td>
              <td>{theirs || '–'}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
