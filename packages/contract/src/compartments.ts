/** Compartments: who sees what is kept apart. Even that there is one is known only inside. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { CompartmentName, lineOf, Words } from './words.ts';

/** So many who could let others in again: one of them may be ill, gone, or have forgotten a password. */
export const KEEPERS_LEAST = 2;

export const CompartmentMember = z.object({
  id: z.uuid(),
  name: z.string(),
  roles: z.array(z.string()),
  active: z.boolean(),
  /** Lets others in and out: is here, and looks after people. */
  keeper: z.boolean(),
});
export type CompartmentMember = z.infer<typeof CompartmentMember>;

export const CompartmentView = z.object({
  name: z.string(),
  title: z.string(),
  purpose: z.string(),
  version: z.int(),
  /** False for the open one, into which people are invited unless something else is said. */
  closed: z.boolean(),
  members: z.array(CompartmentMember),
  /** They set a new password by a link from outside, and wait until somebody inside lets them in again. */
  held: z.array(z.object({ id: z.uuid(), name: z.string(), at: z.iso.datetime() })),
  can: z.array(z.enum(['change', 'remove'])),
});
export type CompartmentView = z.infer<typeof CompartmentView>;

/** Those that the reader is in. */
export const listCompartments = {
  method: 'GET',
  path: '/api/compartments',
  right: 'people.manage',
  reply: z.object({ compartments: z.array(CompartmentView) }),
} as const satisfies Endpoint;

const Body = z.strictObject({
  title: lineOf(60),
  purpose: Words.max(500),
  members: z.array(z.uuid()).max(1_000),
});

/** Nobody is in it but those who are named, and whoever makes it. Its short name stands in the keys of its issues. */
export const makeCompartment = {
  method: 'POST',
  path: '/api/compartments',
  right: 'people.manage',
  body: Body.extend({ compartment: CompartmentName.max(20) }),
  reply: CompartmentView,
} as const satisfies Endpoint;

/** All of it as it shall be; whoever waits outside and stands among the members comes in again. */
export const changeCompartment = {
  method: 'PUT',
  path: '/api/compartments/:compartment',
  right: 'people.manage',
  params: z.object({ compartment: CompartmentName }),
  body: Body.extend({ version: z.int().min(1) }),
  reply: CompartmentView,
} as const satisfies Endpoint;

/** What can stand in a compartment; `other` is what no screen has a word of its own for. */
export const HELD_KINDS = [
  ...(['sources', 'signals', 'imports', 'connectors', 'topics', 'issues', 'comments', 'views'] as const),
  ...(['tokens', 'invitations', 'changes', 'active_users', 'other'] as const),
];
export const HeldKind = z.enum(HELD_KINDS);
export type HeldKind = z.infer<typeof HeldKind>;

export const Held = z.object({ kind: HeldKind, count: z.int().min(1) });
export type Held = z.infer<typeof Held>;

const ByName = z.object({ compartment: CompartmentName });

/** What somebody put into it: as long as there is anything, it cannot be removed. */
export const readHeld = {
  method: 'GET',
  path: '/api/compartments/:compartment/held',
  right: 'people.manage',
  params: ByName,
  reply: z.object({ holds: z.array(Held) }),
} as const satisfies Endpoint;

/** For good, and only an empty one. Its short name is never free again: what happened in it stays in the record. */
export const removeCompartment = {
  method: 'DELETE',
  path: '/api/compartments/:compartment',
  right: 'people.manage',
  params: ByName,
  /** As it was when it was asked who loses their way in. */
  query: z.object({ version: z.coerce.number().int().min(1) }),
  reply: z.object({ removed: z.boolean() }),
} as const satisfies Endpoint;

/** Whoever waits before it is not let in, and does not wait any more. They keep everything else. */
export const sendAway = {
  method: 'DELETE',
  path: '/api/compartments/:compartment/waiting/:id',
  right: 'people.manage',
  params: ByName.extend({ id: z.uuid() }),
  reply: CompartmentView,
} as const satisfies Endpoint;
