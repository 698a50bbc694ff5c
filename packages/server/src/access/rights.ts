/** How far somebody's hand reaches when they change what others may do. Pure. */
import { type Capability, Refusal } from '@groundswell/contract';

/** What a person may do now, as the database says. */
export interface Rights {
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly can: ReadonlySet<string>;
}

/** The role that always has every right, and that somebody always holds. */
export const ADMIN = 'admin';

export const isBeyond = (mine: ReadonlySet<string>, capabilities: Iterable<string>): boolean =>
  [...capabilities].some((one) => !mine.has(one));

/**
 * Nobody gives or takes what they do not have themselves: not to others, so that no second account becomes more than
 * the first, and not to themselves.
 */
export function mustNotGiveBeyond(mine: ReadonlySet<string>, capabilities: Iterable<string>): void {
  if (!isBeyond(mine, capabilities)) return;
  throw new Refusal(
    'access.beyond_own',
    'This holds rights that you do not have yourself, so nothing was changed. Ask an admin.',
    { rights: [...capabilities].filter((one) => !mine.has(one)) },
  );
}

/** Whoever may do more than I is not mine to change, to lock out or to give a new password. */
export function mustNotStandBelow(mine: ReadonlySet<string>, theirs: Rights): void {
  if (!isBeyond(mine, theirs.can)) return;
  throw new Refusal('access.beyond_own', 'This person may do more than you, so nothing was changed. Ask an admin.');
}

export function mustStillManage(mine: Rights): void {
  const needed: Capability = 'people.manage';
  if (mine.active && mine.can.has(needed)) return;
  throw new Refusal(
    'access.not_allowed',
    'Your own rights have just been taken away, so nothing was changed. Ask an admin.',
    { right: needed },
  );
}
