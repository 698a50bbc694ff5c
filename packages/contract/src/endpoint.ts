/** How an endpoint is said once, for server, web and CLI. */
import type { z } from 'zod';
import type { Capability } from './access.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Endpoint {
  readonly method: Method;
  /** With `:name` for parameters. */
  readonly path: `/api/${string}`;
  /** What the caller must be able to do; `signed_in` for any person, `anyone` before sign-in. Never left out. */
  readonly right: Capability | 'signed_in' | 'anyone';
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  /** A zod type, or `'bytes'` for a raw stream that the route reads itself. */
  readonly body?: z.ZodType | 'bytes';
  /** A zod type, or what the route writes by itself: a file to save, one JSON object per line, a stream of events. */
  readonly reply: z.ZodType | 'csv' | 'ndjson' | 'events';
}

type Shape<T> = T extends z.ZodType ? z.input<T> : never;

/** What a caller passes: only the parts that the endpoint has. */
export type CallOf<E extends Endpoint> = (E['params'] extends z.ZodType ? { params: Shape<E['params']> } : unknown) &
  (E['query'] extends z.ZodType ? { query?: Shape<E['query']> } : unknown) &
  (E['body'] extends z.ZodType ? { body: Shape<E['body']> } : E['body'] extends 'bytes' ? { bytes: Blob } : unknown);

export type ReplyOf<E extends Endpoint> = E['reply'] extends z.ZodType ? z.output<E['reply']> : never;
