/** Making and revoking tokens, and recognising the program that shows one. */
import { type makeToken as makeEndpoint, Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import { record } from '../events.ts';
import type { Gate } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type Actor, mustHave, SYSTEM } from './actor.ts';
import { mustNotGiveBeyond } from './rights.ts';
import { hashOf, newSecret } from './secret.ts';
import {
  findToken,
  keepCompartmentToken,
  keepSignalToken,
  loadToken,
  markRevoked,
  markUsed,
  USED_EVERY_MS,
} from './token.store.ts';
import { endOf, isOver, type Token, tokenActor, tokenFrom } from './token.ts';

/** The token itself leaves here once and is never seen again. */
export async function makeToken(
  { db, clock }: Tools,
  actor: Actor,
  asked: z.output<typeof makeEndpoint.body>,
): Promise<{ token: string; kept: Token }> {
  mustHave(actor, 'source.manage');
  const at = clock.now();
  const { token, hint } = tokenFrom(newSecret());
  if (asked.purpose === 'read') mustNotGiveBeyond(actor.can, asked.scopes);
  if (asked.purpose !== 'signals' && !actor.compartments.includes(asked.compartment)) {
    throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
  }

  return db.change(actor, async (trx) => {
    const made = {
      name: asked.name,
      tokenHash: hashOf(token),
      hint,
      createdBy: actor.id,
      expiresAt: endOf(at, asked.expiresInDays),
    };
    const id =
      asked.purpose === 'signals'
        ? await keepSignalToken(trx, asked.sourceId, made, at)
        : await keepCompartmentToken(trx, asked, made, at);
    const kept = await loadToken(trx, id);
    await record(trx, actor, {
      name: 'token.made',
      at,
      compartment: kept.compartment,
      subject: { kind: 'token', id },
      payload: { tokenId: id, sourceId: kept.sourceId },
    });
    return { token, kept };
  });
}

/** Revoking twice changes nothing. */
export async function revokeToken({ db, clock }: Tools, actor: Actor, id: string): Promise<Token> {
  mustHave(actor, 'source.manage');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const { compartment, sourceId } = await loadToken(trx, id);
    if (await markRevoked(trx, id, at)) {
      await record(trx, actor, {
        name: 'token.revoked',
        at,
        compartment,
        subject: { kind: 'token', id },
        payload: { tokenId: id, sourceId },
      });
    }
    return loadToken(trx, id);
  });
}

export async function recogniseToken({ db, clock }: Tools, token: string): Promise<Actor | null> {
  const found = await db.as(SYSTEM.access, (reader) => findToken(reader, hashOf(token)));
  const at = clock.now();
  if (!found || isOver(found, at)) return null;
  const actor = tokenActor(found);
  if (wasJustMarked(db, found.id, at)) return actor;
  await db.change(actor, (trx) => markUsed(trx, found.id, at));
  markedOf(db).set(found.id, at.getTime());
  return actor;
}

/** When this process last said that a token was used; asking the database costs every request a transaction. */
const marked = new WeakMap<Gate, Map<string, number>>();
const MARKED_MAX = 10_000;

function markedOf(db: Gate): Map<string, number> {
  const known = marked.get(db);
  if (known && known.size < MARKED_MAX) return known;
  const fresh = new Map<string, number>();
  marked.set(db, fresh);
  return fresh;
}

function wasJustMarked(db: Gate, id: string, now: Date): boolean {
  const sinceMs = now.getTime() - (markedOf(db).get(id) ?? Number.NEGATIVE_INFINITY);
  return sinceMs >= 0 && sinceMs < USED_EVERY_MS;
}
