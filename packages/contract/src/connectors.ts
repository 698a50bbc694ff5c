/** Connectors: what brings signals by itself, by asking another system or by being called by it. */
import { z } from 'zod';
import { CONNECTOR_KINDS } from './connector-forms.ts';
import type { Endpoint } from './endpoint.ts';
import { Instant, Words } from './words.ts';

export * from './connector-forms.ts';

export const ConnectorKindName = z.enum(CONNECTOR_KINDS);

export const CONNECTOR_STATES = ['working', 'waiting', 'paused', 'failing', 'removed'] as const;

export const ConnectorView = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  sourceName: z.string(),
  kind: ConnectorKindName,
  /** `working`: asking right now. `waiting`: for its next turn, or to be called. `failing`: the last turn went wrong. */
  state: z.enum(CONNECTOR_STATES),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.string())])),
  /** Names of the secrets that are set. Their values never come back. */
  secrets: z.array(z.string()),
  everyMinutes: z.int(),
  /** Where a webhook is to be sent; null for what asks by itself. */
  webhookPath: z.string().nullable(),
  lastTurnAt: z.iso.datetime().nullable(),
  nextTurnAt: z.iso.datetime().nullable(),
  /** When its last new row came, and when that row was said. */
  lastRowAt: z.iso.datetime().nullable(),
  lastEventAt: z.iso.datetime().nullable(),
  /**
   * How far behind the other side this house is: since it last said that there was no more, or since the moment up to
   * which it has told. Of a webhook: between what was said last and its arrival. Null before the first of these.
   */
  lagMs: z.int().nullable(),
  added: z.int(),
  refused: z.int(),
  /** Why the last row that was refused was: one reason stands for many. */
  lastRefused: z.object({ at: z.iso.datetime(), id: z.string().nullable(), reason: z.string() }).nullable(),
  /** Why the last turn failed: what happened, what was kept, what to do. */
  problem: z
    .object({ at: z.iso.datetime(), words: z.string(), tries: z.int(), retryAt: z.iso.datetime().nullable() })
    .nullable(),
  backfill: z
    .object({
      from: z.iso.datetime(),
      /** Up to when it has come, where the other side tells in order of time. */
      reached: z.iso.datetime().nullable(),
      finishedAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  can: z.array(z.enum(['change', 'pause', 'resume', 'backfill', 'test', 'run_now', 'remove'])),
});
export type ConnectorView = z.infer<typeof ConnectorView>;

const ConnectorId = z.object({ id: z.uuid() });
/** Checked field by field against `CONNECTOR_FORMS`. */
const Settings = z.record(
  z.string().max(40),
  z.union([Words.max(2_000), z.number(), z.boolean(), z.record(Words.max(200), z.string().max(20))]),
);
const Secrets = z.record(z.string().max(40), z.string().max(20_000));
const EveryMinutes = z.int().min(1).max(1_440).default(5);

export const listConnectors = {
  method: 'GET',
  path: '/api/connectors',
  right: 'source.read',
  reply: z.object({ connectors: z.array(ConnectorView), can: z.array(z.enum(['create'])) }),
} as const satisfies Endpoint;

/** `secret` is there once: when a webhook got one of ours. */
export const createConnector = {
  method: 'POST',
  path: '/api/connectors',
  right: 'source.manage',
  body: z.object({
    sourceId: z.uuid(),
    kind: ConnectorKindName,
    settings: Settings,
    secrets: Secrets,
    everyMinutes: EveryMinutes,
  }),
  reply: z.object({ connector: ConnectorView, secret: z.string().nullable() }),
} as const satisfies Endpoint;

/** Secrets that are left out stay as they are. With `seen`, only if nobody has changed what stood there. */
export const changeConnector = {
  method: 'PUT',
  path: '/api/connectors/:id',
  right: 'source.manage',
  params: ConnectorId,
  body: z.object({
    settings: Settings,
    secrets: Secrets.default({}),
    everyMinutes: EveryMinutes,
    seen: z.object({ settings: Settings, everyMinutes: z.int() }).optional(),
  }),
  reply: ConnectorView,
} as const satisfies Endpoint;

/** Asks the other side as a turn would, and keeps nothing. Without `id` the settings need not be saved yet. */
export const testConnector = {
  method: 'POST',
  path: '/api/connectors/test',
  right: 'source.manage',
  body: z.object({
    id: z.uuid().optional(),
    kind: ConnectorKindName,
    settings: Settings,
    secrets: Secrets.default({}),
  }),
  reply: z.object({
    ok: z.boolean(),
    /** What was found, or what went wrong and what to do. */
    words: z.string(),
    /** How many rows the first page had, and how many of them could be read as signals. */
    rows: z.int(),
    readable: z.int(),
    /** Names of fields on that page, for a mapping. */
    fields: z.array(z.string()),
  }),
} as const satisfies Endpoint;

const act = <const P extends string>(what: P) =>
  ({
    method: 'POST',
    path: `/api/connectors/:id/${what}`,
    right: 'source.manage',
    params: ConnectorId,
    reply: ConnectorView,
  }) as const satisfies Endpoint;

export const pauseConnector = act('pause');
export const resumeConnector = act('resume');
/** A turn at once, and what stands in its way is forgotten: pauses after failures too. */
export const runConnector = act('run');

/** Asks again for everything since that day, beside what is new. What is known already changes nothing. */
export const backfillConnector = {
  method: 'POST',
  path: '/api/connectors/:id/backfill',
  right: 'source.manage',
  params: ConnectorId,
  body: z.object({ from: Instant }),
  reply: ConnectorView,
} as const satisfies Endpoint;

/** Its secrets are erased; the signals that it brought stay. */
export const removeConnector = {
  method: 'DELETE',
  path: '/api/connectors/:id',
  right: 'source.manage',
  params: ConnectorId,
  reply: ConnectorView,
} as const satisfies Endpoint;

/** Who calls proves itself by the signature over the body. When this answers, what came is on disk. */
export const receiveWebhook = {
  method: 'POST',
  path: '/api/webhooks/:id',
  right: 'anyone',
  params: ConnectorId,
  body: 'bytes',
  reply: z.object({ added: z.int(), revised: z.int(), unchanged: z.int(), refused: z.int() }),
} as const satisfies Endpoint;
