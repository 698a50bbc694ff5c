import type { BatonView, CaseRow } from '@groundswell/contract';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTake } from '../../api/case-take.ts';
import { session } from '../../api/session.ts';
import { PriorityMark } from '../../parts/case-marks.tsx';
import { useKeys } from '../../parts/keys.tsx';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote, ErrorNote } from '../../parts/notes.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { SHORTCUTS } from '../../parts/shortcuts.ts';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import './desk.css';
import { DeskCase } from './desk-case.tsx';
import { desk, runsOut, waitingBatons } from './desk-queries.ts';
import { DeskSide } from './desk-side.tsx';
import { ShiftEnd } from './shift-end.tsx';

/** Whoever sits down, at whatever hour: what waits for them, what runs out first, and what nobody has. */
export function DeskScreen() {
  const { t } = useTranslation();
  const keys = useListKeys<HTMLDivElement>();
  const counted = useQuery(desk());
  const [mine, team] = [useQuery(runsOut('me')), useQuery(runsOut('team'))];
  const take = useTake();
  const reader = useQuery(session()).data?.me?.id;
  const free = useQuery({ ...desk(), select: ({ unowned }) => ({ cases: unowned.first }) });
  const shown = [...(free.data?.cases ?? []), ...(team.data?.cases ?? [])];
  useDeskKeys(shown, keys.at, (row) => reader !== undefined && take.mutate({ row, me: reader }));
  return (
    <Page title={t('place.desk')} state={t('desk.lead')}>
      {take.isError && <ErrorNote error={take.error} />}
      <div className="cols desk" ref={keys.list}>
        <div className="stack wide slim">
          <ShiftEnd />
          <Batons />
          <Cases title={t('desk.mine')} where="mine" query={mine} empty={t('desk.mineNone')} all="owner=me&sort=due" />
          <Cases
            title={t('desk.unowned')}
            where="free"
            query={free}
            count={counted.data?.unowned.total}
            empty={t('desk.unownedNone')}
            all="owner=nobody"
          />
          <Cases title={t('desk.team')} where="team" query={team} empty={t('desk.teamNone')} all="team=mine&sort=due" />
        </div>
        <DeskSide query={counted} />
      </div>
    </Page>
  );
}

/** The row that one stands on, wherever on the desk it lies: `mine-<id>`, `free-<id>`, `team-<id>`. */
function useDeskKeys(rows: readonly CaseRow[], at: string | null, onTake: (row: CaseRow) => void) {
  const { t } = useTranslation();
  const take = () => {
    const row = rows.find(({ id }) => at?.endsWith(id));
    if (row?.can.includes('take')) onTake(row);
  };
  const label = t(SHORTCUTS['desk.take'].words);
  useKeys(rows.some(({ can }) => can.includes('take')) ? [{ name: 'desk.take', label, run: take }] : []);
}

interface CasesProps {
  title: string;
  where: 'mine' | 'free' | 'team';
  query: Pick<UseQueryResult<{ cases: CaseRow[] }>, 'data' | 'isPending' | 'isError' | 'error' | 'refetch'>;
  count?: ReactNode;
  empty: string;
  /** The same in the queue, as its address says it. */
  all: string;
}

function Cases({ title, where, query, count, empty, all }: CasesProps) {
  const { t } = useTranslation();
  return (
    <Panel
      title={title}
      {...(count === undefined ? {} : { count })}
      aside={<RowLink to={`/cases?${all}`}>{t('desk.all')}</RowLink>}
    >
      <Loaded
        query={query}
        lines={3}
        isEmpty={({ cases }) => cases.length === 0}
        empty={<EmptyNote>{empty}</EmptyNote>}
      >
        {({ cases }) => (
          <ul>
            {cases.map((row) => (
              <DeskCase key={row.id} row={row} at={`${where}-${row.id}`} />
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

/** Hand-overs that wait: those that I may take on top, then mine that nobody has taken, then what I am writing. */
function Batons() {
  const { t } = useTranslation();
  const query = useQuery(waitingBatons());
  const rank = ({ can, state }: BatonView) => (can.includes('accept') ? 0 : state === 'sent' ? 1 : 2);
  const batons = (query.data?.batons ?? []).toSorted((a, b) => rank(a) - rank(b));
  if (batons.length === 0 && !query.isError) return null;
  return (
    <Panel title={t('desk.batons')} count={batons.length}>
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <ul>
        {batons.map((baton) => (
          <Baton key={baton.id} baton={baton} />
        ))}
      </ul>
    </Panel>
  );
}

function Baton({ baton }: { baton: BatonView }) {
  const { t } = useTranslation();
  const { id, reference, priority, sender, receiver, state, loud, can, points } = baton;
  const forMe = can.includes('accept');
  const words = loud
    ? 'baton.loud'
    : forMe
      ? 'case.act.accept'
      : state === 'sent'
        ? 'baton.state.sent'
        : 'baton.state.draft';
  return (
    <li className="desk-row" data-row={`baton-${id}`}>
      <PriorityMark priority={`P${priority as 0 | 1 | 2 | 3 | 4}`} />
      <div className="stack tight slim">
        <RowLink to={`/cases/${encodeURIComponent(reference)}`} className="desk-link">
          {points.summary === '' ? reference : <Words>{points.summary}</Words>}
        </RowLink>
        <span className="row wrap small faint">
          <span className="mono">{reference}</span>
          <span>
            {sender && <Words>{sender.name}</Words>} <span aria-hidden="true">→</span>{' '}
            {receiver ? <Words>{receiver.name}</Words> : t('baton.anybody')}
          </span>
          <Time at={baton.sentAt ?? baton.draftedAt} />
        </span>
      </div>
      <Pill tone={loud ? 'bad' : state === 'sent' ? 'warn' : 'idle'} icon={loud ? 'warn' : 'right'}>
        {t(words)}
      </Pill>
    </li>
  );
}
