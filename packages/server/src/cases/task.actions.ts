/** Who does what until when, on a case. */
import { Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { colleaguesIn } from './around.store.ts';
import { mustBePerson } from './case.actions.ts';
import { say } from './case.events.ts';
import { loadCase } from './case.store.ts';
import type { Case } from './case.ts';
import { insertTask, loadTask, saveTask, type Task } from './task.store.ts';

interface Said {
  readonly text: string;
  readonly owner: string | null;
  readonly dueAt: string | null;
}
interface At {
  readonly ref: string;
  readonly id: string;
}

export async function addTask({ db, clock }: Tools, actor: Actor, ref: string, said: Said): Promise<Task> {
  mustHave(actor, 'case.work');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    await mustSee(trx, kase, said.owner);
    const { id: caseId, compartment } = kase;
    const task = await insertTask(trx, {
      ...{ compartment, caseId, text: said.text, ownerId: said.owner, dueAt: momentOf(said.dueAt) },
      ...{ madeBy: actor.id, madeAt: at },
    });
    const payload = { taskId: task.id, ownerId: task.ownerId, dueAt: said.dueAt };
    await say({ trx, actor, at }, kase, { name: 'case.task_made', payload });
    return task;
  });
}

const momentOf = (said: string | null): Date | null => (said === null ? null : new Date(said));

async function mustSee(trx: Trx, { compartment }: Case, owner: string | null): Promise<void> {
  if (owner === null || (await colleaguesIn(trx, compartment)).some(({ id }) => id === owner)) return;
  throw new Refusal('person.not_found', 'There is nobody of that name who may see this case. Nothing was changed.');
}

export async function changeTask(
  { db, clock }: Tools,
  actor: Actor,
  { ref, id }: At,
  { version, ...said }: Said & { version: number },
): Promise<Task> {
  mustHave(actor, 'case.work');
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const before = await loadTask(trx, kase.id, id);
    await mustSee(trx, kase, said.owner);
    const next = { ...before, text: said.text, ownerId: said.owner, dueAt: momentOf(said.dueAt) };
    const task = await saveTask(trx, next, version);
    const payload = { taskId: id, ownerId: task.ownerId, dueAt: said.dueAt };
    await say({ trx, actor, at }, kase, { name: 'case.task_changed', payload });
    return task;
  });
}

export async function settleTask({ db, clock }: Tools, actor: Actor, { ref, id }: At, done: boolean): Promise<Task> {
  mustHave(actor, 'case.work');
  mustBePerson(actor);
  const at = clock.now();
  return db.change(actor, async (trx) => {
    const kase = await loadCase(trx, ref);
    const before = await loadTask(trx, kase.id, id);
    if ((before.doneAt !== null) === done) return before;
    const task = await saveTask(
      trx,
      { ...before, doneAt: done ? at : null, doneBy: done ? actor.id : null },
      before.version,
    );
    await say({ trx, actor, at }, kase, {
      name: done ? 'case.task_done' : 'case.task_undone',
      payload: { taskId: id },
    });
    return task;
  });
}
