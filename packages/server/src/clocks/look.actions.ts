/** Looking at what is due: late, twice, or beside somebody else, each mark is found once and has its own moment. */
import { SYSTEM } from '../access/index.ts';
import type { Trx } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { claimDue, type HeldItem, nextLookAt, putOffLook } from './clock.store.ts';
import { keepLived, liveThrough, loadItems } from './happen.actions.ts';

/** Reads the past of an item that was there before its clocks were, and keeps them. */
export type Begin = (trx: Trx, at: Date, held: HeldItem) => Promise<void>;

/** Few enough to hold up nobody who wants one of them, many enough to share the cost of a transaction. */
const AT_ONCE = 100;
/** What cannot be counted is tried again, but not all the time. */
const BROKEN_MS = 3_600_000;

/** Everything that is due behind one wall, in small transactions; answers with the next moment to look. */
export async function lookAround(tools: Tools, compartment: string, begin: Begin): Promise<Date | null> {
  const broken: unknown[] = [];
  for (;;) {
    const looked = await lookOnce(tools, compartment, begin);
    broken.push(...looked.broken);
    if (looked.many < AT_ONCE) break;
  }
  if (broken.length > 0) throw new AggregateError(broken, `${broken.length} items have clocks that cannot be counted`);
  return tools.db.as(SYSTEM.reactions(compartment), nextLookAt);
}

/** One batch: claimed, looked at, kept and told in one transaction. */
async function lookOnce(
  { db, clock }: Tools,
  compartment: string,
  begin: Begin,
): Promise<{ many: number; broken: unknown[] }> {
  const at = clock.now();
  return db.change(SYSTEM.reactions(compartment), async (trx) => {
    const claimed = await claimDue(trx, at, AT_ONCE);
    for (const one of claimed) if (!one.begun) await begin(trx, at, one);
    const held = claimed.filter(({ begun }) => begun);
    const broken = held.length === 0 ? [] : await lookAt(trx, at, held);
    return { many: claimed.length, broken };
  });
}

async function lookAt(trx: Trx, at: Date, held: readonly HeldItem[]): Promise<unknown[]> {
  const { itemOf, rulebook } = await loadItems(trx, held);
  const broken: unknown[] = [];
  const lived: Parameters<typeof keepLived>[2][number][] = [];
  const happening = { id: `look ${at.getTime()}`, at: at.getTime(), kind: 'looked_again' } as const;
  for (const one of held) {
    try {
      const before = itemOf(one);
      lived.push({ held: one, before, after: liveThrough(before, [{ happening }], rulebook) });
    } catch (error) {
      broken.push(error); // of this one alone: the others are due too
      await putOffLook(trx, one.id, new Date(at.getTime() + BROKEN_MS));
    }
  }
  if (lived.length > 0) await keepLived(trx, at, lived, rulebook);
  return broken;
}
