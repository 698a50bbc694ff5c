/**
 * Small deliveries to one source share a transaction. The source is held by one transaction at a time; without this each
 * of a hundred concurrent senders would wait for it with a connection in its hand, and each would pay for a disk flush of
 * its own. While one transaction runs, those who come meanwhile wait here, and the next takes all of them.
 *
 * Only the same sender's are joined: a transaction speaks for one actor.
 */
import type { Asker, Gate } from '../platform/db.ts';
import { type Delivery, ROWS_PER_TRANSACTION } from './intake.ts';
import type { Outcome } from './revisions.ts';

interface Waiting {
  readonly delivery: Delivery;
  readonly done: (outcomes: Outcome[]) => void;
  readonly failed: (error: unknown) => void;
}

/** By house, since tests open several; within it by sender and source. */
const queues = new WeakMap<Gate, Map<string, Waiting[]>>();

/**
 * What became of the drafts of `delivery`, in order, once the transaction that holds them has been committed. If it fails,
 * all who shared it are told, and nothing of any of them was kept.
 */
export function together(
  db: Gate,
  actor: Asker,
  delivery: Delivery,
  keep: (joined: Delivery) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const house = queues.get(db) ?? new Map<string, Waiting[]>();
  queues.set(db, house);
  const key = `${actor.id} ${actor.compartments.join()} ${delivery.sourceId}`;
  return new Promise((done, failed) => {
    const queue = house.get(key);
    if (queue) return void queue.push({ delivery, done, failed });
    const fresh: Waiting[] = [{ delivery, done, failed }];
    house.set(key, fresh);
    void work(fresh, keep, () => house.delete(key));
  });
}

/**
 * Ends when nobody waits, and takes the queue away in the same breath, so that nobody joins one that has ended. Never
 * fails: each failure is told to those whom it concerns.
 */
async function work(queue: Waiting[], keep: (joined: Delivery) => Promise<Outcome[]>, end: () => void): Promise<void> {
  while (queue.length > 0) {
    const group = queue.splice(0, howMany(queue));
    try {
      const outcomes = await keep(joined(group));
      let from = 0;
      for (const { delivery, done } of group) {
        const drafts = delivery.rows.filter((row) => row.draft !== null).length;
        done(outcomes.slice(from, from + drafts));
        from += drafts;
      }
    } catch (error) {
      for (const { failed } of group) failed(error);
    }
  }
  end();
}

/** How many of those who wait fit into one transaction; the first always does. */
function howMany(queue: readonly Waiting[]): number {
  let rows = 0;
  let count = 0;
  for (const { delivery } of queue) {
    rows += delivery.rows.length;
    if (count > 0 && rows > ROWS_PER_TRANSACTION) break;
    count++;
  }
  return count;
}

const joined = (group: readonly Waiting[]): Delivery => ({
  ...group.at(-1)!.delivery,
  rows: group.flatMap(({ delivery }) => delivery.rows),
});
