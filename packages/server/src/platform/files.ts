/** Files by what is in them: the name is the SHA-256 of the content, so the same file is kept once and never changes. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Refusal } from '@groundswell/contract';

export interface Stored {
  readonly sha256: string;
  readonly bytes: number;
}

export type Files = ReturnType<typeof openFiles>;

export function openFiles(root: string) {
  const path = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`"${sha256}" is not the name of a stored file.`);
    return join(root, sha256.slice(0, 2), sha256);
  };

  return {
    path,
    /** Reads a stored file; the stream fails if there is none. */
    open: (sha256: string): Readable => createReadStream(path(sha256)),
    remove: (sha256: string): Promise<void> => rm(path(sha256), { force: true }),

    /** Keeps a stream. Once this returns, the bytes survive a power cut; if it throws, nothing is left behind. */
    async put(content: AsyncIterable<Uint8Array>, { maxBytes }: { maxBytes: number }): Promise<Stored> {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const draft = join(root, `.${randomUUID()}.part`);
      try {
        const stored = await writeDraft(draft, content, maxBytes);
        const home = path(stored.sha256);
        await mkdir(dirname(home), { recursive: true, mode: 0o700 });
        await rename(draft, home);
        await syncFolder(dirname(home));
        return stored;
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}

async function writeDraft(draft: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Stored> {
  const hash = createHash('sha256');
  const file = await open(draft, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of content) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) {
        throw new Refusal('request.too_large', `The file is larger than ${maxBytes} bytes. Nothing of it was kept.`);
      }
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** The new name must reach the disk too: a rename lives in the folder, not in the file. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there, and need not be
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
