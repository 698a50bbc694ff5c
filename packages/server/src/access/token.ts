/** A token: what a program shows instead of a person. It sends one kind of thing, or reads, and can do nothing else. Pure. */
import {
  type Capability,
  cancelImport,
  downloadRefusedRows,
  type Endpoint,
  listRefusedRows,
  readBatch,
  readImport,
  sendActiveUsers,
  sendBatch,
  sendChanges,
  sendSignals,
  startImport,
  TOKEN_SCOPES,
  type TokenPurpose,
  type TokenScope,
  type TokenView,
  tryImport,
  uploadActiveUsers,
  uploadChanges,
  uploadImport,
} from '@groundswell/contract';
import type { Actor } from './actor.ts';

const PREFIX = 'gsw_';
/** Enough to tell tokens apart, too little to guess the rest from. */
const HINT_LENGTH = PREFIX.length + 4;
const MAY: Readonly<Record<Exclude<TokenPurpose, 'read'>, readonly Capability[]>> = {
  signals: ['signal.send', 'import.run'],
  background: ['background.send'],
};
const DAY_MS = 24 * 3_600_000;

/** Where a token that sends is heard at all. Its rights alone would also let it make sources and list what others import. */
const HEARD: ReadonlySet<string> = new Set(
  [
    ...[sendSignals, sendBatch, readBatch, uploadImport, tryImport, startImport, cancelImport, readImport],
    ...[listRefusedRows, downloadRefusedRows],
    ...[sendActiveUsers, uploadActiveUsers, sendChanges, uploadChanges],
  ].map(({ method, path }: Endpoint) => `${method} ${path}`),
);

/** What may be read with each scope: every list and page that asks for just that right, and nothing that changes anything. */
const readable = (method: string, right: string): boolean =>
  method === 'GET' && (TOKEN_SCOPES as readonly string[]).includes(right);

/** Whether it may be there at all is asked of its rights afterwards, as with people. */
export function isHeard(
  actor: Actor,
  { method, path, right }: { method: string; path: string; right: string },
): boolean {
  return actor.reads === true ? readable(method, right) : HEARD.has(`${method} ${path}`);
}

export const isOver = ({ expiresAt }: { expiresAt: Date | null }, now: Date): boolean =>
  expiresAt !== null && now.getTime() >= expiresAt.getTime();

export const endOf = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS);

/** Bearer and hint of a new token, from a secret that the caller has drawn. */
export function tokenFrom(secret: string): { token: string; hint: string } {
  const token = `${PREFIX}${secret}`;
  return { token, hint: token.slice(0, HINT_LENGTH) };
}

/** The token that a request shows, or null if it shows none. */
export function shownToken(authorization: string | undefined): string | null {
  const [scheme, token] = (authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token ? token : null;
}

export interface FoundToken {
  readonly id: string;
  readonly name: string;
  readonly purpose: TokenPurpose;
  readonly sourceId: string | null;
  readonly compartment: string;
  readonly scopes: readonly TokenScope[];
  readonly expiresAt: Date | null;
}

export const tokenActor = ({ id, name, purpose, sourceId, compartment, scopes }: FoundToken): Actor => ({
  id: `token.${id}`,
  name,
  kind: 'token',
  compartments: [compartment],
  can: new Set<string>(purpose === 'read' ? scopes : MAY[purpose]),
  ...(purpose === 'read' && { reads: true }),
  ...(sourceId && { sourceId }),
});

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly compartment: string;
  readonly purpose: TokenPurpose;
  readonly sourceId: string | null;
  readonly sourceName: string | null;
  readonly hint: string;
  readonly scopes: readonly TokenScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export const viewToken = ({ compartment: _, ...token }: Token): TokenView => ({
  ...token,
  scopes: [...token.scopes],
  createdAt: token.createdAt.toISOString(),
  expiresAt: token.expiresAt?.toISOString() ?? null,
  lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  revokedAt: token.revokedAt?.toISOString() ?? null,
});
