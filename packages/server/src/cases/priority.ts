/**
 * How fast a case is to be acted on, and why: P0 (0) to P4 (4). Rules from one table, each said with what it looked at.
 * Nothing lowers: what is unknown, and how few follow a person, never make a case less urgent. Pure.
 */
import { type CaseFacts, HARMS, PRIORITIES, type Priority, type PriorityReason } from '@groundswell/contract';

export interface LegalTerm {
  readonly code: string;
  /** Null where the law says "promptly". */
  readonly minutes: number | null;
}

export interface Proposal {
  readonly priority: number;
  readonly reasons: readonly PriorityReason[];
}

type Value = string | number | boolean;

/** At least so urgent, whatever else is known. */
interface Floor {
  readonly code: string;
  of(facts: CaseFacts, legal: LegalTerm | null): { readonly at: number; readonly value: Value } | null;
}

/** More urgent by so many steps. `most`: not beyond this. */
interface Raise {
  readonly code: string;
  readonly most: number;
  of(facts: CaseFacts): { readonly by: number; readonly value: Value } | null;
}

const HOUR = 60;
const STANDARD = 3;

const FLOORS: readonly Floor[] = [
  { code: 'harm', of: ({ harm }) => harm && { at: HARMS[harm][0], value: harm } },
  {
    code: 'legal',
    of: (_, legal) => {
      if (!legal || legal.minutes === null) return legal && { at: 1, value: legal.code };
      if (legal.minutes <= HOUR) return { at: 0, value: legal.code };
      if (legal.minutes <= 3 * HOUR) return { at: 1, value: legal.code };
      return legal.minutes <= 72 * HOUR ? { at: 2, value: legal.code } : null;
    },
  },
  { code: 'mass_enforcement', of: ({ massEnforcement }) => (massEnforcement ? { at: 1, value: true } : null) },
];

const RAISES: readonly Raise[] = [
  {
    code: 'imminence',
    most: 0,
    of: ({ imminence }) =>
      imminence === 'now' ? { by: 2, value: imminence } : imminence === 'today' ? { by: 1, value: imminence } : null,
  },
  { code: 'minor', most: 0, of: ({ minor }) => (minor ? { by: 1, value: true } : null) },
  {
    code: 'vulnerable',
    most: 0,
    of: ({ vulnerable, minor }) => (vulnerable && !minor ? { by: 1, value: true } : null),
  },
  {
    code: 'reach',
    most: 1,
    of: ({ viewsPerHour, growing }) => {
      if (viewsPerHour !== null && viewsPerHour >= 100_000) return { by: 2, value: viewsPerHour };
      if (viewsPerHour !== null && viewsPerHour >= 10_000) return { by: 1, value: viewsPerHour };
      return growing ? { by: 1, value: 'growing' } : null;
    },
  },
  {
    code: 'users',
    most: 1,
    of: ({ usersAffected }) => {
      if (usersAffected === null || usersAffected < 1_000) return null;
      return { by: usersAffected >= 100_000 ? 2 : 1, value: usersAffected };
    },
  },
  {
    code: 'audience',
    most: 1,
    of: ({ audience }) => (audience.length > 0 ? { by: 1, value: audience.join(' ') } : null),
  },
  { code: 'money', most: 2, of: ({ moneyAtStake }) => (moneyAtStake ? { by: 1, value: true } : null) },
  { code: 'repeat', most: 1, of: ({ repeat }) => (repeat ? { by: 1, value: true } : null) },
  {
    // How much a fault of ours weighs for a creator; how bad a harm is does not depend on who is harmed.
    code: 'followers',
    most: 2,
    of: ({ followers, harm, support }) =>
      harm === null && support !== null && followers !== null && followers >= 1_000_000
        ? { by: 1, value: followers }
        : null,
  },
];

/** P0 is for life, children and attacks, or a law that counts hours: other things do not add up to it. */
const HIGHEST_BY_SUM = 1;

export function proposePriority(facts: CaseFacts, legal: LegalTerm | null): Proposal {
  const reasons: PriorityReason[] = [];
  let at = STANDARD;
  const step = (code: string, value: Value, to: number): void => {
    reasons.push({ code, value, from: nameOf(at), to: nameOf(to) });
    at = to;
  };
  for (const { code, of } of FLOORS) {
    const floor = of(facts, legal);
    if (floor) step(code, floor.value, Math.min(at, floor.at));
  }
  const grave = at <= 1 && facts.harm !== null;
  for (const { code, most, of } of RAISES) {
    const raise = of(facts);
    if (!raise) continue;
    const highest = grave ? most : Math.max(most, HIGHEST_BY_SUM);
    step(code, raise.value, Math.min(at, Math.max(highest, at - raise.by)));
  }
  return { priority: at, reasons };
}

export const nameOf = (priority: number): Priority => PRIORITIES[priority]!;
export const rankOf = (priority: Priority): number => PRIORITIES.indexOf(priority);
