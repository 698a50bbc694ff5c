/** Saved views of lists, and watches: being told when a search of signals finds more than so many in a day. */
import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { lineOf, Words } from './words.ts';

export const VIEW_KINDS = ['issues', 'signals', 'cases'] as const;
export const ViewKind = z.enum(VIEW_KINDS);
export type ViewKind = z.infer<typeof ViewKind>;

/** So many views of one's own. */
export const VIEWS_PER_PERSON = 200;

/** What stands in the address of the list, by name. */
export const ViewSearch = z
  .record(z.string().min(1).max(40), z.union([Words.max(500), z.array(Words.max(500)).max(20)]))
  .refine((search) => Object.keys(search).length <= 20, 'holds more than 20 words of an address');
export type ViewSearch = z.infer<typeof ViewSearch>;

/** With whom: nobody, a team, or everybody. */
export const ViewShare = z.discriminatedUnion('with', [
  z.object({ with: z.literal('private') }),
  z.object({ with: z.literal('team'), team: z.uuid() }),
  z.object({ with: z.literal('everyone') }),
]);
export type ViewShare = z.infer<typeof ViewShare>;

export const SavedView = z.object({
  id: z.uuid(),
  version: z.int(),
  kind: ViewKind,
  name: z.string(),
  search: ViewSearch,
  share: ViewShare,
  team: z.string().nullable(),
  owner: z.object({ id: z.uuid(), name: z.string() }),
  /** The list of this reader begins with it. */
  starts: z.boolean(),
  /** Of this reader: told when more than `above` are said within a day. */
  watch: z
    .object({
      above: z.int(),
      toldAt: z.iso.datetime().nullable(),
      toldSignals: z.int().nullable(),
      /** Said since this reader last opened it, FRESH_MOST of them at most; null where nobody has counted. */
      fresh: z.int().nullable(),
    })
    .nullable(),
  can: z.array(z.enum(['change', 'watch'])),
});
export type SavedView = z.infer<typeof SavedView>;

export const listViews = {
  method: 'GET',
  path: '/api/views',
  right: 'signed_in',
  query: z.object({ kind: ViewKind.optional() }),
  reply: z.object({
    views: z.array(SavedView),
    /** Teams of this reader: a view can be shared with them. */
    teams: z.array(z.object({ id: z.uuid(), name: z.string() })),
  }),
} as const satisfies Endpoint;

const Body = z.object({ name: lineOf(100), search: ViewSearch, share: ViewShare });

export const saveView = {
  method: 'POST',
  path: '/api/views',
  right: 'signed_in',
  body: Body.extend({ kind: ViewKind }),
  reply: SavedView,
} as const satisfies Endpoint;

export const changeView = {
  method: 'PUT',
  path: '/api/views/:id',
  right: 'signed_in',
  params: z.object({ id: z.uuid() }),
  body: Body.extend({ version: z.int() }),
  reply: SavedView,
} as const satisfies Endpoint;

export const removeView = {
  method: 'DELETE',
  path: '/api/views/:id',
  right: 'signed_in',
  params: z.object({ id: z.uuid() }),
  reply: z.object({ id: z.uuid() }),
} as const satisfies Endpoint;

/** Taken back by whoever removed it, for a day. */
export const restoreView = {
  method: 'POST',
  path: '/api/views/:id/restore',
  right: 'signed_in',
  params: z.object({ id: z.uuid() }),
  reply: SavedView,
} as const satisfies Endpoint;

/** Of this reader alone: those that are named come first, in this order. */
export const orderViews = {
  method: 'PUT',
  path: '/api/views/order',
  right: 'signed_in',
  body: z.object({ kind: ViewKind, views: z.array(z.uuid()).max(1_000) }),
  reply: z.object({ views: z.array(SavedView) }),
} as const satisfies Endpoint;

/** With which of them the list begins, for this reader alone; one at most. */
export const startView = {
  method: 'PUT',
  path: '/api/views/:id/start',
  right: 'signed_in',
  params: z.object({ id: z.uuid() }),
  body: z.object({ starts: z.boolean() }),
  reply: SavedView,
} as const satisfies Endpoint;

/** What a watched view finds was looked at: from here on it is counted anew. */
export const seeView = {
  method: 'POST',
  path: '/api/views/:id/seen',
  right: 'signal.read',
  params: z.object({ id: z.uuid() }),
  reply: SavedView,
} as const satisfies Endpoint;

/** More are said as "more than". */
export const FRESH_MOST = 999;

export const WATCH_MOST = 1_000_000;

/** Null ends the watch. */
export const watchView = {
  method: 'PUT',
  path: '/api/views/:id/watch',
  right: 'signal.read',
  params: z.object({ id: z.uuid() }),
  body: z.object({ above: z.int().min(0).max(WATCH_MOST).nullable() }),
  reply: SavedView,
} as const satisfies Endpoint;

/** A watch of mine that has spoken. */
export const WatchTold = z.object({
  viewId: z.uuid(),
  name: z.string(),
  search: ViewSearch,
  at: z.iso.datetime(),
  signals: z.int(),
  above: z.int(),
});
export type WatchTold = z.infer<typeof WatchTold>;
