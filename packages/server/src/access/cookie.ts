/** The cookie that holds a session's secret, and how it is told that a request was made by our own page. */
import '@fastify/cookie'; // for its types: the platform has registered it
import { Refusal } from '@groundswell/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csrfOf, sameWord } from './secret.ts';
import { SESSION_MS } from './session.ts';

/** How people reach the house; `Config` is one. */
export interface Site {
  readonly publicUrl: string | undefined;
}

/** `__Host-` keeps other hosts of the domain from planting one; browsers take that prefix only over https. */
const cookieName = (site: Site): string => (isSecure(site) ? '__Host-groundswell' : 'groundswell');
const isSecure = ({ publicUrl }: Site): boolean => publicUrl?.startsWith('https:') ?? false;

export function readSecret(request: FastifyRequest, site: Site): string | null {
  return request.cookies[cookieName(site)] || null;
}

export function writeSecret(reply: FastifyReply, site: Site, secret: string): void {
  reply.setCookie(cookieName(site), secret, { ...attributes(site), maxAge: SESSION_MS / 1000 });
}

export function dropSecret(reply: FastifyReply, site: Site): void {
  reply.clearCookie(cookieName(site), attributes(site));
}

/** Lax: a link from a mail opens the house signed in, a form on another site does not. */
const attributes = (site: Site) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(site) }) as const;

const changesNothing = (request: FastifyRequest): boolean => request.method === 'GET' || request.method === 'HEAD';

/** Refuses a write that another site has made the browser send. Programs say neither header, and pass. */
export function mustBeOwnPage(request: FastifyRequest, { publicUrl }: Site): void {
  if (changesNothing(request)) return;
  const { origin, host } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  const bySite = fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
  // A browser that says same-origin has compared the origins itself, with the names that it knows us by.
  const byOrigin =
    origin === undefined ||
    fetchSite === 'same-origin' ||
    hostOf(origin) === host ||
    (publicUrl !== undefined && origin === new URL(publicUrl).origin);
  if (bySite && byOrigin) return;
  throw new Refusal('access.forged', 'This request came from another site and was not carried out.');
}

/** Refuses a write by cookie that does not show the word which only our own page can read. */
export function mustShowWord(request: FastifyRequest, secret: string): void {
  if (changesNothing(request)) return;
  const shown = request.headers['x-groundswell-csrf'];
  if (typeof shown === 'string' && sameWord(shown, csrfOf(secret))) return;
  throw new Refusal(
    'access.forged',
    'This page is older than your session, so nothing was changed. Reload it and try again.',
  );
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null; // "null" is what a sandboxed page says
}
