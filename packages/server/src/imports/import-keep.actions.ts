/** Files are let go when their time is over, and what an upload left when it died is finished or removed. */
import { SYSTEM } from '../access/index.ts';
import type { Tools } from '../platform/tools.ts';
import { filesOfImport, forgetFile, letFilesGo } from './import.store.ts';

/**
 * First the promise is taken back, then the file is removed: whoever dies in between leaves a file that the next one finds
 * named here, and never an import without the file that it promises. A file that a second import needs stays.
 */
export async function letGoOfFiles({ db, clock, files }: Tools): Promise<void> {
  const names = await db.change(SYSTEM.access, (trx) => letFilesGo(trx, clock.now()));
  for (const name of names) {
    await db.change(SYSTEM.access, async (trx) => {
      if (await forgetFile(trx, name)) await files.remove(name);
    });
  }
}

/** No upload lasts as long as this. */
const DRAFT_KEPT_MS = 24 * 3_600_000;

/** After a crash: a draft whose import is written down gets its name, an old one that nobody knows is removed. */
export async function sweepDrafts({ db, files }: Tools): Promise<void> {
  for (const { name, since } of await files.drafts()) {
    const [id = '', part] = name.split('.');
    const known = UUID.test(id) ? await db.as(SYSTEM.access, (reader) => filesOfImport(reader, id)) : null;
    const sha256 = part === 'rows' ? known?.rows : known?.file;
    if (sha256) await files.adopt(name, sha256);
    else if (Date.now() - since.getTime() > DRAFT_KEPT_MS) await files.dropDraft(name); // by the disk's clock, not the house's
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
