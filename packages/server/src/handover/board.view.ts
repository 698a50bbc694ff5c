/** The board of shifts: who is on, what lies with them, and what nobody has accepted. */
import { BOARD_AHEAD_MS, BOARD_BEHIND_MS, type BoardTeam, type ShiftBoard, type TurnView } from '@groundswell/contract';
import type { Actor } from '../access/index.ts';
import { casesById, casesInHand, type Load, loadByTeam } from '../cases/index.ts';
import type { Db } from '../platform/db.ts';
import { listBrings, rosterAt, teamNames, turnsBetween } from '../shifts/index.ts';
import { openBatons } from './baton.store.ts';
import { isLoud } from './baton.ts';
import { handsOver } from './baton.view.ts';

const EMPTY = { open: 0, waiting: 0, urgent: 0, unowned: 0, late: 0 };
type Batons = BoardTeam['batons'];

/** Teams that have shifts, cases or batons; those with the most that is late and loud first. */
export async function shiftBoard(db: Db, actor: Actor, now: Date): Promise<ShiftBoard> {
  const at = now.getTime();
  const roster = new Map((await rosterAt(db, now)).map((team) => [team.id, team]));
  const turns = await turnsBetween(db, at - BOARD_BEHIND_MS, at + BOARD_AHEAD_MS);
  const loads = new Map((await loadByTeam(db, now)).map(({ teamId, ...load }) => [teamId, load]));
  const batons = await batonsByTeam(db, actor, now);
  const teams = [...(await teamNames(db))].map(([id, name]) =>
    teamOf({ id, name }, loads, batons, roster.get(id), turns),
  );
  const nobodys = teamOf({ id: null, name: null }, loads, batons, undefined, []);
  const on = teams.flatMap((team) => peopleOf(team.on));
  const [inHand, brings] = [await casesInHand(db, on), await listBrings(db)];
  const zones = new Map(brings.map(({ id, zone }) => [id, zone]));
  return {
    at: now.toISOString(),
    teams: [...teams, nobodys].filter(isWorthALook).toSorted((a, b) => worryOf(b) - worryOf(a)),
    hands: [...new Set(on)].map((personId) => ({
      personId,
      cases: inHand.get(personId) ?? 0,
      zone: zones.get(personId) ?? null,
    })),
  };
}

const peopleOf = (turns: readonly TurnView[]): string[] =>
  turns.flatMap(({ places }) => places.map(({ person }) => person.id));

function teamOf(
  { id, name }: Pick<BoardTeam, 'id' | 'name'>,
  loads: ReadonlyMap<string | null, Omit<Load, 'teamId'>>,
  batons: ReadonlyMap<string | null, Batons>,
  roster: { on: TurnView[]; next: TurnView[] } | undefined,
  turns: readonly TurnView[],
): BoardTeam {
  return {
    ...{ id, name, load: loads.get(id) ?? EMPTY, batons: batons.get(id) ?? { waiting: 0, loud: 0 } },
    ...{ planned: roster !== undefined, on: roster?.on ?? [], next: roster?.next ?? [] },
    turns: turns.filter(({ teamId }) => teamId === id),
  };
}

const isWorthALook = ({ planned, load, batons }: BoardTeam): boolean =>
  planned || load.open + load.waiting + batons.waiting > 0;

/** Loud batons and broken promises before everything else, then what nobody has. */
const worryOf = ({ load, batons }: BoardTeam): number => (batons.loud + load.late) * 1_000_000 + load.unowned;

/** Those that still hand something over. */
async function batonsByTeam(db: Db, actor: Actor, now: Date): Promise<Map<string | null, Batons>> {
  const sent = (await openBatons(db, actor.id)).filter(({ state }) => state === 'sent');
  const cases = await casesById(
    db,
    sent.map(({ caseId }) => caseId),
  );
  const found = new Map<string | null, Batons>();
  for (const baton of sent) {
    const kase = cases.get(baton.caseId);
    if (!kase || !handsOver(baton, kase)) continue;
    const { waiting, loud } = found.get(kase.teamId) ?? { waiting: 0, loud: 0 };
    found.set(kase.teamId, { waiting: waiting + 1, loud: loud + Number(isLoud(baton, now)) });
  }
  return found;
}
