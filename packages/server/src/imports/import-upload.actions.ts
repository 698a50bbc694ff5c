/** A file arrives: it is looked at, kept, and written down as an import that nobody has started yet. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { IMPORT_BYTES_MAX, Refusal } from '@groundswell/contract';
import { type Form, unpackWorkbook } from '@groundswell/formats';
import { type Actor, mustHave } from '../access/index.ts';
import type { Draft, Files } from '../platform/files.ts';
import type { Tools } from '../platform/tools.ts';
import { cleanLine, loadSource } from '../signals/index.ts';
import { cancelImport } from './import.actions.ts';
import { addImport } from './import.store.ts';
import { fileKeptUntil, type Import, type Preview } from './import.ts';
import { asRefusal, openUpload, previewOf, readAs } from './import-file.ts';
import { startingFrom } from './import-mapping.ts';

export interface Upload {
  readonly fileName: string;
  readonly body: Readable;
  /** What the sender says it will be, where it says so. */
  readonly bytes?: number;
  readonly maxBytes?: number;
}

/** The rows of a workbook, written out: 100 MB of it are more than 200,000 rows can be. */
const ROWS_BYTES_MAX = 1024 ** 3;

/**
 * Keeps the file and says what is in it. Nothing becomes a signal yet. The file gets its name only after the import is
 * written down; what dies in between is finished by `sweepDrafts`, so that no file lies there that nobody knows of.
 */
export async function uploadImport(tools: Tools, actor: Actor, upload: Upload): Promise<Import> {
  mustHave(actor, 'import.run');
  const { files } = tools;
  const id = randomUUID();
  const fileName = cleanLine(upload.fileName) || 'file';
  const { form, file } = await receive(files, id, fileName, upload);
  let rows: Draft | null = null;
  try {
    rows = form.format === 'xlsx' ? await writeOutRows(files, id, file) : null;
    const content = { path: (rows ?? file).path, form: readAs(form), columns: [] };
    const preview = await suggested(tools, actor, await previewOf(content, form));
    const one = await writeDown(tools, actor, { id, fileName, file, rows, preview });
    await keepBoth(tools, actor, id, [file, ...(rows ? [rows] : [])]);
    return one;
  } catch (error) {
    await Promise.all([file.drop(), rows?.drop()]); // after it was kept there is nothing left to drop
    throw asRefusal(error);
  }
}

/** Refused before it is read where its size alone says so; the body is read to its end all the same, or nobody hears. */
async function receive(
  files: Files,
  id: string,
  fileName: string,
  upload: Upload,
): Promise<{ form: Form; file: Draft }> {
  const { body, bytes = 0, maxBytes = IMPORT_BYTES_MAX } = upload;
  try {
    await files.mustFit(bytes, { maxBytes });
    const { form, content } = await openUpload(body, fileName);
    return { form, file: await files.draft(content, { maxBytes, draftName: id }) };
  } catch (error) {
    body.resume();
    throw error;
  }
}

const writeOutRows = (files: Files, id: string, { path }: Draft): Promise<Draft> =>
  files.draft(unpackWorkbook(path), { maxBytes: ROWS_BYTES_MAX, draftName: rowsDraft(id) }).catch((error: unknown) => {
    if (!(error instanceof Refusal && error.code === 'request.too_large')) throw error;
    throw new Refusal(
      'import.not_readable',
      'The workbook holds more than is taken as one. Save the sheet as "CSV UTF-8".',
    );
  });

const rowsDraft = (id: string): string => `${id}.rows`;

/** What is written down promises a file: if that cannot be kept, the promise is taken back. */
async function keepBoth(tools: Tools, actor: Actor, id: string, drafts: readonly Draft[]): Promise<void> {
  try {
    for (const draft of drafts) await draft.keep();
  } catch (error) {
    await cancelImport(tools, actor, id);
    throw error;
  }
}

/** A token sends to one source: its files start from what that source's last file was read as. */
async function suggested({ db }: Tools, actor: Actor, preview: Preview): Promise<Preview> {
  const { sourceId } = actor;
  if (!sourceId) return preview;
  const { savedMapping } = await db.as(actor, (reader) => loadSource(reader, sourceId));
  return { ...preview, suggested: startingFrom(preview.columns, preview.suggested, savedMapping) };
}

function writeDown(
  { db, clock }: Tools,
  actor: Actor,
  made: { id: string; fileName: string; file: Draft; rows: Draft | null; preview: Preview },
): Promise<Import> {
  const at = clock.now();
  return db.change(actor, (trx) => addImport(trx, actor, { ...made, keptUntil: fileKeptUntil(at) }, at));
}
