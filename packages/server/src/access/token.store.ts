/**
 * Tokens at rest: hashes only. Of the sources, which belong to a slice above, the name is read here and nothing else:
 * a token without the name of its source could not be told apart from another.
 */
import { Refusal } from '@groundswell/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import type { FoundToken, Token } from './token.ts';

/** Times of use are not kept more finely. */
export const USED_EVERY_MS = 60_000;

const selectToken = (condition: RawBuilder<unknown>) => sql<Token>`
  select t.id, t.name, t.compartment, t.purpose, t.source_id as "sourceId", s.name as "sourceName", t.hint,
         t.scopes, t.created_at as "createdAt", t.expires_at as "expiresAt", t.last_used_at as "lastUsedAt", t.revoked_at as "revokedAt"
    from api_tokens t left join sources s on s.id = t.source_id
   where ${condition}
   order by t.created_at desc, t.id`;

export async function listTokens(db: Db): Promise<Token[]> {
  return (await selectToken(sql`true`).execute(db)).rows;
}

export async function loadToken(db: Db, id: string): Promise<Token> {
  const { rows } = await selectToken(sql`t.id = ${id}`).execute(db);
  if (!rows[0]) throw new Refusal('access.token_not_found', `There is no token ${id}.`);
  return rows[0];
}

export interface NewToken {
  readonly name: string;
  readonly tokenHash: Buffer;
  readonly hint: string;
  readonly createdBy: string;
  readonly expiresAt: Date;
}

/** The token takes the compartment of its source, in one statement: they can never differ. */
export async function keepSignalToken(trx: Trx, sourceId: string, token: NewToken, at: Date): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into api_tokens (compartment, source_id, name, token_hash, hint, created_by, created_at, expires_at)
    select s.compartment, s.id, ${token.name}, ${token.tokenHash}, ${token.hint}, ${token.createdBy}, ${at},
           ${token.expiresAt}
      from sources s where s.id = ${sourceId}
    returning id`.execute(trx);
  if (!rows[0]) throw new Refusal('source.not_found', `There is no source ${sourceId}.`);
  return rows[0].id;
}

export type InCompartment =
  | { readonly purpose: 'background'; readonly compartment: string }
  | { readonly purpose: 'read'; readonly compartment: string; readonly scopes: readonly string[] };

/** For what belongs to a compartment and to no source. */
export async function keepCompartmentToken(trx: Trx, to: InCompartment, token: NewToken, at: Date): Promise<string> {
  const scopes = to.purpose === 'read' ? [...new Set(to.scopes)] : [];
  const { rows } = await sql<{ id: string }>`
    insert into api_tokens
           (compartment, purpose, scopes, name, token_hash, hint, created_by, created_at, expires_at)
    values (${to.compartment}, ${to.purpose}, ${scopes}, ${token.name}, ${token.tokenHash}, ${token.hint},
            ${token.createdBy}, ${at}, ${token.expiresAt})
    returning id`.execute(trx);
  return rows[0]!.id;
}

/** False if it had been revoked already. */
export async function markRevoked(trx: Trx, id: string, at: Date): Promise<boolean> {
  const done = await sql`update api_tokens set revoked_at = ${at} where id = ${id} and revoked_at is null`.execute(trx);
  return done.numAffectedRows === 1n;
}

export async function findToken(db: Db, tokenHash: Buffer): Promise<FoundToken | undefined> {
  const { rows } = await sql<FoundToken>`
    select id, name, purpose, source_id as "sourceId", compartment, scopes, expires_at as "expiresAt"
      from app.find_token(${tokenHash})`.execute(db);
  return rows[0];
}

export async function markUsed(trx: Trx, id: string, at: Date): Promise<void> {
  await sql`
    update api_tokens set last_used_at = ${at}
     where id = ${id} and (last_used_at is null or last_used_at <= ${new Date(at.getTime() - USED_EVERY_MS)})`.execute(
    trx,
  );
}
