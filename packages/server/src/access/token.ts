/** A token: what a program shows instead of a person. It sends one kind of thing and can do nothing else. Pure. */
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
  type TokenPurpose,
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
const MAY: Readonly<Record<TokenPurpose, readonly Capability[]>> = {
  signals: ['signal.send', 'import.run'],
  background: ['background.send'],
};

/** Where a token is heard at all. Its rights alone would also let it make sources and list what others import. */
const HEARD: ReadonlySet<string> = new Set(
  [
    ...[sendSignals, sendBatch, readBatch, uploadImport, tryImport, startImport, cancelImport, readImport],
    ...[listRefusedRows, downloadRefusedRows],
    ...[sendActiveUsers, uploadActiveUsers, sendChanges, uploadChanges],
  ].map(({ method, path }: Endpoint) => `${method} ${path}`),
);

export const isHeard = (method: string, path: string): boolean => HEARD.has(`${method} ${path}`);

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
}

export const tokenActor = ({ id, name, purpose, sourceId, compartment }: FoundToken): Actor => ({
  id: `token.${id}`,
  name,
  kind: 'token',
  compartments: [compartment],
  can: new Set<string>(MAY[purpose]),
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
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export const viewToken = ({ compartment: _, ...token }: Token): TokenView => ({
  ...token,
  createdAt: token.createdAt.toISOString(),
  lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  revokedAt: token.revokedAt?.toISOString() ?? null,
});
