/** Turns as people read them: with names, and with whoever stands in. */
import type { TurnView } from '@groundswell/contract';
import { namesOf } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import { type KeptPlace, listShifts, placesOf, type Shift, teamNames } from './shift.store.ts';
import { type Span, turnsIn } from './turn.ts';

const DAY_MS = 86_400_000;
/** Who comes next is looked for this far: a team that is off for longer has nobody next. */
const AHEAD_MS = 14 * DAY_MS;

type Turn = Span & { readonly shift: Shift };

/** Turns that touch the time between two moments, the earliest first. */
export async function turnsBetween(db: Db, from: number, to: number, team?: string): Promise<TurnView[]> {
  const shifts = await listShifts(db, team);
  return viewed(
    db,
    shifts.flatMap((shift) => turnsIn(shift, from, to).map((turn) => ({ ...turn, shift }))),
  );
}

export async function viewTurn(db: Db, turn: Turn): Promise<TurnView> {
  const [view] = await viewed(db, [turn]);
  return view!;
}

async function viewed(db: Db, turns: readonly Turn[]): Promise<TurnView[]> {
  if (turns.length === 0) return [];
  const days = turns.map(({ day }) => day).sort();
  const kept = await placesOf(db, [...new Set(turns.map(({ shift }) => shift.id))], days[0]!, days.at(-1)!);
  const byPlace = new Map(kept.map((place) => [placeKey(place), place]));
  const names = await namesOf(
    db,
    kept.flatMap(({ holderId, askedId }) => (askedId ? [holderId, askedId] : [holderId])),
  );
  return turns
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
    .map(({ shift, day, from, to }) => ({
      ...{ shiftId: shift.id, teamId: shift.teamId, name: shift.name, zone: shift.zone, day },
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      places: shift.people.map((planned) => {
        const place = byPlace.get(placeKey({ shiftId: shift.id, day, plannedId: planned.id }));
        const named = (id: string) => ({ id, name: names.get(id) ?? '' });
        return {
          plannedId: planned.id,
          person: place && place.holderId !== planned.id ? named(place.holderId) : planned,
          asked: place?.askedId ? named(place.askedId) : null,
        };
      }),
    }));
}

const placeKey = ({ shiftId, day, plannedId }: Pick<KeptPlace, 'shiftId' | 'day' | 'plannedId'>): string =>
  `${shiftId} ${day} ${plannedId}`;

interface TeamRoster {
  readonly id: string;
  readonly name: string;
  readonly on: TurnView[];
  readonly next: TurnView[];
}

/** Who is on and who comes next, of every team that has shifts. Those who begin at the same moment are next together. */
export async function rosterAt(db: Db, at: Date): Promise<TeamRoster[]> {
  const now = at.getTime();
  const turns = await turnsBetween(db, now, now + AHEAD_MS);
  const planned = new Set((await listShifts(db)).map(({ teamId }) => teamId));
  return [...(await teamNames(db))]
    .filter(([id]) => planned.has(id))
    .map(([id, name]) => {
      const own = turns.filter(({ teamId }) => teamId === id);
      const later = own.filter(({ from }) => Date.parse(from) > now);
      return {
        ...{ id, name },
        on: own.filter(({ from }) => Date.parse(from) <= now),
        next: later.filter(({ from }) => from === later[0]!.from),
      };
    });
}
