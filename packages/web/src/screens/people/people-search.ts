/** The address of the people screen: which tab, and what is looked for. */
export const TABS = ['people', 'invitations', 'teams', 'roles'] as const;
export type Tab = (typeof TABS)[number];

export interface PeopleSearch {
  tab?: Tab;
  q?: string;
  /** Also those who are deactivated. */
  gone?: boolean;
}

export function readPeopleSearch(address: Record<string, unknown>): PeopleSearch {
  return {
    tab: TABS.find((one) => one === address.tab && one !== 'people'),
    q: typeof address.q === 'string' && address.q !== '' ? address.q : undefined,
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
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return people.filter((one) => {
    if (one.deactivatedAt !== null && !gone) return false;
    const said = [one.name, one.email, ...one.roles].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
