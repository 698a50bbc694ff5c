/**
 * Small deliveries to one source share a transaction. The source is held by one transaction at a time; without this each
 * of a hundred concurrent senders would wait for it with a connection in its hand, and each would pay for a disk flush of
 * its own. While one transaction runs, those who come meanwhile wait here, and the next takes all of them.
 *
 * Only the same sender's are joined: a transaction speaks for one actor.
 */
import { Refusal } from '@groundswell/contract';
import type { Asker, Gate } from '../platform/db.ts';
import type { Delivery } from './intake.ts';
import type { Outcome } from './revisions.ts';

interface Waiting {
  readonly delivery: Delivery;
  readonly characters: number;
  readonly done: (outcomes: Outcome[]) => void;
  readonly failed: (error: unknown) => void;
}

/** Of one house; tests open several. */
interface Queues {
  /** By sender and source. */
  readonly bySender: Map<string, Waiting[]>;
  /** In all of them, with what is being written. */
  rows: number;
  characters: number;
}
const houses = new WeakMap<Gate, Queues>();

/**
 * So much may wait, of all senders together: some 200 MB. When the database is slow or away, who comes after that is sent
 * away at once, which costs neither memory nor an answer that never comes.
 */
export const WAITING_MAX = { rows: 50_000, characters: 50_000_000 };
const COME_BACK_SECONDS = 5;

/**
 * What became of the drafts of `delivery`, in order, once the transaction that holds them has been committed. If it fails,
 * all who shared it are told, and nothing of any of them was kept.
 */
export async function together(
  db: Gate,
  actor: Asker,
  delivery: Delivery,
  keep: (joined: Delivery) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const house = houses.get(db) ?? { bySender: new Map<string, Waiting[]>(), rows: 0, characters: 0 };
  houses.set(db, house);
  const characters = charactersOf(delivery);
  mustHaveRoom(house, delivery.rows.length, characters);
  house.rows += delivery.rows.length;
  house.characters += characters;
  const key = `${actor.id} ${actor.compartments.join()} ${delivery.sourceId}`;
  const waited = new Promise<Outcome[]>((done, failed) => {
    const queue = house.bySender.get(key);
    if (queue) return void queue.push({ delivery, characters, done, failed });
    const fresh: Waiting[] = [{ delivery, characters, done, failed }];
    house.bySender.set(key, fresh);
    void work(fresh, keep, () => house.bySender.delete(key));
  });
  return waited.finally(() => {
    house.rows -= delivery.rows.length;
    house.characters -= characters;
  });
}

/** An empty house takes any delivery: else a large one could never come in. */
function mustHaveRoom({ rows, characters }: Queues, moreRows: number, moreCharacters: number): void {
  if (rows === 0) return;
  if (rows + moreRows <= WAITING_MAX.rows && characters + moreCharacters <= WAITING_MAX.characters) return;
  throw new Refusal(
    'house.too_busy',
    'More signals are waiting for the database than can be held. Nothing of this request was kept. Send it again in a moment.',
    { retryAfterSeconds: COME_BACK_SECONDS },
  );
}

const charactersOf = ({ rows }: Delivery): number =>
  rows.reduce((sum, { draft }) => sum + (draft === null ? 0 : draft.text.length + (draft.title?.length ?? 0)), 0);

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

/**
 * From so many rows on a transaction's own price (a flush, a dozen messages) is a small part of it. Were all joined that
 * wait, they would be answered together and their next requests judged together: the database and this process, each on a
 * core of its own, would take turns instead of working side by side.
 */
const ROWS_WORTH_A_TRANSACTION = 1_000;
/** Whoever follows reads a transaction as a whole: of long texts fewer rows are joined. */
const CHARACTERS_PER_TRANSACTION = 8_000_000;

/** How many of those who wait fit into one transaction; the first always does. */
function howMany(queue: readonly Waiting[]): number {
  let rows = 0;
  let characters = 0;
  let count = 0;
  for (const one of queue) {
    rows += one.delivery.rows.length;
    characters += one.characters;
    if (count > 0 && (rows > ROWS_WORTH_A_TRANSACTION || characters > CHARACTERS_PER_TRANSACTION)) break;
    count++;
  }
  return count;
}

const joined = (group: readonly Waiting[]): Delivery => ({
  ...group.at(-1)!.delivery,
  rows: group.flatMap(({ delivery }) => delivery.rows),
});
