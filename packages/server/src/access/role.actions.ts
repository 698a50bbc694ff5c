/** Making, changing and removing roles. */
import { type Capability, Refusal } from '@groundswell/contract';
import { type NewEvent, record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import type { Actor } from './actor.ts';
import { type Change, changePeople } from './keeper.actions.ts';
import { mustNotGiveBeyond } from './rights.ts';
import { dropRole, keepRole, loadRole, moveHolders, saveRole } from './role.store.ts';
import { mustBeFree, mustMayChange, type Role } from './role.ts';
import { EVERYBODY } from './session.actions.ts';

interface RoleBody {
  readonly name: string;
  readonly capabilities: readonly Capability[];
}

type RoleEvent = Extract<NewEvent, { name: 'role.made' | 'role.changed' | 'role.removed' }>;

const write = ({ trx, at }: Change, actor: Actor, roleId: string, said: Pick<RoleEvent, 'name' | 'payload'>) =>
  record(trx, actor, {
    ...said,
    at,
    compartment: EVERYBODY,
    subject: { kind: 'role', id: roleId },
  } as RoleEvent);

export function makeRole(tools: Tools, actor: Actor, { name, capabilities }: RoleBody): Promise<Role> {
  return changePeople(tools, actor, async (change) => {
    mustNotGiveBeyond(change.mine.can, capabilities);
    const roleId = await keepRole(change.trx, { name, capabilities: [...new Set(capabilities)] });
    await write(change, actor, roleId, { name: 'role.made', payload: { roleId, capabilities } });
    return loadRole(change.trx, roleId);
  });
}

export function changeRole(
  tools: Tools,
  actor: Actor,
  roleId: string,
  { version, name, capabilities }: RoleBody & { version: number },
): Promise<Role> {
  return changePeople(tools, actor, async (change) => {
    const before = await loadRole(change.trx, roleId);
    mustMayChange(change.mine, before, capabilities);
    await saveRole(change.trx, roleId, { version, name, capabilities: [...new Set(capabilities)] });
    await write(change, actor, roleId, { name: 'role.changed', payload: { roleId, capabilities } });
    return loadRole(change.trx, roleId);
  });
}

/** How many people have another role now. */
export function removeRole(tools: Tools, actor: Actor, roleId: string, moveTo: string | undefined): Promise<number> {
  return changePeople(tools, actor, async (change) => {
    const { trx, mine } = change;
    const role = await loadRole(trx, roleId);
    mustMayChange(mine, role);
    mustBeFree(role, moveTo);
    if (moveTo === roleId) throw new Refusal('role.in_use', 'Choose another role than the one that is removed.');
    if (moveTo !== undefined) {
      const target = await loadRole(trx, moveTo);
      mustNotGiveBeyond(mine.can, target.capabilities);
      await moveHolders(trx, role.name, target.name);
    }
    await dropRole(trx, role);
    const payload = { roleId, movedTo: moveTo ?? null, people: role.people };
    await write(change, actor, roleId, { name: 'role.removed', payload });
    return role.people;
  });
}
