/**
 * The tables that the platform itself knows, as kysely sees them. Each slice adds its own by declaration merging,
 * so that the platform names no slice:
 *
 *     declare module '../platform/database.ts' {
 *       interface Database { cases: CasesTable }
 *     }
 */
import type { Generated } from 'kysely';

export interface Database {
  compartments: { name: string; title: string };
  events: EventsTable;
  event_payloads: EventPayloadsTable;
}

export interface EventsTable {
  id: Generated<string>;
  /** bigint as text: it does not fit a JavaScript number for ever. */
  seq: Generated<string>;
  xid: Generated<string>;
  at: Date;
  actor: string;
  name: string;
  subject_kind: string;
  subject_id: string;
  compartment: string;
  salt_hash: Buffer;
}

export interface EventPayloadsTable {
  event_id: string;
  compartment: string;
  salt: Buffer;
  /** jsonb: written as JSON text, read as the value. */
  payload: unknown;
}
