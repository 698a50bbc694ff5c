/** Links: made once, shown once, used once. */
import type { LinkMade, readLink as readLinkEndpoint } from '@groundswell/contract';
import type { z } from 'zod';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type Actor, SYSTEM } from './actor.ts';
import { findLink, keepAccessLink, markLinkUsed } from './link.store.ts';
import { LIFE_MS, type Link, type LinkFor, mustOpen, mustTouchOnly, opens } from './link.ts';
import { takePeopleTurn } from './rights.store.ts';
import { hashOf, newSecret } from './secret.ts';
import { EVERYBODY, type Opened } from './session.actions.ts';

/** The secret leaves here once and is never seen again. */
export async function makeLink(
  trx: Trx,
  to: LinkFor,
  createdBy: string,
  at: Date,
): Promise<{ id: string; link: LinkMade }> {
  const token = newSecret();
  const expiresAt = new Date(at.getTime() + LIFE_MS['personId' in to ? 'reset' : 'invitation']);
  const id = await keepAccessLink(trx, { tokenHash: hashOf(token), to, createdBy, expiresAt }, at);
  return { id, link: { token, expiresAt: expiresAt.toISOString() } };
}

export async function lookAtLink(
  { db, clock }: Tools,
  token: string,
): Promise<z.output<typeof readLinkEndpoint.reply>> {
  const link = await db.as(SYSTEM.access, (reader) => findLink(reader, hashOf(token)));
  if (!opens(link, clock.now())) return { state: 'used_or_expired' };
  const { name, email, expiresAt } = link;
  const kind = link.invitationId ? 'invitation' : 'reset';
  return { state: 'open', kind, name, email, expiresAt: expiresAt.toISOString() };
}

interface Use<T> {
  /** Done outside any transaction, once the link is known to be good: hashing is work that nobody does for a stranger. */
  readonly before: (link: Link) => Promise<T>;
  readonly work: (trx: Trx, link: Link, prepared: T, asker: Actor) => Promise<Opened>;
}

/** Uses a link, once: of two who come at the same moment the second finds it used. */
export async function openLink<T>(
  { db, clock }: Tools,
  token: string,
  kind: 'invitation' | 'reset',
  { before, work }: Use<T>,
): Promise<Opened> {
  const at = clock.now();
  const seen = await db.as(SYSTEM.access, (reader) => findLink(reader, hashOf(token)));
  mustOpen(seen, kind, at);
  const prepared = await before(seen);
  // whoever comes in is let into the compartments that the link promises, and the record of that stands in there
  // or out of those that it must not open, and the record of that stands in there too
  const touched = [EVERYBODY, ...seen.compartments, ...seen.beyond];
  const asker = { ...SYSTEM.access, compartments: [...new Set(touched)] };
  return db.change(asker, async (trx) => {
    await takePeopleTurn(trx);
    const link = await findLink(trx, hashOf(token));
    mustOpen(link, kind, at);
    mustTouchOnly(link, asker.compartments);
    await markLinkUsed(trx, link.id, at);
    return work(trx, link, prepared, asker);
  });
}
