import { draftBaton, listCases, readRoster } from '@groundswell/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { CASES } from '../../api/case-keys.ts';
import { liveInterval } from '../../api/liveness.ts';
import { session } from '../../api/session.ts';
import { Button } from '../../parts/button.tsx';
import { ErrorNote } from '../../parts/notes.tsx';
import { Panel } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { waitingBatons } from './desk-queries.ts';

/** So long before the end of a turn it is time to think of those who come next. */
const SOON_MS = 60 * 60_000;

const roster = () =>
  queryOptions({
    queryKey: [...CASES, 'roster'],
    queryFn: () => call(readRoster, {}),
    refetchInterval: liveInterval(60_000),
  });

/** All that I have, as many as anybody can hold at once. */
const mine = () =>
  queryOptions({
    queryKey: [...CASES, 'mine'],
    queryFn: () => call(listCases, { query: { owner: 'me', group: 'live', limit: 200 } }),
  });

/** When the turn ends that I stand in; null where I am not on, or on for longer. */
function useEnd(): string | null {
  const me = useQuery(session()).data?.me?.id;
  const { data } = useQuery(roster());
  const turns = data?.teams.flatMap(({ on }) => on) ?? [];
  const ends = turns.filter(({ places }) => places.some(({ person }) => person.id === me)).map(({ to }) => to);
  const last = ends.toSorted().at(-1) ?? null;
  return last !== null && Date.parse(last) - Date.now() <= SOON_MS ? last : null;
}

/** The last hour of a shift: what has no baton yet, and one press to draft them all. */
export function ShiftEnd() {
  const end = useEnd();
  return end === null ? null : <Ending end={end} />;
}

function Ending({ end }: { end: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const cases = useQuery(mine()).data?.cases;
  const batons = useQuery(waitingBatons()).data?.batons;
  const without = (cases ?? []).filter(({ id }) => !batons?.some(({ caseId }) => caseId === id));
  const draft = useMutation({
    mutationFn: async () => {
      for (const { id } of without) await call(draftBaton, { params: { id } });
    },
    onSettled: () => client.invalidateQueries({ queryKey: CASES }),
  });
  if (cases === undefined || batons === undefined || cases.length === 0) return null;
  return (
    <Panel
      title={
        <>
          {t('desk.shiftEnds')} <Time at={end} />
        </>
      }
    >
      <div className="panel-body row wrap">
        <span>{without.length === 0 ? t('desk.allDrafted') : t('desk.withoutBaton', { count: without.length })}</span>
        {without.length > 0 && (
          <Button look="go" busy={draft.isPending} onClick={() => draft.mutate()}>
            {t('desk.draftAll')}
          </Button>
        )}
        {draft.isError && <ErrorNote error={draft.error} />}
      </div>
    </Panel>
  );
}
