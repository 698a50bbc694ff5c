/** One change to people, roles or links at a time, by somebody who may make it at that moment. */
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { type Actor, mustBeAtHome, mustHave } from './actor.ts';
import { mustLeaveAnAdmin, rightsOf, takePeopleTurn } from './rights.store.ts';
import { mustStillManage, type Rights } from './rights.ts';
import { EVERYBODY } from './session.actions.ts';

export interface Change {
  readonly trx: Trx;
  readonly at: Date;
  /** The rights of whoever makes it, as they are in this transaction and not as they were when the request came in. */
  readonly mine: Rights;
}

/** Waits for its turn, asks again who I am, and keeps what was done only if an admin is left. */
export async function changePeople<T>(
  { db, clock }: Tools,
  actor: Actor,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  mustHave(actor, 'people.manage');
  mustBeAtHome(actor);
  const at = clock.now();
  // what happens to people is recorded where everybody may read it, also by somebody who is not in there
  const asker = { ...actor, compartments: [...new Set([...actor.compartments, EVERYBODY])] };
  return db.change(asker, async (trx) => {
    await takePeopleTurn(trx);
    const mine = await rightsOf(trx, actor.id);
    mustStillManage(mine ?? { active: false, roles: [], can: new Set() });
    const done = await work({ trx, at, mine: mine! });
    await mustLeaveAnAdmin(trx);
    return done;
  });
}
