import type { IssueDetail, ReplyOf, readTriage, TriageAct } from '@groundswell/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../../api/session.ts';
import { type TriageOrder, triage, useTriage } from '../../api/triage-queries.ts';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import { LinkDialog, MergeDialog } from './join-dialogs.tsx';
import { SplitDialog } from './split-dialog.tsx';

export type Triage = ReplyOf<typeof readTriage>;

/** Whose it is, who follows it, what it belongs with, and what was put together or apart: each with its way back. */
export function TriagePanel({ issue }: { issue: IssueDetail }) {
  const { t } = useTranslation();
  const query = useQuery(triage(issue.id));
  return (
    <Panel title={t('triage.title')}>
      <Loaded query={query} lines={4} isEmpty={() => false} empty="">
        {(around) => <Around issue={issue} around={around} />}
      </Loaded>
    </Panel>
  );
}

type Dialog = 'merge' | 'split' | 'link';

function Around({ issue, around }: { issue: IssueDetail; around: Triage }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Dialog | null>(null);
  const order = useTriage();
  const may = (act: Triage['can'][number]) => around.can.includes(act);
  const me = useQuery(session()).data?.me?.id;
  const mine = around.owner?.id === me;
  const follow = () => order.mutate({ do: 'follow', issue, following: !around.following });
  const take = () => order.mutate({ do: 'assign', issue, owner: mine ? null : (me ?? null) });
  useWays(may, { take, follow, open: setOpen }, { mine, following: around.following });
  return (
    <div className="panel-body stack">
      <Owner around={around} onGive={(owner) => order.mutate({ do: 'assign', issue, owner })} busy={order.isPending} />
      {may('follow') && (
        <div className="fact">
          <span>{t('triage.followers', { count: around.followers.length })}</span>
          <Button small aria-pressed={around.following} busy={order.isPending} onClick={follow}>
            {t(around.following ? 'triage.unfollow' : 'triage.follow')} <KeyHint of="issue.follow" />
          </Button>
        </div>
      )}
      {order.isError && <ErrorNote error={order.error} />}
      <div className="row wrap">
        {(['merge', 'split', 'link'] as const)
          .filter((dialog) => may(dialog))
          .map((dialog) => (
            <Button key={dialog} small onClick={() => setOpen(dialog)}>
              {t(`triage.${dialog}`)} <KeyHint of={`issue.${dialog}`} />
            </Button>
          ))}
      </div>
      <Acts acts={around.acts} mayUndo={may('link')} onUndo={order} here={issue.id} />
      <MergeDialog issue={issue} opened={open === 'merge'} onClose={() => setOpen(null)} />
      <SplitDialog issue={issue} opened={open === 'split'} onClose={() => setOpen(null)} />
      <LinkDialog issue={issue} opened={open === 'link'} onClose={() => setOpen(null)} />
    </div>
  );
}

interface Ways {
  take: () => void;
  follow: () => void;
  open: (dialog: Dialog) => void;
}

/** The same by key and from the palette, in the words of the buttons. */
function useWays(
  may: (act: Triage['can'][number]) => boolean,
  { take, follow, open }: Ways,
  { mine, following }: { mine: boolean; following: boolean },
) {
  const { t } = useTranslation();
  const ways = [
    { act: 'assign', label: t(mine ? 'triage.handBack' : 'triage.take'), run: take },
    { act: 'follow', label: t(following ? 'triage.unfollow' : 'triage.follow'), run: follow },
    { act: 'merge', label: t('triage.merge'), run: () => open('merge') },
    { act: 'split', label: t('triage.split'), run: () => open('split') },
    { act: 'link', label: t('triage.link'), run: () => open('link') },
  ] as const;
  const here = ways.filter(({ act }) => may(act));
  useActs(here.map(({ act, label, run }) => ({ label, run, shortcut: `issue.${act}` })));
  useKeys(here.map(({ act, run }) => ({ name: `issue.${act}`, label: t(SHORTCUTS[`issue.${act}`].words), run })));
}

interface OwnerProps {
  around: Triage;
  busy: boolean;
  onGive: (owner: string | null) => void;
}

function Owner({ around, busy, onGive }: OwnerProps) {
  const { t } = useTranslation();
  if (!around.can.includes('assign')) {
    return (
      <div className="fact">
        <span>{t('triage.owner')}</span>
        <span>{around.owner ? <Words>{around.owner.name}</Words> : t('triage.nobody')}</span>
      </div>
    );
  }
  return (
    <label className="fact">
      <span>
        {t('triage.owner')} <KeyHint of="issue.assign" />
      </span>
      <select
        className="plain"
        disabled={busy}
        value={around.owner?.id ?? ''}
        onChange={(event) => onGive(event.target.value || null)}
      >
        <option value="">{t('triage.nobody')}</option>
        {around.owner && !around.people.some(({ id }) => id === around.owner!.id) && (
          <option value={around.owner.id}>{around.owner.name}</option>
        )}
        {around.people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ActsProps {
  acts: readonly TriageAct[];
  mayUndo: boolean;
  here: string;
  onUndo: { mutate: (order: TriageOrder) => void; isPending: boolean };
}

function Acts({ acts, mayUndo, here, onUndo }: ActsProps) {
  const { t } = useTranslation();
  if (acts.length === 0) return null;
  return (
    <ul className="triage-acts">
      {acts.map((act) => (
        <li key={act.id} className={act.undone ? 'faint' : undefined}>
          <span>
            <ActWords act={act} here={here} />{' '}
            <span className="small faint">
              {act.by ?? t('history.engine')} · <Time at={act.at} />
            </span>
          </span>
          <ActEnd act={act} mayUndo={mayUndo} onUndo={onUndo} />
        </li>
      ))}
    </ul>
  );
}

function ActEnd({ act, mayUndo, onUndo }: { act: TriageAct } & Pick<ActsProps, 'mayUndo' | 'onUndo'>) {
  const { t } = useTranslation();
  if (act.undone) return <span className="small">{t('triage.undone', { who: act.undone.by ?? '' })}</span>;
  if (act.trouble) {
    return <span className="small">{t(`triage.trouble.${act.trouble.why}`, { issue: act.trouble.key ?? '' })}</span>;
  }
  if (!mayUndo) return null;
  return (
    <Button small icon="back" busy={onUndo.isPending} onClick={() => onUndo.mutate({ do: 'undo', act: act.id })}>
      {t('triage.undo')}
    </Button>
  );
}

/** Told from where the reader stands. */
function ActWords({ act, here }: { act: TriageAct; here: string }) {
  const { t } = useTranslation();
  const first = act.issue?.id === here;
  const far = first ? act.other : act.issue;
  const kind = act.kind === 'link' ? `link_${act.link}` : act.kind;
  const side =
    act.kind === 'move' ? (act.other?.id === here ? 'in' : act.other ? 'out' : 'none') : first ? 'out' : 'in';
  const link = act.kind === 'move' ? (side === 'out' ? act.other : null) : far;
  return (
    <>
      {t(`triage.act.${kind}.${side}` as string, { count: act.signals, defaultValue: '' })}{' '}
      {link && (
        <Link to="/issues/$id" params={{ id: link.key }} className="link">
          <span className="mono">{link.key}</span> <Words>{link.title}</Words>
        </Link>
      )}
    </>
  );
}
