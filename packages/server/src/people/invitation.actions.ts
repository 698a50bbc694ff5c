/** Inviting, renewing, withdrawing; and coming in by the link. */
import { type invite as inviteEndpoint, type LinkMade, Refusal } from '@groundswell/contract';
import type { z } from 'zod';
import {
  type Actor,
  type Change,
  changePeople,
  EVERYBODY,
  isMailTaken,
  keepPerson,
  makeLink,
  mustNotGiveBeyond,
  newPasswordHash,
  type Opened,
  openLink,
  openSession,
  rolesNamed,
  type visitorOf,
  voidLinks,
} from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import {
  keepInvitation,
  loadInvitation,
  markAccepted,
  markRenewed,
  markWithdrawn,
  openInvitationTo,
} from './invitation.store.ts';
import type { Invitation } from './invitation.ts';
import { mustBeInside } from './person.ts';
import { joinTeams } from './team.actions.ts';
import { mustBeTeams } from './team.store.ts';

export interface Invited {
  readonly link: LinkMade;
  readonly invitation: Invitation;
}

type InvitationEvent = 'person.invited' | 'invitation.renewed' | 'invitation.withdrawn';

const write = ({ trx, at }: Change, actor: Actor, invitationId: string, name: InvitationEvent) =>
  record(trx, actor, {
    name,
    at,
    compartment: EVERYBODY,
    subject: { kind: 'invitation', id: invitationId },
    payload: { invitationId },
  });

async function mustMayGive({ trx, mine }: Change, roles: readonly string[]): Promise<void> {
  const named = await rolesNamed(trx, roles);
  mustNotGiveBeyond(
    mine.can,
    named.flatMap(({ capabilities }) => capabilities),
  );
}

export function invite(tools: Tools, actor: Actor, asked: z.output<typeof inviteEndpoint.body>): Promise<Invited> {
  return changePeople(tools, actor, async (change) => {
    const { trx, at } = change;
    mustBeInside(actor.compartments, asked.compartments);
    await mustMayGive(change, asked.roles);
    await mustBeTeams(trx, asked.teams);
    if (await isMailTaken(trx, asked.email)) {
      throw new Refusal('person.email_taken', 'Somebody with this mail address is here already. Nobody was invited.');
    }
    const older = await openInvitationTo(trx, asked.email);
    if (older) await withdraw(change, actor, older);
    const id = await keepInvitation(trx, { ...asked, createdBy: actor.id }, at);
    await write(change, actor, id, 'person.invited');
    for (const compartment of new Set(asked.compartments)) {
      await record(trx, actor, {
        name: 'membership.offered',
        at,
        compartment,
        subject: { kind: 'invitation', id },
        payload: { invitationId: id },
      });
    }
    return linkTo(change, actor, id);
  });
}

async function linkTo({ trx, at }: Change, actor: Actor, invitationId: string): Promise<Invited> {
  const { link } = await makeLink(trx, { invitationId }, actor.id, at);
  return { link, invitation: await loadInvitation(trx, invitationId) };
}

/** Whoever renews it invites anew, so it must be theirs to give. */
export function renewInvitation(tools: Tools, actor: Actor, id: string): Promise<Invited> {
  return changePeople(tools, actor, async (change) => {
    const { roles } = await loadInvitation(change.trx, id);
    await mustMayGive(change, roles);
    await markRenewed(change.trx, id, actor.id, change.at);
    await write(change, actor, id, 'invitation.renewed');
    return linkTo(change, actor, id);
  });
}

export function withdrawInvitation(tools: Tools, actor: Actor, id: string): Promise<void> {
  return changePeople(tools, actor, async (change) => {
    await loadInvitation(change.trx, id);
    await withdraw(change, actor, id);
  });
}

async function withdraw(change: Change, actor: Actor, id: string): Promise<void> {
  await markWithdrawn(change.trx, id, change.at);
  await voidLinks(change.trx, { invitationId: id }, change.at);
  await write(change, actor, id, 'invitation.withdrawn');
}

export interface Accepting {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly visitor: ReturnType<typeof visitorOf>;
}

/** The mail address stays as it was invited: it is what the inviter knew them by. */
export function acceptInvitation(tools: Tools, { token, name, password, visitor }: Accepting): Promise<Opened> {
  const at = tools.clock.now();
  return openLink(tools, token, 'invitation', {
    before: ({ email }) => newPasswordHash(password, { name, email }),
    async work(trx, link, passwordHash, asker) {
      const { email, roles, compartments, teams } = link;
      const invitationId = link.invitationId!;
      if (await isMailTaken(trx, email)) {
        throw new Refusal('person.email_taken', 'Somebody with this mail address is here already. Sign in instead.');
      }
      const personId = await keepPerson(trx, { name, email, passwordHash, roles, compartments }, at);
      await markAccepted(trx, invitationId, at);
      const self = { id: personId, compartments: asker.compartments };
      const subject = { kind: 'person', id: personId } as const;
      const joined = { personId, invitationId };
      await record(trx, self, { name: 'person.joined', at, compartment: EVERYBODY, subject, payload: joined });
      for (const compartment of compartments) {
        await record(trx, self, { name: 'membership.given', at, compartment, subject, payload: { personId } });
      }
      await joinTeams({ trx, at }, self, personId, teams);
      return openSession(trx, personId, visitor, at);
    },
  });
}
