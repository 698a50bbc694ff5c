/** Teams: who works together. They give no right, so anybody may be put into any. */
import { type Actor, type Change, changePeople, EVERYBODY } from '../access/index.ts';
import { record } from '../events.ts';
import type { Tools } from '../platform/tools.ts';
import { differenceOf } from './difference.ts';
import {
  addMember,
  dropMember,
  dropTeam,
  keepTeam,
  loadTeam,
  mustBePeople,
  saveTeam,
  type Team,
} from './team.store.ts';

interface TeamBody {
  readonly name: string;
  readonly members: readonly string[];
}

type TeamEvent = 'team.made' | 'team.changed' | 'team.removed';

const write = ({ trx, at }: Pick<Change, 'trx' | 'at'>, actor: Actor, teamId: string, name: TeamEvent) =>
  record(trx, actor, { name, at, compartment: EVERYBODY, subject: { kind: 'team', id: teamId }, payload: { teamId } });

type Asker = Pick<Actor, 'id' | 'compartments'>;
type Moment = Pick<Change, 'trx' | 'at'>;

const writeMember = (
  { trx, at }: Moment,
  actor: Asker,
  name: 'team.joined' | 'team.left',
  { teamId, personId }: { teamId: string; personId: string },
) =>
  record(trx, actor, {
    name,
    at,
    compartment: EVERYBODY,
    subject: { kind: 'team', id: teamId },
    payload: { teamId, personId },
  });

export async function joinTeams(change: Moment, actor: Asker, personId: string, teams: readonly string[]) {
  for (const teamId of teams) {
    await addMember(change.trx, teamId, personId);
    await writeMember(change, actor, 'team.joined', { teamId, personId });
  }
}

export async function leaveTeams(change: Moment, actor: Asker, personId: string, teams: readonly string[]) {
  for (const teamId of teams) {
    await dropMember(change.trx, teamId, personId);
    await writeMember(change, actor, 'team.left', { teamId, personId });
  }
}

export function makeTeam(tools: Tools, actor: Actor, { name, members }: TeamBody): Promise<Team> {
  return changePeople(tools, actor, async (change) => {
    await mustBePeople(change.trx, members);
    const teamId = await keepTeam(change.trx, name, change.at);
    await write(change, actor, teamId, 'team.made');
    for (const personId of new Set(members)) await joinTeams(change, actor, personId, [teamId]);
    return loadTeam(change.trx, teamId);
  });
}

export function changeTeam(
  tools: Tools,
  actor: Actor,
  teamId: string,
  { version, name, members }: TeamBody & { version: number },
): Promise<Team> {
  return changePeople(tools, actor, async (change) => {
    const before = await loadTeam(change.trx, teamId);
    await mustBePeople(change.trx, members);
    await saveTeam(change.trx, teamId, { version, name });
    await write(change, actor, teamId, 'team.changed');
    const { given, taken } = differenceOf(
      before.members.map(({ id }) => id),
      members,
    );
    for (const personId of given) await joinTeams(change, actor, personId, [teamId]);
    for (const personId of taken) await leaveTeams(change, actor, personId, [teamId]);
    return loadTeam(change.trx, teamId);
  });
}

export function removeTeam(tools: Tools, actor: Actor, teamId: string): Promise<void> {
  return changePeople(tools, actor, async (change) => {
    await loadTeam(change.trx, teamId);
    await dropTeam(change.trx, teamId);
    await write(change, actor, teamId, 'team.removed');
  });
}
