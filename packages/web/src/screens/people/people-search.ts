/** The address of the people screen: which tab, and what is looked for. */
import { saysEach } from '@groundswell/contract';

export const TABS = ['people', 'invitations', 'teams', 'roles', 'compartments'] as const;
export type Tab = (typeof TABS)[number];

export interface PeopleSearch {
  tab?: Tab;
  q?: string;
  /** Also those who are deactivated. */
  gone?: boolean;
  /** The one that lies open: an id, or the name of a compartment. */
  open?: string;
}

export function readPeopleSearch(address: Record<string, unknown>): PeopleSearch {
  return {
    tab: TABS.find((one) => one === address.tab && one !== 'people'),
    q: typeof address.q === 'string' && address.q !== '' ? address.q : undefined,
    open: typeof address.open === 'string' && /^[a-z0-9_-]{1,64}$/.test(address.open) ? address.open : undefined,
    gone: address.gone === true || address.gone === 'true' ? true : undefined,
  };
}

interface Findable {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly deactivatedAt: string | null;
}

/** By name, mail address or role; whoever has gone only when asked for. */
export function findPeople<T extends Findable>(people: readonly T[], { q, gone }: PeopleSearch): readonly T[] {
  return people.filter((one) => {
    if (one.deactivatedAt !== null && !gone) return false;
    return saysEach([one.name, one.email, ...one.roles].join(' '), q);
  });
}
