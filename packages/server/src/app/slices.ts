/** The house as it is put together: every slice, and the places where the platform asks one of them. */
import { accessSlice, authenticator, firstAdminLink, type Site } from '../access/index.ts';
import type { Bell } from '../platform/follow.ts';
import type { Authenticate } from '../platform/http.ts';
import type { Logger } from '../platform/log.ts';
import type { Slice } from '../platform/slice.ts';
import type { Tools } from '../platform/tools.ts';
import { react } from './react.ts';

const reactions: Slice = { name: 'app', jobs: [react] };

export const slicesFor = (site: Site): readonly Slice[] => [reactions, accessSlice(site)];

/** Who is calling. */
export const authenticateBy = (tools: Tools, site: Site): Authenticate => authenticator(tools, site);

/** On the first start of a deployment: the one-time link that makes its first admin, else null. */
export const firstRunLink = (tools: Tools, address: string): Promise<string | null> => firstAdminLink(tools, address);

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
