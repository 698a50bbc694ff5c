/** What is mine: where I am signed in, and my password. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

const Password = z.string().min(1).max(1024);

export const BROWSERS = ['chrome', 'edge', 'firefox', 'opera', 'safari', 'samsung'] as const;
export const SYSTEMS = ['android', 'chromeos', 'ios', 'linux', 'macos', 'windows'] as const;

export const SessionView = z.object({
  id: z.uuid(),
  /** Null for what is not known by its name. */
  browser: z.enum(BROWSERS).nullable(),
  system: z.enum(SYSTEMS).nullable(),
  /** Without its end, which would name one machine: `192.0.2.…`. Null before it was kept. */
  address: z.string().nullable(),
  createdAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const listMySessions = {
  method: 'GET',
  path: '/api/me/sessions',
  right: 'signed_in',
  reply: z.object({ sessions: z.array(SessionView) }),
} as const satisfies Endpoint;

export const endMySession = {
  method: 'DELETE',
  path: '/api/me/sessions/:id',
  right: 'signed_in',
  params: z.object({ id: z.uuid() }),
  reply: z.object({ ended: z.int() }),
} as const satisfies Endpoint;

/** All but the one that asks. */
export const endMyOtherSessions = {
  method: 'DELETE',
  path: '/api/me/sessions',
  right: 'signed_in',
  reply: z.object({ ended: z.int() }),
} as const satisfies Endpoint;

/** Ends every other session of mine. */
export const changeMyPassword = {
  method: 'PUT',
  path: '/api/me/password',
  right: 'signed_in',
  body: z.object({ old: Password, password: Password }),
  reply: z.object({ ended: z.int() }),
} as const satisfies Endpoint;
