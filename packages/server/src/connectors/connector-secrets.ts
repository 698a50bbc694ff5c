/** Secrets of a connector: sealed for it alone, opened for the length of one turn, and never in a sentence. */
import type { Vault } from '../platform/vault.ts';
import { WrongKey } from '../platform/vault.ts';
import { Problem, type Secrets } from './adapter.ts';

export interface KeptSecrets {
  readonly values: Secrets;
  /** What was valid before, of a webhook: until the sender knows the new one too. */
  readonly previous?: { readonly secret: string; readonly until: string };
}

/** As long as a sender may take to be told of the new secret. */
const PREVIOUS_LIVES_MS = 24 * 3_600_000;

const purposeOf = (connectorId: string): string => `connector ${connectorId}`;

export const sealSecrets = (vault: Vault, connectorId: string, kept: KeptSecrets): Buffer =>
  vault.seal(JSON.stringify(kept), purposeOf(connectorId));

interface Sealed {
  readonly id: string;
  readonly sealed: Buffer | null;
}

/** Throws a `Problem` when they were sealed by another house's key. */
export function openSecrets(vault: Vault, { id, sealed }: Sealed): KeptSecrets {
  if (!sealed) return { values: {} };
  try {
    return JSON.parse(vault.open(sealed, purposeOf(id))) as KeptSecrets;
  } catch (error) {
    if (!(error instanceof WrongKey)) throw error;
    throw new Problem(
      'The stored secrets cannot be opened: they were sealed with another SECRET_KEY. Enter them again, or start with the key of then.',
      { lasting: true },
    );
  }
}

/** What was given over what was kept; a secret for signatures leaves its predecessor valid for a day. */
export function replaceSecrets(before: KeptSecrets, given: Secrets, now: Date): KeptSecrets {
  const values = { ...before.values, ...given };
  const old = before.values.secret;
  if (old === undefined || values.secret === old) return { ...before, values };
  return { values, previous: { secret: old, until: new Date(now.getTime() + PREVIOUS_LIVES_MS).toISOString() } };
}

/** Every secret with which a call may be signed now. */
export function signingSecrets({ values, previous }: KeptSecrets, now: Date): string[] {
  const stillValid = previous && new Date(previous.until) > now ? [previous.secret] : [];
  return [...(values.secret === undefined ? [] : [values.secret]), ...stillValid];
}

const COVER = '•••';
/** Shorter ones would cover parts of ordinary words. */
const COVERED_FROM = 6;

/** Words of which nothing is a secret, whoever wrote them; of a key of several lines each line is one. */
export function withoutSecrets(words: string, secrets: Secrets): string {
  const parts = Object.values(secrets).flatMap((secret) => [secret, ...secret.split(/\s+/)]);
  const telling = parts.filter((part) => part.length >= COVERED_FROM).sort((a, b) => b.length - a.length);
  return telling.reduce((said, part) => said.replaceAll(part, COVER), words);
}
