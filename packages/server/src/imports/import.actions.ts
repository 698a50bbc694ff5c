/** What people and programs do with imports once the file is there: start it, stop it. */
import type { Mapping } from '@groundswell/contract';
import { type Actor, mustBeOwnSource, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import { enqueue } from '../platform/jobs.ts';
import type { Tools } from '../platform/tools.ts';
import { loadSource, saveMapping } from '../signals/index.ts';
import { loadImport, saveImport } from './import.store.ts';
import { begin, cancel, type Import } from './import.ts';

/** The name of the job that takes one turn at an import; here, because starting and handing over both call it. */
export const RUN_IMPORT = 'signals.run_import';
/** Lets go of files whose time is over. */
export const LET_FILES_GO = 'imports.let_files_go_now';

export async function startImport(
  { db, clock }: Tools,
  actor: Actor,
  id: string,
  { sourceId, mapping }: { sourceId: string; mapping: Mapping },
): Promise<Import> {
  mustHave(actor, 'import.run');
  mustBeOwnSource(actor, sourceId);
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const before = await loadImport(trx, actor, id);
    const { compartment, name } = await loadSource(trx, sourceId);
    const after = await saveImport(trx, begin(before, { sourceId, compartment, mapping }, at));
    await saveMapping(trx, sourceId, mapping); // the next file of this source most likely looks the same
    await enqueue(trx, RUN_IMPORT, { importId: id });
    const payload = { importId: id, sourceId };
    await record(trx, actor, { name: 'import.started', at, compartment, subject: { kind: 'import', id }, payload });
    return { ...after, sourceName: name };
  });
}

/** What was taken stays; a chunk that is under way is dropped whole, because its version is out of date now. */
export async function cancelImport({ db, clock }: Tools, actor: Actor, id: string): Promise<Import> {
  mustHave(actor, 'import.run');
  const at = clock.now();

  return db.change(actor, async (trx) => {
    const after = await saveImport(trx, cancel(await loadImport(trx, actor, id), at));
    if (after.fileGone) await enqueue(trx, LET_FILES_GO, {});
    const { compartment } = after;
    if (compartment === null) return after; // never started: only a file was put away, and nobody else has seen it
    const payload = { importId: id };
    await record(trx, actor, { name: 'import.cancelled', at, compartment, subject: { kind: 'import', id }, payload });
    return after;
  });
}
