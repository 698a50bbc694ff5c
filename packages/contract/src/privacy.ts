/** What becomes of personal data: what was replaced, and how authors are named. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { RedactionClass } from './signals.ts';
import { CompartmentName } from './words.ts';

export const PrivacyView = z.object({
  pseudonyms: z.object({
    /** Rises with every rotation. Authors before and after one cannot be told to be the same. */
    version: z.int(),
    since: z.iso.datetime(),
    /** Older keys are kept to answer a person's request for their data, until they are forgotten. */
    olderKeys: z.int(),
  }),
  /** Countries whose national ids are recognised. */
  nationalIds: z.array(z.object({ country: z.string(), name: z.string() })),
  redacted: z.array(
    z.object({ sourceId: z.uuid(), sourceName: z.string(), counts: z.partialRecord(RedactionClass, z.int()) }),
  ),
  can: z.array(z.enum(['rotate', 'forget_older_keys', 'find_author'])),
});
export type PrivacyView = z.infer<typeof PrivacyView>;

const Compartment = z.object({ compartment: CompartmentName.default('open') });

export const readPrivacy = {
  method: 'GET',
  path: '/api/privacy',
  right: 'source.read',
  query: Compartment,
  reply: PrivacyView,
} as const satisfies Endpoint;

/** From now on authors get other pseudonyms. */
export const rotatePseudonyms = {
  method: 'POST',
  path: '/api/privacy/rotate',
  right: 'source.manage',
  body: Compartment,
  reply: PrivacyView,
} as const satisfies Endpoint;

/** Cannot be undone: nobody can then tell which old pseudonym an author had. */
export const forgetOlderKeys = {
  method: 'POST',
  path: '/api/privacy/forget-older-keys',
  right: 'source.manage',
  body: Compartment,
  reply: PrivacyView,
} as const satisfies Endpoint;

/** The pseudonyms of one author under every key that is kept: to answer a person who asks what is stored of them. */
export const findAuthor = {
  method: 'POST',
  path: '/api/privacy/find-author',
  right: 'source.manage',
  body: z.object({ author: z.string().trim().min(1).max(500), compartment: CompartmentName.default('open') }),
  reply: z.object({ pseudonyms: z.array(z.object({ version: z.int(), pseudonym: z.string() })) }),
} as const satisfies Endpoint;
