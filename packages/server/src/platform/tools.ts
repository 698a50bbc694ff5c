/** All that is injected. Whoever needs more imports it. */
import type { Clock } from './clock.ts';
import type { Gate } from './db.ts';
import type { Files } from './files.ts';
import type { Net } from './net.ts';
import type { Vault } from './vault.ts';

export interface Tools {
  readonly db: Gate;
  readonly clock: Clock;
  readonly files: Files;
  readonly net: Net;
  readonly vault: Vault;
}
