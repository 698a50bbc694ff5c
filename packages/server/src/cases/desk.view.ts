/** My desk, as its screen shows it. */
import { type Desk, PRIORITIES } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import type { Db } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { mustBePerson } from './case.actions.ts';
import { referenceOf } from './case.key.ts';
import { casesById } from './case.store.ts';
import { namesIn, viewCases, viewTask } from './case.view.ts';
import { countDesk, countPriorities, draftsBy, firstUnowned, lastChanged } from './desk.store.ts';
import { openTasksOf } from './task.store.ts';

const FIRST = 10;
const TASKS = 50;

export async function deskOf({ db, clock }: Tools, actor: Actor): Promise<Desk> {
  mustHave(actor, 'case.read');
  mustBePerson(actor);
  return db.as(actor, async (reader) => {
    const counts = await countDesk(reader, actor.id, clock.now());
    const [unowned, mine] = [await countPriorities(reader, null), await countPriorities(reader, actor.id)];
    return {
      mine: {
        open: counts.mineOpen,
        waiting: counts.mineWaiting,
        resolved: counts.mineResolved,
        byPriority: byPriority(mine),
      },
      team: { open: counts.teamOpen, waiting: counts.teamWaiting, unowned: counts.teamUnowned },
      unowned: {
        total: counts.unowned,
        byPriority: byPriority(unowned),
        first: await viewCases(reader, actor, await firstUnowned(reader, FIRST), clock.now()),
      },
      partnersLate: counts.partnersLate,
      endsProposed: counts.endsProposed,
      ...(await ownOf(reader, actor)),
      changed: await viewCases(reader, actor, await lastChanged(reader, actor.id, FIRST), clock.now()),
    };
  });
}

const byPriority = (counts: ReadonlyMap<number, number>): Desk['mine']['byPriority'] =>
  Object.fromEntries(PRIORITIES.map((name, i) => [name, counts.get(i) ?? 0])) as Desk['mine']['byPriority'];

/** Tasks and drafts, each with the case that it belongs to. */
async function ownOf(db: Db, actor: Actor): Promise<Pick<Desk, 'tasks' | 'drafts'>> {
  const tasks = await openTasksOf(db, actor.id, TASKS);
  const drafts = await draftsBy(db, actor.id, TASKS);
  const cases = await casesById(
    db,
    [...tasks, ...drafts].map(({ caseId }) => caseId),
  );
  const names = await namesIn(
    db,
    tasks.flatMap(({ ownerId, madeBy }) => [ownerId, madeBy]),
  );
  const called = (id: string) => {
    const kase = cases.get(id);
    return kase && referenceOf(kase);
  };
  return {
    tasks: tasks.flatMap((task) => {
      const reference = called(task.caseId);
      return reference ? [{ caseId: task.caseId, reference, task: viewTask(task, names) }] : [];
    }),
    drafts: drafts.flatMap(({ caseId, kind, at }) => {
      const reference = called(caseId);
      return reference ? [{ caseId, reference, kind, at: at.toISOString() }] : [];
    }),
  };
}
