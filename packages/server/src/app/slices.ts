/** The house as it is put together: every slice, and the four places where the platform asks one of them. */
import type { Bell } from '../platform/follow.ts';
import type { Authenticate } from '../platform/http.ts';
import type { Logger } from '../platform/log.ts';
import type { Slice } from '../platform/slice.ts';
import type { Tools } from '../platform/tools.ts';

export const SLICES: readonly Slice[] = [];

/** Who is calling. Until `access` is wired in, nobody is. */
export const authenticateBy =
  (_tools: Tools): Authenticate =>
  async () =>
    null;

/** On the first start of a deployment: the one-time link that makes its first admin, else null. */
export const firstRunLink = async (_tools: Tools, _address: string): Promise<string | null> => null;

export interface EngineRoom {
  readonly tools: Tools;
  /** Rings when there are new rows to follow. */
  readonly bell: Bell;
  readonly log: Logger;
}

/** Starts what reads the signals; returns how to stop it. */
export const startEngine =
  async (_room: EngineRoom): Promise<() => Promise<void>> =>
  async () => {};
