/** For tests: a disk becomes full, and has room again. */
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ballast = (disk: string): string => join(disk, 'ballast');

/** Leaves about so many bytes. The database may take the rest while this is written: full is full. */
export function fillDisk(disk: string, left: number): void {
  makeRoom(disk);
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(ballast(disk), Buffer.alloc(Math.max(0, bavail * bsize - left)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

export const makeRoom = (disk: string): void => rmSync(ballast(disk), { force: true });
