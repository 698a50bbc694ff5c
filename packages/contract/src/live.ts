/** Live: what changed, told as it happens by ids and codes alone; whoever hears of it asks for the rest behind their own wall. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

/** What a message is about. One without an id is about several at once, or about what is only counted. */
export const LIVE_KINDS = [
  'issue',
  'case',
  'topic',
  'signal',
  'detection',
  'source',
  'import',
  'connector',
  'token',
  'dimension',
  'change',
  'privacy',
  'world',
  'person',
  'view',
  'presence',
  /** My own sessions, password and exports: told to me alone. */
  'mine',
] as const;
export const LiveKind = z.enum(LIVE_KINDS);
export type LiveKind = z.infer<typeof LiveKind>;

export const LiveNews = z.object({ kind: LiveKind, id: z.string().nullable(), name: z.string() });
export type LiveNews = z.infer<typeof LiveNews>;

/**
 * The events of the stream. `hello`: from here on nothing is missed. `news`: a list of `LiveNews`. `reset`: what was missed
 * cannot be told any more, so ask for everything again. `beat`: still here. `bye`: the server ends it, and says why.
 * Every event that moves on carries a position as its id; sent back, the stream goes on behind it.
 */
export const LIVE_EVENTS = ['hello', 'news', 'reset', 'beat', 'bye'] as const;
export type LiveEvent = (typeof LIVE_EVENTS)[number];

/** `ended`: the session is over. `moved`: what this person may see has changed. The others come back by themselves. */
export const ByeReason = z.enum(['ended', 'moved', 'stopping', 'trouble']);
export type ByeReason = z.infer<typeof ByeReason>;

/** Without a word for this long (ms) the line is dead, whatever the network says. */
export const LIVE_SILENCE_MS = 45_000;

/** A browser cannot send headers with a stream: the position and the world may stand in the address. */
export const listenLive = {
  method: 'GET',
  path: '/api/live',
  right: 'signed_in',
  query: z.object({ after: z.string().max(500).optional(), world: z.string().max(9).optional() }),
  reply: 'events',
} as const satisfies Endpoint;

/** How often whoever looks at something says so, and for how long one such word holds. */
export const PRESENCE_EVERY_MS = 15_000;
export const PRESENCE_HOLDS_MS = 45_000;

export const Present = z.object({ issueId: z.uuid(), people: z.array(z.object({ id: z.uuid(), name: z.string() })) });
export type Present = z.infer<typeof Present>;

export const PresentAtCase = z.object({ caseId: z.uuid(), people: Present.shape.people });
export type PresentAtCase = z.infer<typeof PresentAtCase>;

/** `cases` stays empty for whoever may not read them. */
const Here = z.object({ issues: z.array(Present), cases: z.array(PresentAtCase) });

/** Who else is looking at an issue or at a case just now. */
export const readPresence = {
  method: 'GET',
  path: '/api/presence',
  right: 'issue.read',
  reply: Here,
} as const satisfies Endpoint;

/**
 * "I am looking at this issue", or this case, or with null "at none any more". Said again while it lasts; nothing of it is
 * kept. `left` may be an issue or a case.
 */
export const sayPresence = {
  method: 'POST',
  path: '/api/presence',
  right: 'issue.read',
  body: z.object({
    issueId: z.uuid().nullable().default(null),
    caseId: z.uuid().nullable().default(null),
    left: z.uuid().optional(),
  }),
  reply: Here,
} as const satisfies Endpoint;
