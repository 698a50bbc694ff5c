/** Links that let somebody in once. Pure. */
import { INVITATION_DAYS, RESET_HOURS, Refusal } from '@groundswell/contract';

export const LIFE_MS = {
  invitation: INVITATION_DAYS * 24 * 3_600_000,
  reset: RESET_HOURS * 3_600_000,
} as const;

export type LinkFor = { readonly invitationId: string } | { readonly personId: string };

/** What a link leads to, as its door in the database tells it. */
export interface Link {
  readonly id: string;
  readonly invitationId: string | null;
  readonly personId: string | null;
  readonly name: string;
  readonly email: string;
  readonly expiresAt: Date;
  /** Used, replaced, withdrawn, or made by somebody who could not make it any more. */
  readonly closed: boolean;
  readonly roles: readonly string[];
  readonly compartments: readonly string[];
  readonly teams: readonly string[];
  /** Where this person belongs and whoever made the link does not: shut for whoever comes by it. */
  readonly beyond: readonly string[];
}

export const opens = (link: Link | undefined, now: Date): link is Link =>
  link !== undefined && !link.closed && now.getTime() < link.expiresAt.getTime();

/** Unknown, used, replaced and expired are one answer: a guess learns nothing. */
export function mustOpen(link: Link | undefined, kind: 'invitation' | 'reset', now: Date): asserts link is Link {
  const isOfKind = kind === 'invitation' ? link?.invitationId : link?.personId;
  if (opens(link, now) && isOfKind) return;
  throw new Refusal(
    'access.link_used_or_expired',
    'This link was used already, has expired, or was replaced by a newer one. Ask the person who sent it for another.',
  );
}

/** Somebody was let into a compartment between the look at the link and its use: what is unseen could not be shut. */
export function mustTouchOnly({ compartments, beyond }: Link, seen: readonly string[]): void {
  if ([...compartments, ...beyond].every((one) => seen.includes(one))) return;
  throw new Refusal('access.link_changed', 'Something about this link changed just now. Nothing was done; try again.');
}
