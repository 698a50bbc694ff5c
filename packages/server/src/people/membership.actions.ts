/** Letting people into compartments and out of them: written down inside, for who is there is no business of others. */
import type { Actor, Change } from '../access/index.ts';
import { record } from '../events.ts';
import { countKeepers, dropHeld } from './compartment.store.ts';
import { isClosed, mustLeaveKeepers } from './compartment.ts';
import { saveCompartments } from './person.store.ts';

type Asker = Pick<Actor, 'id' | 'compartments'>;
type Moment = Pick<Change, 'trx' | 'at'>;

type MembershipEvent = 'membership.given' | 'membership.taken' | 'membership.refused';

const write = ({ trx, at }: Moment, actor: Asker, name: MembershipEvent, of: Membership) =>
  record(trx, actor, {
    name,
    at,
    compartment: of.compartment,
    subject: { kind: 'person', id: of.personId },
    payload: { personId: of.personId },
  });

interface Membership {
  readonly compartment: string;
  readonly personId: string;
}

export async function letIn(change: Moment, actor: Asker, of: Membership): Promise<void> {
  await saveCompartments(change.trx, of.personId, { given: [of.compartment], taken: [] });
  await dropHeld(change.trx, of.compartment, [of.personId]);
  await write(change, actor, 'membership.given', of);
}

export async function letOut(change: Moment, actor: Asker, of: Membership): Promise<void> {
  await saveCompartments(change.trx, of.personId, { given: [], taken: [of.compartment] });
  await write(change, actor, 'membership.taken', of);
}

/** Whoever waited is not let in. */
export const recordRefused = (change: Moment, actor: Asker, of: Membership) =>
  write(change, actor, 'membership.refused', of);

/** Does what may take people out of these, and refuses it if too few would be left who could let others in again. */
export async function keepingKeepers(
  { trx }: Moment,
  compartments: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const closed = compartments.filter(isClosed);
  const before = new Map<string, number>();
  for (const one of closed) before.set(one, await countKeepers(trx, one));
  await work();
  for (const [one, count] of before) mustLeaveKeepers(count, await countKeepers(trx, one));
}
