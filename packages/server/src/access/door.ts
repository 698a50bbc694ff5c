/** What every way in has in common over HTTP: who knocks, and what they take along. */
import type { Me } from '@groundswell/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readSecret, type Site, writeSecret } from './cookie.ts';
import { csrfOf } from './secret.ts';
import type { Opened } from './session.actions.ts';
import { meOf } from './session.ts';
import { deviceOf, type Visitor } from './visitor.ts';

export const visitorOf = (request: FastifyRequest, site: Site): Visitor => ({
  before: readSecret(request, site),
  device: deviceOf(request.headers['user-agent'] ?? '', request.ip),
});

export function welcome(reply: FastifyReply, site: Site, { secret, session }: Opened): Me {
  writeSecret(reply, site, secret);
  return meOf(session, csrfOf(secret));
}
