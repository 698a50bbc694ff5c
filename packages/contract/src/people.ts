/** Who works here and what they may do: people, links, invitations, roles, teams. */
import { z } from 'zod';
import { Capability, Me } from './access.ts';
import type { Endpoint } from './endpoint.ts';
import { CompartmentName, lineOf } from './words.ts';

/** An invitation waits for somebody's Monday; a new password is wanted now. */
export const INVITATION_DAYS = 7;
export const RESET_HOURS = 24;

const Password = z.string().min(1).max(1024);
const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const Secret = z.string().max(200);
const RoleWord = z.string().min(1).max(100);
const ById = z.object({ id: z.uuid() });
const Version = z.int().min(1);

// People -----------------------------------------------------------------------------------------------------------

export const PERSON_MOVES = ['change', 'reset_password', 'end_sessions', 'deactivate', 'reactivate'] as const;
export const PersonMove = z.enum(PERSON_MOVES);
export type PersonMove = z.infer<typeof PersonMove>;

export const PersonView = z.object({
  id: z.uuid(),
  version: z.int(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  /** Those that the reader is in as well: of others nobody outside them knows. */
  compartments: z.array(z.string()),
  teams: z.array(z.uuid()),
  createdAt: z.iso.datetime(),
  /** In any of their sessions, a minute more or less; null before the first. */
  seenAt: z.iso.datetime().nullable(),
  openSessions: z.int(),
  deactivatedAt: z.iso.datetime().nullable(),
  /** What the reader may do about this person now. */
  can: z.array(PersonMove),
});
export type PersonView = z.infer<typeof PersonView>;

export const listPeople = {
  method: 'GET',
  path: '/api/people',
  right: 'people.manage',
  reply: z.object({
    people: z.array(PersonView),
    /** The compartments that the reader may let others into: their own. */
    compartments: z.array(z.object({ name: z.string(), title: z.string() })),
  }),
} as const satisfies Endpoint;

/** All of it as it shall be. Compartments that the caller is not in stay as they are. */
export const changePerson = {
  method: 'PUT',
  path: '/api/people/:id',
  right: 'people.manage',
  params: ById,
  body: z.strictObject({
    version: Version,
    name: lineOf(100),
    email: Email,
    roles: z.array(RoleWord).max(50),
    compartments: z.array(CompartmentName).max(200),
    teams: z.array(z.uuid()).max(200),
  }),
  reply: PersonView,
} as const satisfies Endpoint;

/** At once: the next request of any of their sessions is refused. What they did stays under their name. */
export const deactivatePerson = {
  method: 'POST',
  path: '/api/people/:id/deactivate',
  right: 'people.manage',
  params: ById,
  reply: PersonView,
} as const satisfies Endpoint;

export const reactivatePerson = {
  method: 'POST',
  path: '/api/people/:id/reactivate',
  right: 'people.manage',
  params: ById,
  reply: PersonView,
} as const satisfies Endpoint;

export const endSessionsOf = {
  method: 'DELETE',
  path: '/api/people/:id/sessions',
  right: 'people.manage',
  params: ById,
  reply: z.object({ ended: z.int() }),
} as const satisfies Endpoint;

/** The secret of a link is answered once; the page puts it behind `#`, where browsers send it nowhere. */
export const LinkMade = z.object({ token: z.string(), expiresAt: z.iso.datetime() });
export type LinkMade = z.infer<typeof LinkMade>;

export const makeResetLink = {
  method: 'POST',
  path: '/api/people/:id/reset-link',
  right: 'people.manage',
  params: ById,
  reply: LinkMade,
} as const satisfies Endpoint;

// Links ------------------------------------------------------------------------------------------------------------

/** What a link is for, to whoever holds it. */
export const readLink = {
  method: 'POST',
  path: '/api/links/check',
  right: 'anyone',
  body: z.object({ token: Secret }),
  reply: z.discriminatedUnion('state', [
    z.object({ state: z.literal('used_or_expired') }),
    z.object({
      state: z.literal('open'),
      kind: z.enum(['invitation', 'reset']),
      name: z.string(),
      email: z.string(),
      expiresAt: z.iso.datetime(),
    }),
  ]),
} as const satisfies Endpoint;

export const acceptInvitation = {
  method: 'POST',
  path: '/api/invitations/accept',
  right: 'anyone',
  body: z.object({ token: Secret, name: lineOf(100), password: Password }),
  reply: Me,
} as const satisfies Endpoint;

export const resetPassword = {
  method: 'POST',
  path: '/api/password-reset',
  right: 'anyone',
  body: z.object({ token: Secret, password: Password }),
  reply: Me,
} as const satisfies Endpoint;

// Invitations ------------------------------------------------------------------------------------------------------

export const InvitationView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  compartments: z.array(z.string()),
  teams: z.array(z.uuid()),
  invitedBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: z.enum(['open', 'expired']),
});
export type InvitationView = z.infer<typeof InvitationView>;

/** Those that nobody has accepted or withdrawn. */
export const listInvitations = {
  method: 'GET',
  path: '/api/invitations',
  right: 'people.manage',
  reply: z.object({ invitations: z.array(InvitationView) }),
} as const satisfies Endpoint;

export const invite = {
  method: 'POST',
  path: '/api/invitations',
  right: 'people.manage',
  body: z.strictObject({
    name: lineOf(100),
    email: Email,
    roles: z.array(RoleWord).min(1).max(50),
    compartments: z.array(CompartmentName).max(200).default(['open']),
    teams: z.array(z.uuid()).max(200).default([]),
  }),
  reply: z.object({ link: LinkMade, invitation: InvitationView }),
} as const satisfies Endpoint;

/** A new link for the same invitation; the one before opens nothing any more. */
export const renewInvitation = {
  method: 'POST',
  path: '/api/invitations/:id/renew',
  right: 'people.manage',
  params: ById,
  reply: z.object({ link: LinkMade, invitation: InvitationView }),
} as const satisfies Endpoint;

export const withdrawInvitation = {
  method: 'DELETE',
  path: '/api/invitations/:id',
  right: 'people.manage',
  params: ById,
  reply: z.object({ withdrawn: z.boolean() }),
} as const satisfies Endpoint;

// Roles ------------------------------------------------------------------------------------------------------------

export const RoleView = z.object({
  id: z.uuid(),
  version: z.int(),
  name: z.string(),
  capabilities: z.array(Capability),
  /** Active people who hold it. */
  people: z.int(),
  invitations: z.int(),
  /** Always every right, so that a house can never lock itself out. */
  locked: z.boolean(),
  can: z.array(z.enum(['change', 'remove'])),
});
export type RoleView = z.infer<typeof RoleView>;

const RoleBody = { name: lineOf(60), capabilities: z.array(Capability).max(100) };

export const listRoles = {
  method: 'GET',
  path: '/api/roles',
  right: 'people.manage',
  reply: z.object({ roles: z.array(RoleView) }),
} as const satisfies Endpoint;

export const makeRole = {
  method: 'POST',
  path: '/api/roles',
  right: 'people.manage',
  body: z.strictObject(RoleBody),
  reply: RoleView,
} as const satisfies Endpoint;

/** Takes effect with the next request of everybody who holds it. */
export const changeRole = {
  method: 'PUT',
  path: '/api/roles/:id',
  right: 'people.manage',
  params: ById,
  body: z.strictObject({ version: Version, ...RoleBody }),
  reply: RoleView,
} as const satisfies Endpoint;

/** A role that somebody holds is not removed unless it is said which one they get instead. */
export const removeRole = {
  method: 'DELETE',
  path: '/api/roles/:id',
  right: 'people.manage',
  params: ById,
  query: z.object({ moveTo: z.uuid().optional() }),
  reply: z.object({ moved: z.int() }),
} as const satisfies Endpoint;

// Teams ------------------------------------------------------------------------------------------------------------

export const TeamView = z.object({
  id: z.uuid(),
  version: z.int(),
  name: z.string(),
  members: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type TeamView = z.infer<typeof TeamView>;

/** Colleagues know each other: who works here is no secret of the house. A team gives no right. */
export const listTeams = {
  method: 'GET',
  path: '/api/teams',
  right: 'signed_in',
  reply: z.object({ teams: z.array(TeamView) }),
} as const satisfies Endpoint;

const TeamBody = { name: lineOf(60), members: z.array(z.uuid()).max(1_000) };

export const makeTeam = {
  method: 'POST',
  path: '/api/teams',
  right: 'people.manage',
  body: z.strictObject(TeamBody),
  reply: TeamView,
} as const satisfies Endpoint;

export const changeTeam = {
  method: 'PUT',
  path: '/api/teams/:id',
  right: 'people.manage',
  params: ById,
  body: z.strictObject({ version: Version, ...TeamBody }),
  reply: TeamView,
} as const satisfies Endpoint;

export const removeTeam = {
  method: 'DELETE',
  path: '/api/teams/:id',
  right: 'people.manage',
  params: ById,
  reply: z.object({ removed: z.boolean() }),
} as const satisfies Endpoint;
