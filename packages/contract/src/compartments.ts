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
  can: z.array(z.enum(['change'])),
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
