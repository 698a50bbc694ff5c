/** The board of shifts: who is on where and until when, what lies with them, what is late, and which batons are in the air. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { TurnView } from './shifts.ts';

const Load = z.object({
  /** Cases that somebody has to do something about now. */
  open: z.int(),
  waiting: z.int(),
  /** Of these, P0 and P1. */
  urgent: z.int(),
  /** Of the open ones. */
  unowned: z.int(),
  /** A promise has run out. */
  late: z.int(),
});

const BoardTeam = z.object({
  /** Null: cases that belong to no team. */
  id: z.uuid().nullable(),
  name: z.string().nullable(),
  load: Load,
  /** Sent and not accepted; `loud`: for too long. */
  batons: z.object({ waiting: z.int(), loud: z.int() }),
  /** Whether it has shifts at all: without any, nobody can be missing. */
  planned: z.boolean(),
  on: z.array(TurnView),
  /** Those that begin next, all at the same moment. */
  next: z.array(TurnView),
  /** Turns that touch the window of the board, the earliest first. */
  turns: z.array(TurnView),
});
export type BoardTeam = z.infer<typeof BoardTeam>;

/** A day around now: a quarter of it behind, the rest ahead. */
export const BOARD_BEHIND_MS = 6 * 3_600_000;
export const BOARD_AHEAD_MS = 18 * 3_600_000;

/** As far as the reader may see cases: what stands behind another wall is counted nowhere. */
export const readShiftBoard = {
  method: 'GET',
  path: '/api/roster/board',
  right: 'case.read',
  reply: z.object({
    at: z.iso.datetime(),
    teams: z.array(BoardTeam),
    /** Live cases by who has them, of everybody who is on. */
    hands: z.array(z.object({ personId: z.uuid(), cases: z.int(), zone: z.string().nullable() })),
  }),
} as const satisfies Endpoint;
export type ShiftBoard = z.infer<(typeof readShiftBoard)['reply']>;
