/** Who is calling: a person by cookie, or a program by token. `platform/http.ts` asks, and enforces the route's right. */
import { Refusal } from '@groundswell/contract';
import type { FastifyRequest } from 'fastify';
import type { Authenticate } from '../platform/http.ts';
import type { Tools } from '../platform/tools.ts';
import type { Actor } from './actor.ts';
import { mustBeOwnPage, mustShowWord, readSecret, type Site } from './cookie.ts';
import { peek, recognise } from './session.actions.ts';
import { actorOf } from './session.ts';
import { recogniseToken } from './token.actions.ts';
import { isHeard, shownToken } from './token.ts';
import { stepInto } from './world.actions.ts';
import { mustBeInHouse, worldAsked } from './world.ts';

export function authenticator(tools: Tools, site: Site): Authenticate {
  return async (request) => {
    const { url = '', config } = request.routeOptions;
    if (config.right === 'anyone') {
      mustBeOwnPage(request, site); // also before sign-in: no other site signs people in here under its own name
      return null;
    }
    const token = shownToken(request.headers.authorization);
    if (token !== null) {
      mustBeInHouse(request.headers);
      return programOf(tools, token, { method: request.method, path: url, right: config.right ?? '' });
    }

    const secret = readSecret(request, site);
    const session = secret === null ? null : await recognise(tools, secret);
    if (!session) return null;
    mustBeOwnPage(request, site);
    mustShowWord(request, secret!);
    return stepInto(tools, actorOf(session), worldOf(request));
  };
}

/**
 * Who an answered request would be from now: for answers that never end. Null when their session is over. Asking is no sign
 * of life: a browser left alone does not keep its session by listening.
 */
export function sessionStill(tools: Tools, site: Site) {
  return async (request: FastifyRequest): Promise<Actor | null> => {
    const secret = readSecret(request, site);
    const session = secret === null ? null : await peek(tools, secret);
    return session && stepInto(tools, actorOf(session), worldOf(request));
  };
}

const worldOf = ({ headers, query, routeOptions }: FastifyRequest): number | null =>
  worldAsked(headers, routeOptions.url ?? '', query);

async function programOf(tools: Tools, token: string, asked: { method: string; path: string; right: string }) {
  const actor = await recogniseToken(tools, token);
  if (!actor) {
    throw new Refusal(
      'access.not_signed_in',
      'This token is not known, was revoked, or has run out. Make a new one on the Sources screen.',
    );
  }
  if (isHeard(actor, asked)) return actor;
  throw new Refusal(
    'access.not_allowed',
    actor.reads
      ? 'This token can only read, and only what it was made for. Sign in to do this.'
      : 'A token can only send signals and files to its own source. Sign in to do this.',
  );
}
