/** The one place where a "no" becomes an answer. Every error leaves in one form: `{code, message, details?, requestId}`. */
import { type ErrorCode, Refusal, statusOf } from '@groundswell/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { App } from './http.ts';

export function answerErrors(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error);
    if (refusal) return answer(request, reply, refusal);
    request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'a fault');
    return reply.code(500).send({
      code: 'fault',
      message: 'Something went wrong on our side; it was written to the log. Try again, and quote the id if it stays.',
      requestId: request.id,
    });
  });
  app.setNotFoundHandler((request, reply) => answer(request, reply, notFound(request.method, request.url)));
}

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

function asRefusal(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error;
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
  return code ? new Refusal(code, `${error.message}. Nothing was changed.`) : null;
}

/** What fastify itself refuses, before a route is reached. */
const CLIENT_FAULTS: Readonly<Record<number, ErrorCode>> = {
  400: 'request.invalid',
  404: 'request.not_found',
  413: 'request.too_large',
  415: 'request.unsupported_format',
};
