/** Refused rows are taken out of the house, as a file to mend and to bring again. */
import { Refusal } from '@groundswell/contract';
import { type Actor, mustHave } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { listRefusals, loadImport } from './import.store.ts';
import { mustHaveFile } from './import.ts';
import { contentOf, rowsOf } from './import-file.ts';
import { refusedCsv } from './refused-csv.ts';

const REFUSALS_AT_ONCE = 5_000;

export interface Download {
  readonly fileName: string;
  readonly text: AsyncIterable<string>;
}

/** That somebody took rows of people out of the house is recorded before the first of them goes. */
export async function downloadRefused({ db, clock, files }: Tools, actor: Actor, id: string): Promise<Download> {
  mustHave(actor, 'import.run');
  const one = await db.as(actor, (reader) => loadImport(reader, actor, id));
  const { compartment } = one;
  if (compartment === null || one.refused === 0) {
    throw new Refusal('import.wrong_state', 'No row of this import was refused: there is nothing to download.');
  }
  mustHaveFile(one);
  if (!files.has(one.rowsSha256 ?? one.fileSha256)) mustHaveFile({ fileGone: true });
  await db.change(actor, (trx) => {
    const subject = { kind: 'import', id } as const;
    const payload = { importId: id };
    return record(trx, actor, { name: 'import.refused_downloaded', at: clock.now(), compartment, subject, payload });
  });
  const content = contentOf(files, one);
  const text = refusedCsv({
    ...content,
    open: (watch) => rowsOf(content, { watch }),
    refusals: (after) => db.as(actor, (reader) => listRefusals(reader, id, { after, limit: REFUSALS_AT_ONCE })),
  });
  return { fileName: `${baseOf(one.fileName)} - refused.csv`, text };
}

const baseOf = (fileName: string): string => fileName.replace(/(\.[a-z]{1,5}){1,2}$/i, '') || 'import';
