/** Who calls proves that it knows the secret, by a signature over what it sends. Every way compares in constant time. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ConnectorKind } from '@groundswell/contract';

export interface SignedCall {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly now: Date;
}

const PREFIX = 'whsec_';
/** Clocks differ, and a call may wait on its way; a signature that is older is a copy. */
const TOLERANCE_MS = 5 * 60_000;

/** A secret as Standard Webhooks writes it. It asks for 24 to 64 bytes; some senders give less, and nobody can change that. */
export function isSigningSecret(said: string): boolean {
  if (!said.startsWith(PREFIX) || !/^[A-Za-z0-9+/]+={0,2}$/.test(said.slice(PREFIX.length))) return false;
  const { length } = Buffer.from(said.slice(PREFIX.length), 'base64');
  return length >= 16 && length <= 64;
}

export const newSigningSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

/** What tells a call from every other with the same secret, or null if it was not signed with one of them. */
export function signedBy(kind: ConnectorKind, call: SignedCall, secrets: readonly string[]): string | null {
  const check = CHECKS[kind];
  if (!check) return null;
  let id: string | null = null;
  for (const secret of secrets) id = check(call, secret) ?? id; // all of them: how long it takes tells nothing
  return id;
}

const CHECKS: Partial<Record<ConnectorKind, (call: SignedCall, secret: string) => string | null>> = {
  /** Standard Webhooks: `v1,` and base64 of HMAC-SHA256 over id, time and body; several while a secret is changed. */
  standard_webhook({ headers, body, now }, secret) {
    const { 'webhook-id': id = '', 'webhook-timestamp': time = '', 'webhook-signature': signatures = '' } = headers;
    const wanted = createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
      .update(`${id}.${time}.`)
      .update(body)
      .digest('base64');
    const fits = signatures.split(' ', SIGNATURES_MAX).filter((one) => same(one, `v1,${wanted}`)).length > 0;
    const isWhole = id !== '' && id.length <= 200 && /^\d{1,12}$/.test(time);
    return fits && isWhole && isFresh(Number(time) * 1000, now) ? id : null;
  },

  /** The invocation's id is not under the signature, so the signature itself tells calls apart. */
  zendesk_webhook({ headers, body, now }, secret) {
    const time = headers['x-zendesk-webhook-signature-timestamp'] ?? '';
    const given = headers['x-zendesk-webhook-signature'] ?? '';
    const wanted = createHmac('sha256', secret).update(time).update(body).digest('base64');
    return same(given, wanted) && isFresh(Date.parse(time), now) ? wanted : null;
  },

  /** Signs no time: the same words always have the same signature, and are one call. */
  intercom_webhook({ headers, body }, secret) {
    const wanted = `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;
    return same(headers['x-hub-signature'] ?? '', wanted) ? wanted : null;
  },
};

const SIGNATURES_MAX = 10;

const isFresh = (at: number, now: Date): boolean => Math.abs(now.getTime() - at) <= TOLERANCE_MS;

/** Hashed first: so both are equally long, and the comparison tells nothing of either. */
function same(a: string, b: string): boolean {
  const hash = (said: string) => createHash('sha256').update(said).digest();
  return timingSafeEqual(hash(a), hash(b));
}
