import { type BoardTeam, readShiftBoard, type ShiftBoard, type TurnView } from '@groundswell/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { CASES } from '../../api/case-keys.ts';
import { liveInterval } from '../../api/liveness.ts';
import { useListKeys } from '../../parts/list-keys.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { EmptyNote } from '../../parts/notes.tsx';
import { sayNumber } from '../../parts/numbers.ts';
import { Page } from '../../parts/page.tsx';
import { RowLink } from '../../parts/row-link.tsx';
import { Pill } from '../../parts/status.tsx';
import { Time } from '../../parts/time.tsx';
import { Words } from '../../parts/user-content.tsx';
import './shifts.css';
import { DayStrip } from './day-strip.tsx';
import { sayZoned } from './zoned.ts';

const board = () =>
  queryOptions({
    queryKey: [...CASES, 'shift-board'],
    queryFn: () => call(readShiftBoard, {}),
    refetchInterval: liveInterval(30_000),
  });

/** Whoever asks at night who is awake: where it is day, who is on until when, what lies with them, and what is in the air. */
export function ShiftsScreen() {
  const { t } = useTranslation();
  const query = useQuery(board());
  const keys = useListKeys<HTMLDivElement>();
  return (
    <Page title={t('place.shifts')} state={t('shifts.lead')}>
      <Loaded
        query={query}
        lines={6}
        isEmpty={({ teams }) => teams.length === 0}
        empty={<EmptyNote>{t('shifts.none')}</EmptyNote>}
      >
        {(data) => (
          <div className="stack wide" ref={keys.list}>
            {data.teams.map((team) => (
              <Team key={team.id ?? 'none'} team={team} board={data} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

/** Of an IANA name, the city: "Asia/Ho_Chi_Minh" is Ho Chi Minh. */
const placeOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

function Team({ team, board: { at, hands } }: { team: BoardTeam; board: ShiftBoard }) {
  const { t, i18n } = useTranslation();
  const { on, next, load, planned } = team;
  const zone = (on[0] ?? next[0] ?? team.turns[0])?.zone;
  const missing = planned && on.length === 0 && load.open > 0;
  const to = team.id === null ? '/cases' : `/cases?team=${team.id}&sort=due`;
  return (
    <section className="panel shift-team" data-row={team.id ?? 'none'}>
      <header className="row wrap">
        <h2>
          <RowLink to={to} className="shift-name">
            {team.name === null ? t('shifts.noTeam') : <Words>{team.name}</Words>}
          </RowLink>
        </h2>
        {zone && (
          <span className="small faint">
            {t('shifts.there', { time: sayZoned(at, zone, i18n.language) })} <Words>{placeOf(zone)}</Words>
          </span>
        )}
        {missing && (
          <Pill tone="bad" icon="warn">
            {t('shifts.missing')}
          </Pill>
        )}
      </header>
      <div className="shift-body">
        <div className="stack">
          <OnNow team={team} hands={hands} />
          {next.length > 0 && (
            <p className="small faint row wrap">
              <span>{t('shifts.next')}</span>
              <Names turns={next} />
              <Time at={next[0]!.from} />
            </p>
          )}
        </div>
        <Numbers team={team} to={to} />
      </div>
      {team.turns.length > 0 && <DayStrip turns={team.turns} at={at} />}
    </section>
  );
}

function OnNow({ team: { on, planned }, hands }: { team: BoardTeam; hands: ShiftBoard['hands'] }) {
  const { t, i18n } = useTranslation();
  if (on.length === 0) return <p className="faint">{t(planned ? 'shifts.nobodyOn' : 'shifts.unplanned')}</p>;
  return (
    <ul className="stack tight">
      {on.map(({ shiftId, day, name, to, places }) => (
        <li key={`${shiftId} ${day}`} className="stack tight">
          <span className="row wrap">
            <b>
              <Words>{name}</Words>
            </b>
            <span className="small faint">
              {t('shifts.until')} <Time at={to} />
            </span>
          </span>
          <span className="row wrap">
            {places.length === 0 && <span className="faint">{t('triage.nobody')}</span>}
            {places.map(({ person }) => (
              <span key={person.id} className="shift-person">
                <Words>{person.name}</Words>
                <span className="faint small">
                  {t('shifts.inHand', { count: hands.find((one) => one.personId === person.id)?.cases ?? 0 })}
                  <PersonZone
                    zone={hands.find((one) => one.personId === person.id)?.zone ?? null}
                    language={i18n.language}
                  />
                </span>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The hour where somebody sits, if they said where. */
function PersonZone({ zone, language }: { zone: string | null; language: string }) {
  if (zone === null) return null;
  return <span> · {sayZoned(new Date().toISOString(), zone, language)}</span>;
}

function Names({ turns }: { turns: readonly TurnView[] }) {
  const { t } = useTranslation();
  const names = turns.flatMap(({ places }) => places.map(({ person }) => person));
  if (names.length === 0) return <span>{t('triage.nobody')}</span>;
  return names.map(({ id, name }) => (
    <span key={id}>
      <Words>{name}</Words>
    </span>
  ));
}

/** What lies there. Red is what already broke: a promise, or a hand-over that nobody took. */
function Numbers({ team: { load, batons }, to }: { team: BoardTeam; to: string }) {
  const { t, i18n } = useTranslation();
  const cell = (count: number, words: string, bad = false): ReactNode => (
    <div key={words} className={bad && count > 0 ? 'is-bad' : undefined}>
      <b>{sayNumber(count, i18n.language)}</b>
      <span>{words}</span>
    </div>
  );
  return (
    <RowLink to={to} className="shift-numbers">
      {cell(load.open, t('desk.open'))}
      {cell(load.waiting, t('desk.waiting'))}
      {cell(load.urgent, t('shifts.urgent'))}
      {cell(load.unowned, t('desk.unownedCount'))}
      {cell(load.late, t('shifts.late'), true)}
      {cell(batons.waiting, t('shifts.batons'))}
      {cell(batons.loud, t('shifts.loud'), true)}
    </RowLink>
  );
}
