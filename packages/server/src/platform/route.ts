/** An endpoint of the contract, said in fastify's words. */
import { Readable } from 'node:stream';
import type { Endpoint } from '@groundswell/contract';
import { z } from 'zod';

/** What a route with the body `'bytes'` gets: the stream as it arrives, unread. */
const Bytes = z.custom<Readable>((body) => body instanceof Readable);

/** What the route writes by itself is checked by nobody. */
type ReplySchemaOf<E extends Endpoint> = E['reply'] extends z.ZodType ? { response: { 200: E['reply'] } } : unknown;

type SchemaOf<E extends Endpoint> = ReplySchemaOf<E> &
  (E extends { params: infer P extends z.ZodType } ? { params: P } : unknown) &
  (E extends { query: infer Q extends z.ZodType } ? { querystring: Q } : unknown) &
  (E extends { body: infer B }
    ? B extends z.ZodType
      ? { body: B }
      : B extends 'bytes'
        ? { body: typeof Bytes }
        : unknown
    : unknown);

export interface RouteExtras {
  /** In bytes; for bodies that are read whole. A `'bytes'` body is limited by whoever reads it. */
  readonly bodyLimit?: number;
}

/**
 * The part of a fastify route that the contract has already said: method, address, right, and checks both ways.
 *
 *     app.route({ ...route(endpoints.readIssue), handler: ({ actor, params }) => … });
 */
export function route<const E extends Endpoint>(endpoint: E, extras: RouteExtras = {}) {
  const { method, path, right, params, query, body, reply } = endpoint;
  const raw = body === 'bytes';
  const schema = {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body: raw ? Bytes : body }),
    ...(typeof reply !== 'string' && { response: { 200: reply } }),
  };
  return {
    method,
    url: path,
    // The cast restores what the spreads above have blurred: each part is there exactly if the endpoint has it.
    schema: schema as unknown as SchemaOf<E>,
    config: { right, rawBody: raw },
    ...extras,
  };
}
