/** What colleagues tell each other about a case, at rest: in a table that nothing outside is written from. */
import type { Generated } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    case_notes: NotesTable;
  }
}

interface NotesTable {
  id: Generated<string>;
  compartment: string;
  case_id: string;
  author_id: string;
  text: string;
  at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
}

const NOTE = [
  'id',
  'compartment',
  'case_id as caseId',
  'author_id as authorId',
  'text',
  'at',
  'edited_at as editedAt',
  'deleted_at as deletedAt',
] as const;

export interface Note {
  readonly id: string;
  readonly compartment: string;
  readonly caseId: string;
  readonly authorId: string;
  readonly text: string;
  readonly at: Date;
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
}

export async function notesOf(db: Db, caseId: string, limit: number): Promise<Note[]> {
  const said = db.selectFrom('case_notes').select(NOTE).where('case_id', '=', caseId);
  return (await said.orderBy('at', 'desc').orderBy('id').limit(limit).execute()).reverse();
}

export async function insertNote(
  trx: Trx,
  said: Pick<Note, 'compartment' | 'caseId' | 'authorId' | 'text' | 'at'>,
): Promise<Note> {
  const { compartment, caseId, authorId, text, at } = said;
  const row = { compartment, case_id: caseId, author_id: authorId, text, at, edited_at: null, deleted_at: null };
  return trx.insertInto('case_notes').values(row).returning(NOTE).executeTakeFirstOrThrow();
}

/** Held until the end of the transaction: a change and a deletion come one after the other. */
export async function holdNote(trx: Trx, caseId: string, id: string): Promise<Note | undefined> {
  const said = trx.selectFrom('case_notes').select(NOTE).where('case_id', '=', caseId).where('id', '=', id);
  return said.forUpdate().executeTakeFirst();
}

export async function saveNote(trx: Trx, { id, text, editedAt, deletedAt }: Note): Promise<void> {
  const said = { text, edited_at: editedAt, deleted_at: deletedAt };
  await trx.updateTable('case_notes').set(said).where('id', '=', id).execute();
}
