/** A role: a named set of rights. Pure. */
import { CAPABILITIES, Refusal, type RoleView } from '@groundswell/contract';
import { ADMIN, isBeyond, mustNotGiveBeyond, type Rights } from './rights.ts';

export interface Role {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly capabilities: readonly string[];
  readonly people: number;
  readonly invitations: number;
}

/** Always every right: it is what everybody else can be helped from. */
const isLocked = (role: Pick<Role, 'name'>): boolean => role.name === ADMIN;

/** What it held and what it shall hold: neither may be more than whoever changes it has. */
export function mustMayChange(mine: Rights, role: Role, next: readonly string[] = []): void {
  if (isLocked(role)) {
    throw new Refusal('role.locked', 'The role "admin" always has every right, so that nobody can lock the house.');
  }
  mustNotGiveBeyond(mine.can, [...role.capabilities, ...next]);
}

export function mustBeFree(role: Role, moveTo: string | undefined): void {
  if (moveTo !== undefined || role.people + role.invitations === 0) return;
  throw new Refusal(
    'role.in_use',
    'People hold this role, or are invited to it. Choose the role that they get instead.',
    {
      people: role.people,
      invitations: role.invitations,
    },
  );
}

export function viewRole(role: Role, mine: ReadonlySet<string>): RoleView {
  const mayChange = !isLocked(role) && !isBeyond(mine, role.capabilities);
  return {
    ...role,
    capabilities: CAPABILITIES.filter((one) => role.capabilities.includes(one)),
    locked: isLocked(role),
    can: mayChange ? ['change', 'remove'] : [],
  };
}
