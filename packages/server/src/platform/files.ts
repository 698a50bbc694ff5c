/** Files by what is in them: the name is the SHA-256 of the content, so the same file is kept once and never changes. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Refusal } from '@groundswell/contract';

export interface Stored {
  readonly sha256: string;
  readonly bytes: number;
}

/** Whole and on the disk, and not yet under its name: a crash leaves it to be swept, or to be finished by `adopt`. */
export interface Draft extends Stored {
  readonly path: string;
  keep(): Promise<void>;
  drop(): Promise<void>;
}

export interface PutOptions {
  readonly maxBytes: number;
  /** What the draft is called until it is kept: letters, digits, `-` and `.`. */
  readonly draftName?: string;
}

export type Files = ReturnType<typeof openFiles>;

export function openFiles(root: string) {
  const path = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`"${sha256}" is not the name of a stored file.`);
    return join(root, sha256.slice(0, 2), sha256);
  };
  const draftPath = (name: string) => join(root, `.${name}.part`);
  const keep = (draft: string, sha256: string): Promise<void> => moveHome(draft, path(sha256));

  /** Writes a stream down. If it throws, nothing is left behind. */
  async function draft(content: AsyncIterable<Uint8Array>, options: PutOptions): Promise<Draft> {
    const { maxBytes, draftName = randomUUID() } = options;
    await mkdir(root, { recursive: true, mode: 0o700 });
    const at = draftPath(draftName);
    try {
      const stored = await writeDraft(at, content, maxBytes);
      const { sha256 } = stored;
      const kept = () =>
        keep(at, sha256).catch((error: unknown) => {
          if (!existsSync(path(sha256))) throw error; // else somebody else has adopted it
        });
      return { ...stored, path: at, keep: kept, drop: () => rm(at, { force: true }) };
    } catch (error) {
      await rm(at, { force: true });
      throw error;
    }
  }

  return {
    path,
    draft,
    has: (sha256: string): boolean => existsSync(path(sha256)),
    /** Reads a stored file; the stream fails if there is none. */
    open: (sha256: string): Readable => createReadStream(path(sha256)),
    remove: (sha256: string): Promise<void> => rm(path(sha256), { force: true }),

    /** Keeps a stream. Once this returns, the bytes survive a power cut; if it throws, nothing is left behind. */
    async put(content: AsyncIterable<Uint8Array>, options: PutOptions): Promise<Stored> {
      const { sha256, bytes, ...made } = await draft(content, options);
      try {
        await made.keep();
      } catch (error) {
        await made.drop();
        throw error;
      }
      return { sha256, bytes };
    },

    /** Refuses what is too large, or would not fit, before any of it is written. */
    mustFit: (bytes: number, { maxBytes }: { maxBytes: number }): Promise<void> => mustFit(root, bytes, maxBytes),

    /** Drafts that lie there, of uploads that are under way or have died. */
    drafts: (): Promise<DraftSeen[]> => draftsIn(root, draftPath),
    /** Finishes what died before it could be kept; nothing happens if somebody else was quicker. */
    adopt: (name: string, sha256: string): Promise<void> => keep(draftPath(name), sha256).catch(unlessMissing),
    dropDraft: (name: string): Promise<void> => rm(draftPath(name), { force: true }),
  };
}

async function mustFit(root: string, bytes: number, maxBytes: number): Promise<void> {
  if (bytes > maxBytes) throw tooLarge(maxBytes);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const { free, spare } = await room(root);
  if (bytes > free - spare) throw tooFull(`The file has ${inMb(bytes)}, and ${inMb(Math.max(0, free - spare))} of`);
}

export interface DraftSeen {
  readonly name: string;
  /** When it was last written to, by the clock of the disk. */
  readonly since: Date;
}

async function draftsIn(root: string, pathOf: (name: string) => string): Promise<DraftSeen[]> {
  const found = await readdir(root).catch(none);
  const names = found.flatMap((file) => /^\.([\w.-]+)\.part$/.exec(file)?.[1] ?? []);
  const seen = names.map(async (name): Promise<DraftSeen[]> => {
    const about = await stat(pathOf(name)).catch(none);
    return Array.isArray(about) ? [] : [{ name, since: about.mtime }]; // none: gone meanwhile
  });
  return (await Promise.all(seen)).flat();
}

async function moveHome(draft: string, home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true, mode: 0o700 });
  await rename(draft, home);
  await syncFolder(dirname(home));
}

function unlessMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}

function none(error: unknown): never[] {
  unlessMissing(error);
  return [];
}

/** The database may live on the same disk, and it is worse off without room than a sender who is told to wait. */
const SPARE_SHARE = 0.05;
const SPARE_MAX = 1024 ** 3;
const LOOK_EVERY_BYTES = 16 * 1024 ** 2;

async function room(folder: string): Promise<{ free: number; spare: number }> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, spare: Math.min(SPARE_MAX, blocks * bsize * SPARE_SHARE) };
}

const inMb = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;

const tooFull = (begin: string): Refusal =>
  new Refusal(
    'house.disk_full',
    `${begin} the disk of this Groundswell can be used. Nothing of the file was kept. Make room there, then send it again.`,
  );

const tooLarge = (maxBytes: number): Refusal =>
  new Refusal(
    'request.too_large',
    `The file is larger than ${inMb(maxBytes)}. Nothing of it was kept. Split it and send the parts, or send it packed with gzip.`,
  );

async function writeDraft(draft: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Stored> {
  const hash = createHash('sha256');
  const file = await open(draft, 'wx', 0o600);
  let bytes = 0;
  let looked = 0;
  try {
    for await (const chunk of content) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      await writeAll(file, chunk);
      if (bytes - looked < LOOK_EVERY_BYTES) continue;
      looked = bytes;
      const { free, spare } = await room(dirname(draft));
      if (free < spare) throw tooFull(`The disk filled up while the file was arriving: no more than ${inMb(free)} of`);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** A disk that is nearly full takes a part of what it is given, and says so instead of failing. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.byteLength; ) {
    from += (await file.write(chunk, from, chunk.byteLength - from)).bytesWritten;
  }
}

/** The new name must reach the disk too: a rename lives in the folder, not in the file. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there, and need not be
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
