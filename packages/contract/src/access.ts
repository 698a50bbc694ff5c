/** Who may do what: people, sessions, roles, tokens. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { CompartmentName, lineOf } from './words.ts';

/** What a role can allow. Roles are named sets of these; code asks for a capability, never for a role. */
export const CAPABILITIES = [
  'people.manage',
  'source.read',
  'source.manage',
  'signal.read',
  'signal.send',
  'signal.export_covered',
  'import.run',
  'background.send',
  'issue.read',
  'issue.decide',
  'case.read',
  'case.work',
  'case.answer',
  'case.ask',
  'case.note',
  'case.configure',
  'engine.configure',
  'world.open',
] as const;
export const Capability = z.enum(CAPABILITIES);
export type Capability = z.infer<typeof Capability>;

/** The sets that a new deployment starts with. Editing them is a later capability; the database holds the truth. */
export const ROLES = {
  admin: [...CAPABILITIES],
  lead: [
    'source.read',
    'signal.read',
    'signal.send',
    'signal.export_covered',
    'import.run',
    'background.send',
    'issue.read',
    'issue.decide',
    'case.read',
    'case.work',
    'case.answer',
    'case.ask',
    'case.note',
    'case.configure',
    'engine.configure',
    'world.open',
  ],
  specialist: [
    'source.read',
    'signal.read',
    'import.run',
    'issue.read',
    'issue.decide',
    'case.read',
    'case.work',
    'case.answer',
    'case.ask',
    'case.note',
    'world.open',
  ],
  viewer: ['source.read', 'signal.read', 'issue.read'],
} as const satisfies Record<string, readonly Capability[]>;
export type RoleName = keyof typeof ROLES;

/** The shortest password that is accepted. Length beats character classes (NIST SP 800-63B). */
export const PASSWORD_MIN = 12;

export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  can: z.array(Capability),
  compartments: z.array(z.string()),
  /** The number of the world that this call was made in; null in the house itself. */
  world: z.int().nullable(),
  /** Goes back as the header `x-groundswell-csrf` with every write that is made by cookie. */
  csrf: z.string(),
  /** When this person was last here before this session, or null on the first. */
  lastSeenAt: z.iso.datetime().nullable(),
});
export type Me = z.infer<typeof Me>;

const Password = z.string().min(1).max(1024);
const Email = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** Whether the deployment still waits for its first admin, and whether this link may make one. */
export const readSetup = {
  method: 'POST',
  path: '/api/setup/check',
  right: 'anyone',
  body: z.object({ token: z.string().max(200) }),
  reply: z.object({ state: z.enum(['open', 'used_or_expired', 'already_set_up']) }),
} as const satisfies Endpoint;

export const setUp = {
  method: 'POST',
  path: '/api/setup',
  right: 'anyone',
  body: z.object({
    token: z.string().max(200),
    name: lineOf(100),
    email: Email,
    password: Password,
  }),
  reply: Me,
} as const satisfies Endpoint;

export const signIn = {
  method: 'POST',
  path: '/api/session',
  right: 'anyone',
  body: z.object({ email: Email, password: Password }),
  reply: Me,
} as const satisfies Endpoint;

/** Who I am; `null` when nobody is signed in: asking is not an error. `setUp` says whether a first admin exists. */
export const readSession = {
  method: 'GET',
  path: '/api/session',
  right: 'anyone',
  reply: z.object({ me: Me.nullable(), setUp: z.boolean() }),
} as const satisfies Endpoint;

export const signOut = {
  method: 'DELETE',
  path: '/api/session',
  right: 'signed_in',
  query: z.object({ everywhere: z.stringbool().optional() }),
  reply: z.object({ ended: z.int() }),
} as const satisfies Endpoint;

/** What a token is for: it sends signals to one source, or active users and changes, or it reads. Never two of them. */
export const TOKEN_PURPOSES = ['signals', 'background', 'read'] as const;
export const TokenPurpose = z.enum(TOKEN_PURPOSES);
export type TokenPurpose = z.infer<typeof TokenPurpose>;

/** What a token that reads may be given. What is not in this list no token can do, whoever makes it. */
export const TOKEN_SCOPES = ['signal.read', 'issue.read', 'source.read'] as const satisfies readonly Capability[];
export const TokenScope = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof TokenScope>;

export const TOKEN_DAYS = 365;
export const TOKEN_DAYS_MAX = 731;
/** So long before its end a token is shown as one to replace. */
export const TOKEN_WARN_DAYS = 14;

export const TokenView = z.object({
  id: z.uuid(),
  name: z.string(),
  purpose: TokenPurpose,
  /** Null unless it sends signals. */
  sourceId: z.uuid().nullable(),
  sourceName: z.string().nullable(),
  /** What it may read; empty unless that is its purpose. */
  scopes: z.array(TokenScope),
  /** First characters, to tell tokens apart; the rest is stored hashed only. */
  hint: z.string(),
  createdAt: z.iso.datetime(),
  /** From then on it is refused. Null for those made before tokens had an end. */
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type TokenView = z.infer<typeof TokenView>;

export const listTokens = {
  method: 'GET',
  path: '/api/tokens',
  right: 'source.manage',
  reply: z.object({ tokens: z.array(TokenView) }),
} as const satisfies Endpoint;

const expiresInDays = z.int().min(1).max(TOKEN_DAYS_MAX).default(TOKEN_DAYS);

/** A token does one kind of thing and nothing else. It is shown once. */
export const makeToken = {
  method: 'POST',
  path: '/api/tokens',
  right: 'source.manage',
  body: z.union(
    [
      z.object({
        name: lineOf(100),
        purpose: z.literal('signals').default('signals'),
        sourceId: z.uuid(),
        expiresInDays,
      }),
      z.object({
        name: lineOf(100),
        purpose: z.literal('background'),
        compartment: CompartmentName.default('open'),
        expiresInDays,
      }),
      z.object({
        name: lineOf(100),
        purpose: z.literal('read'),
        scopes: z.array(TokenScope).min(1).max(TOKEN_SCOPES.length),
        compartment: CompartmentName.default('open'),
        expiresInDays,
      }),
    ],
    {
      error: 'give a name, and the source to send to, the purpose "background", or the purpose "read" with its scopes',
    },
  ),
  reply: z.object({ token: z.string(), view: TokenView }),
} as const satisfies Endpoint;

export const revokeToken = {
  method: 'DELETE',
  path: '/api/tokens/:id',
  right: 'source.manage',
  params: z.object({ id: z.uuid() }),
  reply: TokenView,
} as const satisfies Endpoint;
