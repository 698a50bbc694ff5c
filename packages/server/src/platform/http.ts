/** The web server: what holds for every route. Slices add their routes; nothing here knows what they do. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import swagger from '@fastify/swagger';
import { Refusal } from '@groundswell/contract';
import { type FastifyInstance, type FastifyRequest, fastify, LogController, type RouteOptions } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { type Actor, NOBODY } from './actor.ts';
import { answerErrors, answerUnread, answerUnrouted } from './http-errors.ts';
import type { Logger } from './log.ts';
import { httpSeconds } from './metrics.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { letStream } from './streams.ts';

export type App = FastifyInstance<
  import('node:http').Server,
  IncomingMessage,
  import('node:http').ServerResponse,
  Logger,
  ZodTypeProvider
>;

/** Who is calling, or null if nobody has signed in. Throws a refusal for credentials that are wrong or forged. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor | null>;

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
  }
  interface FastifyContextConfig {
    /** What the caller must be able to do; `signed_in` for any person, `anyone` before sign-in. */
    right?: string;
    /** The body is handed on as a stream, whatever its media type; the route limits its size. */
    rawBody?: boolean;
  }
}

export interface HttpOptions {
  readonly log: Logger;
  readonly authenticate: Authenticate;
}

const BODY_LIMIT = 10 * 1024 * 1024;

/** A request that is not there whole by then is cut off: nobody holds a connection by sending a byte now and then. */
const REQUEST_LIMIT_MS = 300_000;
/** A body that is handed on as a stream may take days, but not be silent: its route says so earlier and in words. */
const SILENCE_LIMIT_MS = 900_000;
/** Of a name in an address, as it is encoded there: 200 characters may become 600. */
const PARAM_LENGTH_MAX = 1_000;

/** An app without routes. Register the slices', then `listen`. */
export async function openHttp({ log, authenticate }: HttpOptions): Promise<App> {
  const bare = fastify({
    loggerInstance: log,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_LIMIT_MS,
    logController: new LogController({ disableRequestLogging: true }), // one line per request, below
    trustProxy: 'loopback', // a proxy on this machine tells who it speaks for; nobody from outside may
    requestIdHeader: false, // the id is ours: a caller's words do not belong in the log
    genReqId: () => randomUUID(),
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerUnread,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: PARAM_LENGTH_MAX },
  });
  const app = bare.withTypeProvider<ZodTypeProvider>() as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addContentTypeParser('application/octet-stream', (_request, stream, done) => done(null, stream));
  answerErrors(app);
  await app.register(fastifyCookie); // before the guard: whoever asks is known by a cookie
  guardRoutes(app, authenticate);
  nameOpenPart(app);
  observe(app);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Groundswell', version: '0.1.0' } },
    transform: jsonSchemaTransform,
  });
  return app;
}

/** Every route says what its caller must be able to do, and is asked for it before anything of it runs. */
function guardRoutes(app: App, authenticate: Authenticate): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    if (route.config?.right) return;
    throw new Error(
      `The route ${String(route.method)} ${route.url} does not declare its right. Add one to its endpoint.`,
    );
  });
  app.decorateRequest('actor');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    const { right, rawBody } = request.routeOptions.config;
    if (rawBody) request.headers['content-type'] = 'application/octet-stream';
    request.actor = NOBODY;
    if (request.is404) return;
    const actor = await authenticate(request);
    request.actor = actor ?? NOBODY;
    if (right === 'anyone') return;
    if (!actor) throw new Refusal('access.not_signed_in', 'You are not signed in. Sign in and try again.');
    if (right !== 'signed_in' && !actor.can.has(right!)) {
      throw new Refusal('access.not_allowed', `You are not allowed to do this: it needs the right "${right}".`, {
        right,
      });
    }
    if (rawBody) letStream(request.raw, SILENCE_LIMIT_MS); // only for somebody who may send one
  });
}

const LINGER_MS = 10_000;

/**
 * Whoever was answered in the middle of a body has still the rest on the way: unread it holds up the next request of the
 * same connection for ever, and the end of the house with it. It is thrown away, but not gigabytes of it.
 */
function dropRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.on('error', () => {}); // hung up
  request.removeAllListeners('readable'); // whoever had begun to read it; while one listens nothing flows
  request.resume();
  setTimeout(() => request.complete || request.destroy(), LINGER_MS).unref();
}

/**
 * Whoever is inside an invented world means its open part by `open`, the compartment of whoever names none: here, so that
 * no route has to think of it and every screen and program works there unchanged.
 */
function nameOpenPart(app: App): void {
  app.addHook('preHandler', async ({ actor, params, query, body }) => {
    if (actor.openPart === undefined) return;
    for (const part of [params, query, body]) {
      if (!(typeof part === 'object' && part !== null && 'compartment' in part)) continue;
      if (part.compartment === 'open') part.compartment = actor.openPart;
    }
  });
}

function observe(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    dropRest(request.raw);
    const route = request.routeOptions.url ?? 'none';
    httpSeconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    request.log.debug({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
  });
}
