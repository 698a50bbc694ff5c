/** Asks for JSON, and says in words what came instead. */
import { Refusal } from '@groundswell/contract';
import type { Net } from '../platform/net.ts';
import { Problem } from './adapter.ts';

export interface JsonQuestion {
  /** How the other side is called in sentences: "Zendesk". */
  readonly who: string;
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly now: Date;
  /** What to do when the credentials are refused: "Make a new API token in the Admin Center under Apps and integrations." */
  readonly newCredentials: string;
  /** What to check when there is nothing at the address. */
  readonly checkAddress?: string;
  readonly maxBytes?: number;
}

export interface JsonAnswer {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** The parsed answer to a question; throws a `Problem` for everything that is none. */
export async function askJson(net: Net, question: JsonQuestion): Promise<JsonAnswer> {
  const { who, url, method = 'GET', headers, body, maxBytes } = question;
  const reply = await net
    .request({
      method,
      url,
      headers: { accept: 'application/json', ...headers },
      ...(body !== undefined && { body }),
      ...(maxBytes !== undefined && { maxBytes }),
    })
    .catch((error: unknown) => {
      throw asProblem(error);
    });
  const problem = problemOf(reply.status, reply.headers, question);
  if (problem) throw new Problem(problem.words, { ...problem, status: reply.status });
  try {
    return { body: JSON.parse(reply.body.toString('utf8')), headers: reply.headers };
  } catch {
    throw new Problem(
      `${who} answered with something that is not JSON (${mediaType(reply.headers)}). Nothing was lost. Check that the address is that of its API and not of a page to sign in.`,
    );
  }
}

/** A refusal of the egress as a problem of the connector; anything else is a fault and passes. */
export function asProblem(error: unknown): unknown {
  if (!(error instanceof Refusal) || !error.code.startsWith('net.')) return error;
  return new Problem(error.message, { lasting: error.code === 'net.not_allowed' });
}

const mediaType = (headers: Readonly<Record<string, string>>): string =>
  /^[\w.+-]+\/[\w.+-]+/.exec(headers['content-type'] ?? '')?.[0] ?? 'of no named kind';

function problemOf(status: number, headers: Readonly<Record<string, string>>, question: JsonQuestion): Problem | null {
  const { who, newCredentials, checkAddress, now } = question;
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) {
    return new Problem(`${who} refused the credentials (${status}). ${newCredentials}`, { lasting: true });
  }
  if (status === 404 || status === 410) {
    const check = checkAddress ?? 'Check the address in the settings.';
    return new Problem(`${who} has nothing at this address (${status}). ${check}`, { lasting: true });
  }
  if (status === 429 || status === 503) {
    const retryAfterMs = retryAfter(headers, now);
    const why = status === 429 ? 'asks for fewer questions' : 'is not available just now';
    return new Problem(`${who} ${why} (${status}). It is asked again later by itself; nothing was lost.`, {
      retryAfterMs,
    });
  }
  if (status >= 300 && status < 400) {
    return new Problem(
      `${who} sends us on to another address (${status}), and redirects are not followed. Put the address it moved to into the settings.`,
      { lasting: true },
    );
  }
  if (status >= 500) {
    return new Problem(`${who} had a fault of its own (${status}). It is asked again by itself; nothing was lost.`);
  }
  return new Problem(`${who} did not accept the question (${status}). Check the settings of this connector.`, {
    lasting: true,
  });
}

/** A day: who asks for more is asked again then. */
const RETRY_AFTER_MAX_MS = 24 * 3_600_000;

/** `Retry-After` is seconds or a date (RFC 9110 §10.2.3); null for neither. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const said = headers['retry-after']?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1000 : Date.parse(said) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), RETRY_AFTER_MAX_MS) : null;
}
