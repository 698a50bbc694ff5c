/** What is said outside of a case, at rest: in a table of its own, so that nothing inside can be among it. */
import type { CaseMessage } from '@groundswell/contract';
import type { Generated } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    case_messages: MessagesTable;
  }
}

interface MessagesTable {
  id: Generated<string>;
  compartment: string;
  case_id: string;
  direction: CaseMessage['direction'];
  state: CaseMessage['state'];
  language: string | null;
  text: string;
  template_id: string | null;
  broadcast_id: string | null;
  author_id: string | null;
  at: Date;
  leaves_at: Date | null;
  settled_at: Date | null;
}

const MESSAGE = [
  'id',
  'compartment',
  'case_id as caseId',
  'direction',
  'state',
  'language',
  'text',
  'template_id as templateId',
  'broadcast_id as broadcastId',
  'author_id as authorId',
  'at',
  'leaves_at as leavesAt',
  'settled_at as settledAt',
] as const;

export interface Message {
  readonly id: string;
  readonly compartment: string;
  readonly caseId: string;
  readonly direction: CaseMessage['direction'];
  readonly state: CaseMessage['state'];
  readonly language: string | null;
  readonly text: string;
  readonly templateId: string | null;
  readonly broadcastId: string | null;
  readonly authorId: string | null;
  readonly at: Date;
  readonly leavesAt: Date | null;
  readonly settledAt: Date | null;
}

/** Oldest first; of very many the latest. */
export async function messagesOf(db: Db, caseId: string, limit: number): Promise<Message[]> {
  const said = db.selectFrom('case_messages').select(MESSAGE).where('case_id', '=', caseId);
  return (await said.orderBy('at', 'desc').orderBy('id').limit(limit).execute()).reverse();
}

export async function messageOf(db: Db, caseId: string, id: string): Promise<Message | undefined> {
  const said = db.selectFrom('case_messages').select(MESSAGE).where('case_id', '=', caseId);
  return said.where('id', '=', id).executeTakeFirst();
}

export async function insertMessage(trx: Trx, said: Omit<Message, 'id'>): Promise<Message> {
  return trx
    .insertInto('case_messages')
    .values({
      compartment: said.compartment,
      case_id: said.caseId,
      direction: said.direction,
      state: said.state,
      language: said.language,
      text: said.text,
      template_id: said.templateId,
      broadcast_id: said.broadcastId,
      author_id: said.authorId,
      at: said.at,
      leaves_at: said.leavesAt,
      settled_at: said.settledAt,
    })
    .returning(MESSAGE)
    .executeTakeFirstOrThrow();
}

/** Of a cancel and a send the first to come here wins: the other finds that it is held no more, and gets nothing. */
export async function settleMessage(
  trx: Trx,
  id: string,
  state: 'left' | 'cancelled',
  at: Date,
): Promise<Message | undefined> {
  const held = trx.updateTable('case_messages').set({ state, settled_at: at }).where('id', '=', id);
  return held.where('state', '=', 'held').returning(MESSAGE).executeTakeFirst();
}

/** Those whose time to be taken back is over. */
export async function dueMessages(db: Db, now: Date): Promise<string[]> {
  const due = db.selectFrom('case_messages').select('id').where('state', '=', 'held').where('leaves_at', '<=', now);
  return (await due.orderBy('leaves_at').limit(500).execute()).map(({ id }) => id);
}

export async function heldMessage(db: Db, id: string): Promise<Message | undefined> {
  const held = db.selectFrom('case_messages').select(MESSAGE).where('id', '=', id);
  return held.where('state', '=', 'held').executeTakeFirst();
}
