/** Naming authors, and what can be done with the keys that name them. */
import { randomBytes } from 'node:crypto';
import { Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Gate, Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import type { Vault } from '../platform/vault.ts';
import { forgetKeysBefore, type KeyRow, keepKey, keysOf, newestKey, takeTurn } from './pseudonym.store.ts';
import { pseudonymiser } from './pseudonym.ts';

/** A rotation by another process is noticed after so long at the latest. */
const FRESH_MS = 2_000;

const KEY_BYTES = 32;

interface Held {
  readonly readAt: number;
  readonly name: (author: string) => string;
}

/** By gate: a process has one, and two houses of a test never share. */
const held = new WeakMap<Gate, Map<string, Held>>();

/**
 * Names authors of a compartment under its newest key, which is made when there is none. Ask again for every batch:
 * what is returned keeps the key that was newest when it was asked for.
 */
export async function pseudonymsOf(
  tools: Tools,
  actor: Actor,
  compartment: string,
): Promise<(author: string) => string> {
  mustBeInside(actor, compartment);
  const now = tools.clock.now().getTime();
  const before = cacheOf(tools.db).get(compartment);
  if (before && now >= before.readAt && now - before.readAt < FRESH_MS) return before.name;

  const key = await newestOrNew(tools, actor, compartment);
  const name = pseudonymiser(key.version, openKey(tools.vault, key));
  keepHeld(cacheOf(tools.db), compartment, { readAt: now, name });
  return name;
}

/** Keys of compartments in which nobody writes any more do not stay in memory: some go with an invented world. */
function keepHeld(cache: Map<string, Held>, compartment: string, fresh: Held): void {
  for (const [name, { readAt }] of cache) if (fresh.readAt - readAt >= FRESH_MS) cache.delete(name);
  cache.set(compartment, fresh);
}

function cacheOf(db: Gate): Map<string, Held> {
  const found = held.get(db) ?? new Map<string, Held>();
  held.set(db, found);
  return found;
}

/** Deny by default; a compartment that does not exist is answered like one that is closed. */
export function mustBeInside(actor: Actor, compartment: string): void {
  if (actor.compartments.includes(compartment)) return;
  throw new Refusal('access.not_allowed', 'You are not in this compartment. Choose one that you are in.');
}

type OpenKey = KeyRow & { readonly sealed: Buffer };
const isOpen = (key: KeyRow | undefined): key is OpenKey => key !== undefined && key.sealed !== null;

/** The newest key that is kept. Of two that find none at once, one makes it and the other finds it. */
export async function newestOrNew({ db, clock, vault }: Tools, actor: Actor, compartment: string): Promise<OpenKey> {
  const found = await db.as(actor, (reader) => newestKey(reader, compartment));
  if (isOpen(found)) return found;
  return db.change(actor, async (trx) => {
    await takeTurn(trx, compartment);
    const meanwhile = await newestKey(trx, compartment);
    return isOpen(meanwhile) ? meanwhile : makeKey(trx, vault, compartment, (meanwhile?.version ?? 0) + 1, clock.now());
  });
}

async function makeKey(trx: Trx, vault: Vault, compartment: string, version: number, at: Date): Promise<OpenKey> {
  const sealed = vault.seal(randomBytes(KEY_BYTES).toString('base64'), purposeOf(compartment, version));
  const key = { compartment, version, sealed, made_at: at };
  await keepKey(trx, key);
  return { ...key, forgotten_at: null };
}

/** Bound to its place: a key that is copied into another row does not open there. */
const purposeOf = (compartment: string, version: number): string => `pseudonym key ${version} of ${compartment}`;
const openKey = (vault: Vault, { sealed, compartment, version }: OpenKey): string =>
  vault.open(sealed, purposeOf(compartment, version));

/** From now on authors get other names. */
export async function rotatePseudonyms(
  { db, clock, vault }: Tools,
  actor: Actor,
  { compartment }: { compartment: string },
): Promise<void> {
  mustHave(actor, 'source.manage');
  mustBeInside(actor, compartment);
  const at = clock.now();

  await db.change(actor, async (trx) => {
    await takeTurn(trx, compartment);
    const version = ((await newestKey(trx, compartment))?.version ?? 0) + 1;
    await makeKey(trx, vault, compartment, version, at);
    await record(trx, actor, {
      name: 'pseudonyms.rotated',
      at,
      compartment,
      subject: { kind: 'compartment', id: compartment },
      payload: { version },
    });
  });
  cacheOf(db).delete(compartment);
}

/** Forgetting twice changes nothing. The newest key stays: it names the authors of today. */
export async function forgetOlderKeys(
  { db, clock }: Tools,
  actor: Actor,
  { compartment }: { compartment: string },
): Promise<void> {
  mustHave(actor, 'source.manage');
  mustBeInside(actor, compartment);
  const at = clock.now();

  await db.change(actor, async (trx) => {
    await takeTurn(trx, compartment);
    const newest = await newestKey(trx, compartment);
    if (!newest || (await forgetKeysBefore(trx, compartment, newest.version, at)) === 0) return;
    await record(trx, actor, {
      name: 'pseudonyms.older_keys_forgotten',
      at,
      compartment,
      subject: { kind: 'compartment', id: compartment },
      payload: { version: newest.version },
    });
  });
}

export interface NamedUnder {
  readonly version: number;
  readonly pseudonym: string;
}

/** The names of one author under every key that is kept, newest first. That somebody asked is recorded; for whom, is not. */
export async function findAuthor(
  { db, clock, vault }: Tools,
  actor: Actor,
  { author, compartment }: { author: string; compartment: string },
): Promise<NamedUnder[]> {
  mustHave(actor, 'source.manage');
  mustBeInside(actor, compartment);

  return db.change(actor, async (trx) => {
    const named = (await keysOf(trx, compartment)).filter(isOpen).map((key) => {
      const { version } = key;
      return { version, pseudonym: pseudonymiser(version, openKey(vault, key))(author) };
    });
    await record(trx, actor, {
      name: 'author.looked_up',
      at: clock.now(),
      compartment,
      subject: { kind: 'compartment', id: compartment },
      payload: { versions: named.length },
    });
    return named;
  });
}
