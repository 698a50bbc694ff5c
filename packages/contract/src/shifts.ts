/** Who works when: what people bring, shifts of teams, and who stands in for whom. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { Day, lineOf } from './words.ts';

/** An IANA name; whether this machine knows it is asked where it is kept. */
const Zone = z.string().min(1).max(64);
const ById = z.object({ id: z.uuid() });
const PersonRef = z.object({ id: z.uuid(), name: z.string() });

const Brings = z.object({
  /** Where their wall clock stands; null while nobody said. */
  zone: Zone.nullable(),
  /** BCP 47, the best first. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)).max(30),
  skills: z.array(lineOf(40)).max(50),
});

export const listWhatPeopleBring = {
  method: 'GET',
  path: '/api/roster/people',
  right: 'signed_in',
  reply: z.object({ people: z.array(PersonRef.extend(Brings.shape)) }),
} as const satisfies Endpoint;

/** Everybody says it of themselves. */
export const sayWhatIBring = {
  method: 'PUT',
  path: '/api/roster/people/me',
  right: 'signed_in',
  body: z.strictObject(Brings.shape),
  reply: Brings,
} as const satisfies Endpoint;

const ShiftBody = {
  teamId: z.uuid(),
  name: lineOf(60),
  zone: Zone,
  /** ISO: 1 is Monday. The day on which a turn begins. */
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  /** Minutes after midnight by the wall clock of the zone. */
  from: z.int().min(0).max(1439),
  /** As the wall clock counts them: a night in which it jumps is shorter or longer than that. */
  minutes: z.int().min(15).max(1440),
  begins: Day,
  /** Its last day; null goes on. */
  ends: Day.nullable(),
};
export const ShiftView = z.object({
  ...{ id: z.uuid(), version: z.int(), ...ShiftBody },
  people: z.array(PersonRef),
});
export type ShiftView = z.infer<typeof ShiftView>;

export const TurnView = z.object({
  shiftId: z.uuid(),
  teamId: z.uuid(),
  name: z.string(),
  zone: z.string(),
  /** Of the zone: with the shift it names the turn. */
  day: z.iso.date(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  places: z.array(
    z.object({
      /** Whose place it is by the plan. */
      plannedId: z.uuid(),
      person: PersonRef,
      /** Was asked to stand in and has not answered. */
      asked: PersonRef.nullable(),
    }),
  ),
});
export type TurnView = z.infer<typeof TurnView>;

/** Who is on, and who comes next, of every team with shifts. */
export const readRoster = {
  method: 'GET',
  path: '/api/roster',
  right: 'signed_in',
  reply: z.object({
    at: z.iso.datetime(),
    teams: z.array(z.object({ id: z.uuid(), name: z.string(), on: z.array(TurnView), next: z.array(TurnView) })),
    can: z.array(z.enum(['change'])),
  }),
} as const satisfies Endpoint;

export const listShifts = {
  method: 'GET',
  path: '/api/shifts',
  right: 'signed_in',
  reply: z.object({ shifts: z.array(ShiftView), can: z.array(z.enum(['change'])) }),
} as const satisfies Endpoint;

/** Turns are counted anew each time, so a question has an end. */
export const ROSTER_DAYS_MAX = 92;

export const listTurns = {
  method: 'GET',
  path: '/api/roster/turns',
  right: 'signed_in',
  query: z.object({ team: z.uuid().optional(), from: Day, until: Day }),
  reply: z.object({ turns: z.array(TurnView) }),
} as const satisfies Endpoint;

const SavedShift = z.strictObject({ ...ShiftBody, people: z.array(z.uuid()).max(200) });

export const makeShift = {
  method: 'POST',
  path: '/api/shifts',
  right: 'case.configure',
  body: SavedShift,
  reply: ShiftView,
} as const satisfies Endpoint;

export const changeShift = {
  method: 'PUT',
  path: '/api/shifts/:id',
  right: 'case.configure',
  params: ById,
  body: SavedShift.extend({ version: z.int().min(1) }),
  reply: ShiftView,
} as const satisfies Endpoint;

export const removeShift = {
  method: 'DELETE',
  path: '/api/shifts/:id',
  right: 'case.configure',
  params: ById,
  reply: z.object({ removed: z.boolean() }),
} as const satisfies Endpoint;

export const StandInAct = z.discriminatedUnion('type', [
  /** At once: whoever takes a place has it. */
  z.strictObject({ type: z.literal('take') }),
  /** The one who has the place asks somebody; until they say yes it stays where it is. */
  z.strictObject({ type: z.literal('ask'), personId: z.uuid() }),
  z.strictObject({ type: z.literal('take_back') }),
  z.strictObject({ type: z.literal('accept') }),
  z.strictObject({ type: z.literal('decline') }),
]);
export type StandInAct = z.infer<typeof StandInAct>;

export const standIn = {
  method: 'POST',
  path: '/api/shifts/:id/turns/:day/places/:planned',
  right: 'signed_in',
  params: z.object({ id: z.uuid(), day: Day, planned: z.uuid() }),
  body: StandInAct,
  reply: TurnView,
} as const satisfies Endpoint;

/** For a calendar program: RFC 5545, moments in UTC. */
export const writeRoster = {
  method: 'GET',
  path: '/api/roster/calendar',
  right: 'signed_in',
  query: z.object({ team: z.uuid().optional(), person: z.uuid().optional(), from: Day, until: Day }),
  reply: z.object({ ics: z.string() }),
} as const satisfies Endpoint;

/** What a calendar file says, as shifts of one day each: read and answered, and not kept. */
export const readShifts = {
  method: 'POST',
  path: '/api/shifts/read',
  right: 'case.configure',
  body: z.object({ ics: z.string().max(5_000_000), zone: Zone, teamId: z.uuid(), from: Day, until: Day }),
  reply: z.object({
    shifts: z.array(SavedShift),
    refused: z.array(z.object({ line: z.int(), reason: z.string() })),
  }),
} as const satisfies Endpoint;
