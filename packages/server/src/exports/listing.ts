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
  readonly right: Capability;
  readonly params?: z.ZodType;
  readonly query: z.ZodType;
  readonly reply: 'csv';
}

export interface Listing {
  readonly list: ExportList;
  readonly endpoint: ListingEndpoint;
  /** Names in English codes: a file is read by programs too. */
  readonly columns: readonly string[];
  /** @param query as the schemas of the endpoint have read it, its parameters included */
  readonly read: (query: Readonly<Record<string, unknown>>, actor: Actor) => Reading;
}

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
