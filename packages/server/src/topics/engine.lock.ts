/**
 * One driver per compartment. Should two drive for a moment all the same, they write the same rows: ids and findings
 * follow from the log.
 */
import type { Pool } from 'pg';
import { openSessionLocks } from '../platform/session-locks.ts';
import type { MayDrive } from './engine.ts';

export interface Locks {
  readonly mayDrive: MayDrive;
  letGo(compartment: string): Promise<void>;
  release(): Promise<void>;
}

const KIND = 4_747_002;

export function openLocks(pool: Pool): Locks {
  const { mayWork, letGo, release } = openSessionLocks(pool, KIND);
  return { mayDrive: mayWork, letGo, release };
}
