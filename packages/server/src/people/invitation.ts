/** An invitation: who shall come, and as what. Pure. */
import type { InvitationView } from '@groundswell/contract';

export interface Invitation {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** Only those of whoever asked. */
  readonly compartments: readonly string[];
  readonly teams: readonly string[];
  readonly invitedBy: string;
  readonly createdAt: Date;
  /** Of the newest link. */
  readonly expiresAt: Date;
}

export const viewInvitation = (one: Invitation, now: Date): InvitationView => ({
  ...one,
  roles: [...one.roles],
  compartments: [...one.compartments],
  teams: [...one.teams],
  createdAt: one.createdAt.toISOString(),
  expiresAt: one.expiresAt.toISOString(),
  state: now.getTime() < one.expiresAt.getTime() ? 'open' : 'expired',
});
