/** The first admin: made by a one-time link that the start-up prints, because there is no default password. */
import { Refusal } from '@groundswell/contract';
import { record } from '../events.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { SYSTEM } from './actor.ts';
import { newPasswordHash } from './password-hash.ts';
import { isAnybodyThere, keepPerson } from './person.store.ts';
import { hashOf, newSecret } from './secret.ts';
import { EVERYBODY, type Opened, openSession } from './session.actions.ts';
import { closeLink, isLinkOpen, keepLink, takeTurn } from './setup.store.ts';
import type { Visitor } from './visitor.ts';

const LINK_MS = 24 * 3_600_000;

/**
 * A new link while nobody can sign in yet, else null. Each start makes one and voids those before it.
 * The secret stands behind `#`, which browsers do not send: it is in no log and no referrer.
 */
export async function firstAdminLink({ db, clock }: Tools, baseUrl: string): Promise<string | null> {
  const at = clock.now();
  const token = newSecret();
  const made = await db.change(SYSTEM.access, async (trx) => {
    await takeTurn(trx);
    if (await isAnybodyThere(trx)) return false;
    await keepLink(trx, hashOf(token), at, new Date(at.getTime() + LINK_MS));
    return true;
  });
  return made ? `${baseUrl.replace(/\/+$/, '')}/setup#${token}` : null;
}

export type LinkState = 'open' | 'used_or_expired' | 'already_set_up';

export function linkState({ db, clock }: Tools, token: string): Promise<LinkState> {
  return db.as(SYSTEM.access, (reader) => readLink(reader, token, clock.now()));
}

async function readLink(db: Db, token: string, at: Date): Promise<LinkState> {
  if (await isAnybodyThere(db)) return 'already_set_up';
  return (await isLinkOpen(db, hashOf(token), at)) ? 'open' : 'used_or_expired';
}

function mustBeOpen(state: LinkState): void {
  if (state === 'already_set_up') {
    throw new Refusal(
      'access.already_set_up',
      'This house has its first admin already. Sign in, or ask them for access.',
    );
  }
  if (state === 'used_or_expired') {
    throw new Refusal(
      'access.link_used_or_expired',
      'This link has expired or was replaced by a newer one. Restart Groundswell: it prints a new link.',
    );
  }
}

export interface SetUp {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly visitor: Visitor;
}

export async function setUp(tools: Tools, { token, name, email, password, visitor }: SetUp): Promise<Opened> {
  const { db, clock } = tools;
  mustBeOpen(await linkState(tools, token)); // asked twice: hashing is work that nobody does for a stranger
  const at = clock.now();
  const passwordHash = await newPasswordHash(password, { name, email });

  return db.change(SYSTEM.access, async (trx) => {
    await takeTurn(trx);
    mustBeOpen(await readLink(trx, token, at));
    await closeLink(trx, hashOf(token), at);
    const personId = await keepPerson(
      trx,
      { name, email, passwordHash, roles: ['admin'], compartments: [EVERYBODY] },
      at,
    );
    await record(
      trx,
      { id: personId, compartments: [EVERYBODY] },
      {
        name: 'person.set_up',
        at,
        compartment: EVERYBODY,
        subject: { kind: 'person', id: personId },
        payload: { personId },
      },
    );
    return openSession(trx, personId, visitor, at);
  });
}
