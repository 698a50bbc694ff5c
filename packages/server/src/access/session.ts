/** A session: the stretch of time in which a browser is believed to be one person. Pure. */
import { CAPABILITIES, type Capability, type Me, type SessionView } from '@groundswell/contract';
import type { Actor } from './actor.ts';

/** However busy: after this long one signs in again. */
export const SESSION_MS = 30 * 24 * 3_600_000;
/** A browser left alone for half a day is no longer believed. */
const IDLE_MS = 12 * 3_600_000;
/** `seen_at` is at most this old while somebody works: not every request writes. */
const SEEN_EVERY_MS = 60_000;

export interface Session {
  readonly id: string;
  readonly personId: string;
  readonly seenAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly name: string;
  readonly email: string;
  readonly lastSeenAt: Date | null;
  readonly deactivatedAt: Date | null;
  readonly roles: readonly string[];
  readonly capabilities: readonly string[];
  readonly compartments: readonly string[];
}

export function isOpen(session: Session, now: Date): boolean {
  const at = now.getTime();
  return (
    session.endedAt === null &&
    session.deactivatedAt === null &&
    at < session.expiresAt.getTime() &&
    at < session.seenAt.getTime() + IDLE_MS
  );
}

export const isSeenLongAgo = (session: Session, now: Date): boolean =>
  now.getTime() - session.seenAt.getTime() >= SEEN_EVERY_MS;

export const actorOf = (session: Session): Actor => ({
  id: session.personId,
  name: session.name,
  kind: 'person',
  compartments: session.compartments,
  can: new Set(session.capabilities),
  sessionId: session.id,
});

/** One of a person's sessions, as they see it. */
export interface OwnSession extends Omit<SessionView, 'createdAt' | 'seenAt' | 'current'> {
  readonly createdAt: Date;
  readonly seenAt: Date;
}

export const viewSession = (session: OwnSession, currentId: string | undefined): SessionView => ({
  ...session,
  createdAt: session.createdAt.toISOString(),
  seenAt: session.seenAt.toISOString(),
  current: session.id === currentId,
});

/** Whoever was silent since before then is out, although their session has not run down. */
export const idleSince = (now: Date): Date => new Date(now.getTime() - IDLE_MS);

/** As whoever they are where they stand: in the house, or inside a world. */
export const meOf = (session: Session, csrf: string, actor: Actor = actorOf(session)): Me => ({
  id: session.personId,
  name: session.name,
  email: session.email,
  roles: [...session.roles],
  can: CAPABILITIES.filter((capability: Capability) => actor.can.has(capability)),
  compartments: [...actor.compartments],
  world: actor.world ?? null,
  csrf,
  lastSeenAt: session.lastSeenAt?.toISOString() ?? null,
});
