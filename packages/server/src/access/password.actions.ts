/** New passwords: my own, by the old one; or by a link that an admin has made. */
import { type LinkMade, Refusal } from '@groundswell/contract';
import { record } from '../events.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type Actor, mustBeAtHome, SYSTEM } from './actor.ts';
import { countAttempt, uncountAttempt } from './attempt.store.ts';
import { countersForOwn } from './attempt.ts';
import { changePeople } from './keeper.actions.ts';
import { makeLink, openLink } from './link.actions.ts';
import { holdMemberships, voidLinks } from './link.store.ts';
import { mustBeStrong } from './password.ts';
import { isPassword, newPasswordHash } from './password-hash.ts';
import { findCredentials, loadFace, savePassword } from './person.store.ts';
import { rightsOf, takePeopleTurn } from './rights.store.ts';
import { mustNotStandBelow } from './rights.ts';
import { EVERYBODY, type Opened, openSession } from './session.actions.ts';
import { endSessions } from './session.store.ts';
import type { Visitor } from './visitor.ts';

/** Ends every other session, and voids links to a new one: whoever had the old password or a link is out. */
export async function changeOwnPassword(
  { db, clock }: Tools,
  actor: Actor,
  { old, password }: { old: string; password: string },
): Promise<number> {
  mustBeAtHome(actor);
  const at = clock.now();
  const counters = countersForOwn(actor.id);
  const { face, credentials } = await db.as(SYSTEM.access, async (reader) => {
    const face = await loadFace(reader, actor.id);
    return { face, credentials: await findCredentials(reader, face.email) };
  });
  mustBeStrong(password, face);
  await db.change(SYSTEM.access, (trx) => countAttempt(trx, counters, at));
  if (!(await isPassword(credentials?.passwordHash ?? null, old))) {
    throw new Refusal('access.wrong_password', 'This is not your present password. Nothing was changed; try again.');
  }
  const passwordHash = await newPasswordHash(password, face);

  return db.change(SYSTEM.access, async (trx) => {
    await takePeopleTurn(trx);
    await uncountAttempt(trx, counters);
    await savePassword(trx, actor.id, passwordHash);
    await voidLinks(trx, { personId: actor.id }, at);
    const sessions = await endSessions(trx, { personId: actor.id, but: actor.sessionId }, at);
    const subject = { kind: 'person', id: actor.id } as const;
    const payload = { personId: actor.id, sessions };
    await record(trx, actor, { name: 'password.changed', at, compartment: EVERYBODY, subject, payload });
    return sessions;
  });
}

/**
 * For somebody who has forgotten theirs. Whoever holds the link comes in as them, so not everybody may make it, and what
 * its maker is not in stays shut (ADR 17). The maker learns nothing of whether there is any such thing.
 */
export function makeResetLink(tools: Tools, actor: Actor, personId: string): Promise<LinkMade> {
  return changePeople(tools, actor, async ({ trx, at, mine }) => {
    const theirs = await rightsOf(trx, personId);
    if (!theirs) throw new Refusal('person.not_found', `There is no person ${personId}.`);
    if (personId === actor.id) {
      throw new Refusal(
        'person.self',
        'You know your password: change it on your own page, where the old one is asked.',
      );
    }
    if (!theirs.active) {
      throw new Refusal('person.wrong_state', 'This person is deactivated. Let them back in first.');
    }
    mustNotStandBelow(mine.can, theirs);
    const { id, link } = await makeLink(trx, { personId }, actor.id, at);
    await record(trx, actor, {
      name: 'password.link_made',
      at,
      compartment: EVERYBODY,
      subject: { kind: 'person', id: personId },
      payload: { personId, linkId: id },
    });
    return link;
  });
}

export function resetPassword(
  tools: Tools,
  { token, password, visitor }: { token: string; password: string; visitor: Visitor },
): Promise<Opened> {
  const at = tools.clock.now();
  return openLink(tools, token, 'reset', {
    before: ({ name, email }) => newPasswordHash(password, { name, email }),
    async work(trx, { id, personId, beyond }, passwordHash, asker) {
      await savePassword(trx, personId!, passwordHash);
      const sessions = await endSessions(trx, { personId: personId! }, at);
      await shutOut(trx, asker, { personId: personId!, linkId: id, beyond }, at);
      await record(
        trx,
        { id: personId!, compartments: [EVERYBODY] },
        {
          name: 'password.reset',
          at,
          compartment: EVERYBODY,
          subject: { kind: 'person', id: personId! },
          payload: { personId: personId!, linkId: id, sessions },
        },
      );
      return openSession(trx, personId!, visitor, at);
    },
  });
}

interface ShutOut {
  readonly personId: string;
  readonly linkId: string;
  readonly beyond: readonly string[];
}

async function shutOut(trx: Trx, asker: Actor, { personId, linkId, beyond }: ShutOut, at: Date): Promise<void> {
  await holdMemberships(trx, personId, beyond, at);
  const self = { id: personId, compartments: asker.compartments };
  const subject = { kind: 'person', id: personId } as const;
  for (const compartment of beyond) {
    await record(trx, self, { name: 'membership.held', at, compartment, subject, payload: { personId, linkId } });
  }
}
