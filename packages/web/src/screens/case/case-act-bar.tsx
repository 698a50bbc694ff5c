import { assignCase, type CaseDetail, type CaseMove, draftBaton, moveCase, watchCase } from '@groundswell/contract';
import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { session } from '../../api/session.ts';
import { useActs } from '../../parts/acts.ts';
import { Button } from '../../parts/button.tsx';
import type { IconName } from '../../parts/icon.tsx';
import { KeyHint } from '../../parts/key-hint.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { SHORTCUTS, type ShortcutName } from '../../parts/shortcuts.ts';
import { caseBatons, openOne } from './baton-queries.ts';
import type { Asked } from './case-dialogs.tsx';
import type { Versioned } from './use-versioned.ts';

interface Way {
  readonly name: ActName;
  readonly label: string;
  readonly icon?: IconName;
  readonly shortcut?: ShortcutName;
  readonly run: () => void;
}
const IN_BAR = ['take', 'start', 'resume', 'resolve', 'close', 'reopen', 'triage', 'wait', 'give'] as const;
const IN_MENU = ['hand_over', 'priority', 'watch', 'refuse', 'link', 'split', 'duplicate', 'not_ours'] as const;
/** By its key alone: its button stands where the baton is read. */
const ON_CARD = ['accept'] as const;
type ActName = (typeof IN_BAR | typeof IN_MENU | typeof ON_CARD)[number];
const ICONS: Partial<Record<ActName, IconName>> = {
  take: 'check',
  start: 'play',
  resume: 'play',
  resolve: 'checkCircle',
  wait: 'pause',
  give: 'out',
  reopen: 'back',
};

interface CaseActBarProps {
  kase: CaseDetail;
  versioned: Versioned;
  /** There it says itself what went wrong. */
  dialogOpen: boolean;
  ask: (dialog: Asked) => void;
}

/** What this person may do now, as the server says; the first of them filled, the rare ones behind one button. */
export function CaseActBar({ kase, versioned, dialogOpen, ask }: CaseActBarProps) {
  const { t } = useTranslation();
  const ways = useWays(kase, versioned, ask);
  const mine = useQuery(session()).data?.me?.id === kase.owner?.id;
  useOtherWays(ways);
  const find = (names: readonly ActName[]) => names.flatMap((name) => ways.find((way) => way.name === name) ?? []);
  const bar = find(IN_BAR);
  const first = kase.owner === null || mine ? bar[0]?.name : undefined;
  const busy = versioned.act.isPending;
  return (
    <div className="case-acts">
      <div className="row wrap">
        {bar.toReversed().map(({ name, label, icon, shortcut, run }) => (
          <Button
            key={name}
            look={name === first ? 'go' : 'plain'}
            {...(icon ? { icon } : {})}
            busy={busy}
            onClick={run}
          >
            {label} {shortcut && <KeyHint of={shortcut} />}
          </Button>
        ))}
        <Menu position="bottom-end" width={280} withinPortal>
          <Menu.Target>
            <Button icon="more" aria-label={t('case.moreActs')} />
          </Menu.Target>
          <Menu.Dropdown>
            {find(IN_MENU).map(({ name, label, shortcut, run }) => (
              <Menu.Item key={name} onClick={run} rightSection={shortcut && <KeyHint of={shortcut} />}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {versioned.act.isError && !dialogOpen && versioned.met === null && <ErrorNote error={versioned.act.error} />}
    </div>
  );
}

function useWays(kase: CaseDetail, { send, act }: Versioned, ask: (dialog: Asked) => void): readonly Way[] {
  const { t } = useTranslation();
  const me = useQuery(session()).data?.me;
  const params = { id: kase.id };
  const move = (type: 'triage' | 'start' | 'resume' | 'close' | 'reopen', to: CaseDetail['state']) => () =>
    send({
      fields: [
        { name: t('fact.state'), mine: t(`caseMark.state.${to}`), of: (now) => t(`caseMark.state.${now.state}`) },
      ],
      may: (now) => now.can.includes(type),
      run: (version) => call(moveCase, { params, body: { version, move: { type } as CaseMove } }),
    });
  const take = () =>
    send({
      fields: [{ name: t('case.owner'), mine: me?.name ?? '', of: (now) => now.owner?.name ?? t('triage.nobody') }],
      may: (now) => now.can.includes('take'),
      run: (version) => call(assignCase, { params, body: { version, owner: me?.id ?? null } }),
    });
  const { baton, handOver } = useBaton(kase.id, act, ask);
  const watch = () => act.mutate(() => call(watchCase, { params, body: { watching: !kase.watching } }));
  const runs: Record<ActName, () => void> = {
    accept: () => ask('accept'),
    take,
    hand_over: handOver,
    triage: move('triage', 'triaged'),
    start: move('start', 'working'),
    resume: move('resume', 'working'),
    close: move('close', 'closed'),
    reopen: move('reopen', 'reopened'),
    resolve: () => ask('resolve'),
    wait: () => ask('wait'),
    give: () => ask('give'),
    priority: () => ask('priority'),
    watch,
    refuse: () => ask('refuse'),
    link: () => ask('link'),
    split: () => ask('split'),
    duplicate: () => ask('duplicate'),
    not_ours: () => ask('not_ours'),
  };
  const needs = (name: ActName): boolean => {
    if (name === 'watch') return true;
    if (name === 'accept') return baton?.can.includes('accept') ?? false;
    if (name === 'hand_over') return kase.can.includes('give') && kase.owner?.id === me?.id && baton?.state !== 'sent';
    if (name === 'priority' || name === 'link') return kase.can.includes('change');
    if (name === 'split') return kase.can.includes('change') && kase.people.length > 1;
    return kase.can.includes(name);
  };
  return [...ON_CARD, ...IN_BAR, ...IN_MENU].filter(needs).map((name) => ({
    name,
    label: t(name === 'watch' && kase.watching ? 'case.act.unwatch' : `case.act.${name}`),
    run: runs[name],
    ...(ICONS[name] ? { icon: ICONS[name] } : {}),
    ...shortcutOf(name),
  }));
}

/** The hand-over of this case that is open; who opens it finds what was written before. */
function useBaton(id: string, act: Versioned['act'], ask: (dialog: Asked) => void) {
  const baton = openOne(useQuery(caseBatons(id)).data?.batons ?? []);
  const open = () => ask('hand_over');
  const handOver = () =>
    baton?.can.includes('send') ? open() : act.mutate(() => call(draftBaton, { params: { id } }), { onSuccess: open });
  return { baton, handOver };
}

/** One key for the baton, whichever end of it one holds. */
function shortcutOf(name: ActName): { shortcut?: ShortcutName } {
  if (name === 'split') return {};
  return { shortcut: name === 'accept' ? 'case.hand_over' : `case.${name}` };
}

/** The same by key and from the palette, in the same words. */
function useOtherWays(ways: readonly Way[]) {
  const { t } = useTranslation();
  useActs(ways);
  useKeys(
    ways.flatMap(({ shortcut, run }) =>
      shortcut ? [{ name: shortcut, label: t(SHORTCUTS[shortcut].words as 'case.key.take'), run }] : [],
    ),
  );
}
