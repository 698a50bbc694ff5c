/** People, invitations, teams, roles and tokens as files. Of a token its name and what it is for, nothing of itself. */
import {
  exportInvitations,
  exportPeople,
  exportRoles,
  exportTeams,
  exportTokens,
  saysEach,
} from '@groundswell/contract';
import type { z } from 'zod';
import { listRoles, listTokens } from '../access/index.ts';
import { type Listing, several, wholeListing } from '../exports/index.ts';
import type { Db } from '../platform/db.ts';
import { listInvitations } from './invitation.store.ts';
import { viewInvitation } from './invitation.ts';
import { listPeople } from './person.store.ts';
import { listTeams } from './team.store.ts';

/** Rows of the house: they belong to no compartment. */
const HOUSE = { compartment: null };

async function teamNames(db: Db): Promise<(ids: readonly string[]) => string> {
  const names = new Map((await listTeams(db)).map(({ id, name }) => [id, name]));
  return (ids) => several(ids.flatMap((id) => names.get(id) ?? []));
}

const people = wholeListing({
  list: 'people',
  endpoint: exportPeople,
  columns: [
    ...['name', 'email', 'roles', 'compartments', 'teams', 'created_at', 'seen_at', 'open_sessions'],
    ...['deactivated_at', 'id'],
  ],
  async rows(db, query, { at }) {
    const { q, gone } = query as z.output<typeof exportPeople.query>;
    const inTeams = await teamNames(db);
    const found = (await listPeople(db, at)).filter(
      (one) => (gone || one.deactivatedAt === null) && saysEach([one.name, one.email, ...one.roles].join(' '), q),
    );
    return found.map((one) => ({
      ...HOUSE,
      row: [
        ...[one.name, one.email, several(one.roles), several(one.compartments), inTeams(one.teams)],
        ...[one.createdAt, one.seenAt, one.openSessions, one.deactivatedAt, one.id],
      ],
    }));
  },
});

const invitations = wholeListing({
  list: 'invitations',
  endpoint: exportInvitations,
  columns: [
    ...['name', 'email', 'roles', 'compartments', 'teams', 'invited_by', 'created_at', 'expires_at', 'state', 'id'],
  ],
  async rows(db, _, { at }) {
    const inTeams = await teamNames(db);
    const open = (await listInvitations(db)).map((one) => viewInvitation(one, at));
    return open.map((one) => ({
      ...HOUSE,
      row: [
        ...[one.name, one.email, several(one.roles), several(one.compartments), inTeams(one.teams)],
        ...[one.invitedBy, one.createdAt, one.expiresAt, one.state, one.id],
      ],
    }));
  },
});

const teams = wholeListing({
  list: 'teams',
  endpoint: exportTeams,
  columns: ['name', 'members', 'people', 'id'],
  async rows(db) {
    return (await listTeams(db)).map(({ id, name, members }) => {
      const names = several(members.map((member) => member.name));
      return { ...HOUSE, row: [name, names, members.length, id] };
    });
  },
});

const roles = wholeListing({
  list: 'roles',
  endpoint: exportRoles,
  columns: ['name', 'rights', 'people', 'invitations', 'id'],
  async rows(db) {
    return (await listRoles(db)).map((one) => ({
      ...HOUSE,
      row: [one.name, several(one.capabilities), one.people, one.invitations, one.id],
    }));
  },
});

const tokens = wholeListing({
  list: 'tokens',
  endpoint: exportTokens,
  columns: [
    ...['name', 'purpose', 'source', 'scopes', 'compartment', 'created_at', 'expires_at', 'last_used_at'],
    ...['revoked_at', 'id'],
  ],
  async rows(db) {
    return (await listTokens(db)).map((one) => ({
      compartment: one.compartment,
      row: [
        ...[one.name, one.purpose, one.sourceName, several(one.scopes), one.compartment],
        ...[one.createdAt, one.expiresAt, one.lastUsedAt, one.revokedAt, one.id],
      ],
    }));
  },
});

export const peopleListings: readonly Listing[] = [people, invitations, teams, roles, tokens];
