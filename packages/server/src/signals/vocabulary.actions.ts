/** Learns which words are used, a little behind intake and never in its way. */
import { compartmentNames, SYSTEM } from '../access/index.ts';
import type { Gate } from '../platform/db.ts';
import type { Tools } from '../platform/tools.ts';
import { forgetRareWords, holdPlace, learnWords, nextBatches } from './vocabulary.store.ts';

/** Signals whose words are read at a time: about a second of one core. */
const READ_AT_ONCE = 20_000;
/** Turns of one run; what is left waits for the next minute. */
const TURNS = 5;
/** Words kept apart in one compartment: some 100 MB with their index. */
const WORDS_MAX = 500_000;

export async function learnAllWords({ db }: Pick<Tools, 'db'>): Promise<void> {
  for (const compartment of await compartmentNames(db)) {
    for (let turn = 0; turn < TURNS && (await learnSome(db, compartment)); turn++);
  }
}

/** False when nothing is left to read. */
async function learnSome(db: Gate, compartment: string): Promise<boolean> {
  return db.change(SYSTEM.intake(compartment), async (trx) => {
    const { ids, rows, cursor } = await nextBatches(trx, await holdPlace(trx, compartment));
    if (ids.length === 0) return false;
    await learnWords(trx, compartment, { ids, share: Math.min(1, READ_AT_ONCE / rows), cursor });
    await forgetRareWords(trx, compartment, WORDS_MAX);
    return true;
  });
}
