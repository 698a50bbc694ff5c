/** Tasks of cases, at rest. */
import { Refusal } from '@groundswell/contract';
import type { Generated } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    case_tasks: {
      id: Generated<string>;
      compartment: string;
      case_id: string;
      text: string;
      owner_id: string | null;
      due_at: Date | null;
      made_by: string | null;
      made_at: Date;
      done_at: Date | null;
      done_by: string | null;
      version: Generated<number>;
    };
  }
}

const TASK = [
  'id',
  'compartment',
  'case_id as caseId',
  'text',
  'owner_id as ownerId',
  'due_at as dueAt',
  'made_by as madeBy',
  'made_at as madeAt',
  'done_at as doneAt',
  'done_by as doneBy',
  'version',
] as const;

export interface Task {
  readonly id: string;
  readonly compartment: string;
  readonly caseId: string;
  readonly text: string;
  readonly ownerId: string | null;
  readonly dueAt: Date | null;
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly version: number;
}

export async function tasksOf(db: Db, caseId: string, limit: number): Promise<Task[]> {
  const tasks = db.selectFrom('case_tasks').select(TASK).where('case_id', '=', caseId);
  return tasks.orderBy('made_at').orderBy('id').limit(limit).execute();
}

export async function loadTask(db: Db, caseId: string, id: string): Promise<Task> {
  const task = db.selectFrom('case_tasks').select(TASK).where('case_id', '=', caseId).where('id', '=', id);
  const found = await task.executeTakeFirst();
  if (found) return found;
  throw new Refusal('case.part_not_found', 'There is no such task on this case.');
}

type NewTask = Pick<Task, 'compartment' | 'caseId' | 'text' | 'ownerId' | 'dueAt' | 'madeBy' | 'madeAt'>;

export async function insertTask(
  trx: Trx,
  { compartment, caseId, text, ownerId, dueAt, madeBy, madeAt }: NewTask,
): Promise<Task> {
  const row = {
    compartment,
    case_id: caseId,
    text,
    owner_id: ownerId,
    due_at: dueAt,
    made_by: madeBy,
    made_at: madeAt,
  };
  const made = trx.insertInto('case_tasks').values({ ...row, done_at: null, done_by: null });
  return made.returning(TASK).executeTakeFirstOrThrow();
}

export async function saveTask(trx: Trx, next: Task, seenVersion: number): Promise<Task> {
  const { text, ownerId, dueAt, doneAt, doneBy } = next;
  const said = { text, owner_id: ownerId, due_at: dueAt, done_at: doneAt, done_by: doneBy, version: seenVersion + 1 };
  const one = trx.updateTable('case_tasks').set(said).where('id', '=', next.id).where('version', '=', seenVersion);
  const saved = await one.returning(TASK).executeTakeFirst();
  if (saved) return saved;
  throw new Refusal(
    'case.changed_meanwhile',
    'Somebody else changed this task. Nothing of yours was kept. Look at it again.',
    {
      seenVersion,
    },
  );
}

/** Of one person, still open, what is due first; those without a time last. */
export async function openTasksOf(db: Db, ownerId: string, limit: number): Promise<Task[]> {
  const mine = db.selectFrom('case_tasks').select(TASK).where('owner_id', '=', ownerId).where('done_at', 'is', null);
  return mine
    .orderBy('due_at', (one) => one.asc().nullsLast())
    .orderBy('id')
    .limit(limit)
    .execute();
}
