/** Coming in, being recognised, going out. */
import { Refusal } from '@groundswell/contract';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type Actor, mustBeAtHome, SYSTEM } from './actor.ts';
import { countAttempt, forgetAttempts, uncountAttempt } from './attempt.store.ts';
import { countersFor } from './attempt.ts';
import { isPassword } from './password-hash.ts';
import { findCredentials } from './person.store.ts';
import { hashOf, newSecret } from './secret.ts';
import { endSessions, findSession, isSessionOf, keepSession, markSeen } from './session.store.ts';
import { isOpen, isSeenLongAgo, type Session } from './session.ts';
import type { Visitor } from './visitor.ts';

/** Where an actor's own doings are recorded: signing in is no secret of a compartment. */
export const EVERYBODY = 'open';

export interface Opened {
  readonly secret: string;
  readonly session: Session;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
  /** Where the request came from, whole: for the limit on guessing. */
  readonly address: string;
  readonly visitor: Visitor;
}

export async function signIn({ db, clock }: Tools, { email, password, address, visitor }: SignIn): Promise<Opened> {
  const at = clock.now();
  const counters = countersFor(email, address);
  await db.change(SYSTEM.access, async (trx) => {
    await forgetAttempts(trx, at);
    await countAttempt(trx, counters, at);
  });

  const found = await db.as(SYSTEM.access, (reader) => findCredentials(reader, email));
  const right = await isPassword(found?.passwordHash ?? null, password); // outside any transaction: it takes its time
  if (!found || !right || found.deactivatedAt) {
    throw new Refusal('access.wrong_credentials', 'This mail address and password do not fit together. Try again.');
  }
  return db.change(SYSTEM.access, async (trx) => {
    await uncountAttempt(trx, counters);
    return openSession(trx, found.id, visitor, at);
  });
}

/** A new secret for every session; it is known to the caller's browser only. */
export async function openSession(trx: Trx, personId: string, { before, device }: Visitor, at: Date): Promise<Opened> {
  const old = before === null ? undefined : await findSession(trx, hashOf(before));
  if (old) await endSessions(trx, { id: old.id }, at);
  const secret = newSecret();
  const id = await keepSession(trx, personId, hashOf(secret), device, at);
  await record(
    trx,
    { id: personId, compartments: [EVERYBODY] },
    {
      name: 'session.started',
      at,
      compartment: EVERYBODY,
      subject: { kind: 'session', id },
      payload: { personId },
    },
  );
  const session = await findSession(trx, hashOf(secret));
  return { secret, session: session! };
}

/** The session that a secret opens now, or null: unknown, ended, too old or too long idle are one answer. */
export async function recognise(tools: Tools, secret: string): Promise<Session | null> {
  const { db, clock } = tools;
  const at = clock.now();
  const session = await peek(tools, secret);
  if (session && isSeenLongAgo(session, at)) await db.change(SYSTEM.access, (trx) => markSeen(trx, session.id, at));
  return session;
}

/** The same, without being a sign of life. */
export async function peek({ db, clock }: Tools, secret: string): Promise<Session | null> {
  const session = await db.as(SYSTEM.access, (reader) => findSession(reader, hashOf(secret)));
  return session && isOpen(session, clock.now()) ? session : null;
}

/** Ends this session, or every session of this person. */
export async function signOut(
  { db, clock }: Tools,
  actor: Actor,
  secret: string,
  everywhere: boolean,
): Promise<number> {
  const at = clock.now();
  return db.change(SYSTEM.access, async (trx) => {
    const session = await findSession(trx, hashOf(secret));
    if (!session) return 0;
    const count = await endSessions(trx, everywhere ? { personId: session.personId } : { id: session.id }, at);
    await recordEnd(trx, actor, { personId: session.personId, sessionId: session.id, count }, at);
    return count;
  });
}

/** One session of mine, or all but the one by which I ask. */
export async function endOwnSessions({ db, clock }: Tools, actor: Actor, id: string | null): Promise<number> {
  mustBeAtHome(actor);
  const at = clock.now();
  return db.change(SYSTEM.access, async (trx) => {
    if (id !== null && !(await isSessionOf(trx, id, actor.id))) {
      throw new Refusal('access.session_not_found', `You have no session ${id}.`);
    }
    const count = await endSessions(trx, id ? { id } : { personId: actor.id, but: actor.sessionId }, at);
    if (count > 0) await recordEnd(trx, actor, { personId: actor.id, sessionId: id ?? actor.sessionId!, count }, at);
    return count;
  });
}

/** Written down by whoever ends sessions: the person, or an admin for them. */
export function recordEnd(
  trx: Trx,
  actor: Pick<Actor, 'id' | 'compartments'>,
  { personId, sessionId, count }: { personId: string; sessionId: string; count: number },
  at: Date,
): Promise<void> {
  return record(trx, actor, {
    name: 'session.ended',
    at,
    compartment: EVERYBODY,
    subject: { kind: 'session', id: sessionId },
    payload: { personId, count },
  });
}
