/** The one place where a "no" becomes an answer. Every error leaves in one form: `{code, message, details?, requestId}`. */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { type ErrorCode, Refusal, statusOf } from '@groundswell/contract';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { App } from './http.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { isStreaming } from './streams.ts';

export function answerErrors(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error);
    if (refusal) return answer(request, reply, refusal);
    request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a fault');
    const outage = outageOf(error);
    if (outage) return answer(request, reply, outage);
    return reply.code(500).send({
      code: 'fault',
      message: 'Something went wrong on our side; it was written to the log. Try again, and quote the id if it stays.',
      requestId: request.id,
    });
  });
  app.setNotFoundHandler((request, reply) => answer(request, reply, notFound(request.method, request.url)));
}

/** An address that no route could be looked up by; no hook has run. */
export function answerUnrouted(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = asRefusal(error) ?? new Refusal('request.invalid', 'This address cannot be read.');
  answer(request, reply.headers(SECURITY_HEADERS), refusal);
}

/** What never became a request: there is only the connection, and it is closed. */
export function answerUnread(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isStreaming(socket)) return; // reported once for each request
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, problem] = UNREAD[error.code] ?? ['400 Bad Request', 'This is not a request that can be read.'];
  const { code, details, message } = new Refusal('request.invalid', `${problem} Nothing was changed.`);
  const body = JSON.stringify({ code, message, details, requestId: randomUUID() });
  const length = Buffer.byteLength(body);
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const UNREAD: Readonly<Record<string, readonly [status: string, problem: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The address or the headers are too long. Shorten them.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not arrive in time. Send it again.'],
};

export const notFound = (method: string, url: string): Refusal =>
  new Refusal('request.not_found', `There is nothing at ${method} ${url.split('?')[0]}.`);

function answer(request: FastifyRequest, reply: FastifyReply, { code, message, details }: Refusal): FastifyReply {
  const { retryAfterSeconds } = details; // programs wait by the header, people by the sentence
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds));
  // Past the serializer of the route: that one knows the shape of a success only.
  return reply
    .code(statusOf(code))
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({ code, message, details, requestId: request.id });
}

/** Put into a compartment that was removed at the same moment: the foreign key of that column alone is what saw it. */
const isLeftOutside = ({ code, table, constraint }: { code?: string; table?: string; constraint?: string }) =>
  code === '23503' && constraint === `${table}_compartment_fkey`;

function asRefusal(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error;
  if (isLeftOutside(error)) {
    return new Refusal('compartment.not_found', 'This compartment was removed meanwhile. Nothing of it was kept.');
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = error.validationContext ?? 'request';
    const problems = error.validation.map((problem) => ({
      at: [where, ...problem.instancePath.split('/').filter(Boolean)].join('.'),
      problem: problem.message ?? 'is not valid',
    }));
    const first = problems[0]!;
    return new Refusal('request.invalid', `The request was not understood at "${first.at}": ${first.problem}.`, {
      problems,
    });
  }
  const code = CLIENT_FAULTS[error.statusCode ?? 500];
  return code ? new Refusal(code, `${SENTENCES[error.code] ?? `${error.message}.`} Nothing was changed.`) : null;
}

/**
 * No fault of ours and none of the caller's: whoever waits and sends again loses nothing. It is logged all the same. Whoever
 * wraps an error names it as the cause; several at once (one for each address of a host) stand in `errors`.
 */
export function outageOf(error: unknown): Refusal | null {
  for (const { code = '', message = '' } of allOf(error)) {
    if (DISK_FULL.has(code)) {
      return new Refusal(
        'house.disk_full',
        'The disk of this Groundswell is full. Nothing was changed. Make room there, then try again.',
      );
    }
    if (DATABASE_AWAY.has(code) || CONNECTION_LOST.test(message)) {
      return new Refusal(
        'house.database_away',
        'The database cannot be reached just now. Try again in a moment; sending the same again does no harm.',
        { retryAfterSeconds: 5 },
      );
    }
    if (TOO_BUSY.has(code)) {
      return new Refusal(
        'house.too_busy',
        'The database could not finish this and stopped it. Nothing was changed. Try again in a moment, or ask for less at once.',
        { retryAfterSeconds: 5 },
      );
    }
  }
  return null;
}

interface Told {
  readonly code?: string;
  readonly message?: string;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

const DEEPEST = 5; // a cause may, by mistake, name itself

function allOf(error: unknown, depth = 0): Told[] {
  if (typeof error !== 'object' || error === null || depth === DEEPEST) return [];
  const told: Told = error;
  const further = [told.cause, ...(Array.isArray(told.errors) ? told.errors : [])];
  return [told, ...further.flatMap((inner) => allOf(inner, depth + 1))];
}

const DISK_FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', '53100']);

/**
 * A connection that is refused or breaks, and a server that is going down, coming up, takes no writes because another has
 * taken its place, or has no connection left (SQLSTATE 08xxx, 57P0x, 25006, 53300).
 */
const DATABASE_AWAY: ReadonlySet<string> = new Set(
  ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].concat([
    '08000',
    '08001',
    '08003',
    '08004',
    '08006',
    '57P01',
    '57P02',
    '57P03',
    '57P05',
    '25006',
    '53300',
  ]),
);

/** Stopped from outside or for its time, out of memory, or in the way of another (SQLSTATE 57014, 53200, 40001…). */
const TOO_BUSY: ReadonlySet<string> = new Set(['57014', '25P03', '53000', '53200', '55P03', '40001', '40P01']);

/** What the driver says without a code when a connection breaks in the middle, or none is to be had. */
const CONNECTION_LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

const SENTENCES: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'This address cannot be read: check its percent signs.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than is taken at once. Send it in parts, or import it as a file.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty, although its content-type says JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON that can be read, or it uses a name such as "__proto__".',
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'This kind of body is not understood. Send JSON, with "content-type: application/json".',
};

/** What fastify itself refuses, before a route is reached. */
const CLIENT_FAULTS: Readonly<Record<number, ErrorCode>> = {
  400: 'request.invalid',
  404: 'request.not_found',
  413: 'request.too_large',
  415: 'request.unsupported_format',
};
