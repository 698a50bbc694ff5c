/** A list that can leave the house as rows. The slice that owns the list says what is in it; here is how it leaves. Pure. */
import type { Capability, ExportList } from '@groundswell/contract';
import type { z } from 'zod';
import type { Actor } from '../access/index.ts';
import type { Db } from '../platform/db.ts';

export type Cell = string | number | boolean | Date | null;
export type Row = readonly Cell[];

export interface Page {
  readonly rows: readonly Row[];
  /** Where the next page begins, in the words of the list; null behind the last. */
  readonly next: unknown;
}

/** A list as one person asks for it. */
export interface Reading {
  /** By compartment, counted no further than `limit` in all. */
  count(db: Db, limit: number): Promise<ReadonlyMap<string, number>>;
  page(db: Db, after: unknown): Promise<Page>;
}

interface ListingEndpoint {
  readonly method: 'GET';
  readonly path: `/api/${string}`;
  readonly right: Capability | 'signed_in';
  readonly params?: z.ZodType;
  readonly query: z.ZodType;
  readonly reply: 'csv';
}

export interface Listing {
  readonly list: ExportList;
  readonly endpoint: ListingEndpoint;
  /** Names in English codes: a file is read by programs too. */
  readonly columns: readonly string[];
  /**
   * @param query as the schemas of the endpoint have read it, its parameters included
   * @param at when it was asked for
   */
  readonly read: (query: Readonly<Record<string, unknown>>, actor: Actor, at: Date) => Reading;
}

/** A row of a list that is known as a whole; null where it belongs to the house and to no compartment. */
export interface WholeRow {
  readonly compartment: string | null;
  readonly row: Row;
}

interface WholeList extends Omit<Listing, 'read'> {
  readonly rows: (db: Db, query: Readonly<Record<string, unknown>>, by: By) => Promise<WholeRow[]>;
}

interface By {
  readonly actor: Actor;
  readonly at: Date;
}

/** A list that its screen shows whole too: read at once, and its rows counted where they belong. */
export const wholeListing = ({ rows, ...list }: WholeList): Listing => ({
  ...list,
  read: (query, actor, at) => ({
    async count(db) {
      const found = await rows(db, query, { actor, at });
      const grouped = Map.groupBy(found, ({ compartment }) => compartment ?? actor.compartments[0]!);
      return new Map([...grouped].map(([compartment, of]) => [compartment, of.length]));
    },
    async page(db) {
      const found = await rows(db, query, { actor, at });
      return { rows: found.map(({ row }) => row), next: null };
    },
  }),
});

/** Several words in one cell. */
export const several = (words: readonly string[]): string => words.join('; ');

/** What everybody may say of a file, whatever the list. */
export interface Form {
  readonly bom: boolean;
  readonly covered: boolean;
}

export const formOf = ({ bom, covered }: Readonly<Record<string, unknown>>): Form => ({
  bom: bom !== false,
  covered: covered === true,
});

export const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
