/** Whether what is stored sealed can be opened by the key of this start. */
import { SYSTEM } from '../access/index.ts';
import { CannotStart } from '../platform/cannot-start.ts';
import type { Tools } from '../platform/tools.ts';
import { WrongKey } from '../platform/vault.ts';
import { keepSealingCheck, readSealingCheck } from './sealing.store.ts';

const WORD = 'this key fits';
const PURPOSE = 'sealing check';

/** Refuses the start with another key than the first one: later it would show only poll by poll and batch by batch. */
export async function mustFitKey({ db, vault }: Pick<Tools, 'db' | 'vault'>): Promise<void> {
  if (!(await db.as(SYSTEM.access, readSealingCheck))) {
    await db.change(SYSTEM.access, (trx) => keepSealingCheck(trx, vault.seal(WORD, PURPOSE)));
  }
  const sealed = await db.as(SYSTEM.access, readSealingCheck); // read again: of two first starts, one has kept its own
  try {
    if (sealed) vault.open(sealed, PURPOSE);
  } catch (cause) {
    if (!(cause instanceof WrongKey)) throw cause;
    throw new CannotStart(
      'The stored secrets cannot be opened with this key: they were sealed with another one. Nothing was changed or lost. ' +
        'Put back the file secret.key that lay in the data folder, or the former SECRET_KEY, and start again.',
      { exitCode: 2, cause },
    );
  }
}
