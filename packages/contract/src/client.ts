/** The typed client: the one way in which web and CLI speak to the server. */

import type { CallOf, Endpoint, ReplyOf } from './endpoint.ts';
import { type ErrorCode, Refusal } from './errors.ts';

export interface ClientOptions {
  /** '' in the browser; `http://127.0.0.1:4747` elsewhere. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Headers for every call: a token, or the CSRF word of the session. */
  readonly headers?: () => Record<string, string>;
}

/** A fault of the server or the way to it: nothing a person did. `requestId` finds it in the log. */
export class Fault extends Error {
  readonly status: number;
  readonly requestId: string | null;

  constructor(message: string, status: number, requestId: string | null) {
    super(message);
    this.name = 'Fault';
    this.status = status;
    this.requestId = requestId;
  }
}

export type Call = <E extends Endpoint>(endpoint: E, call: CallOf<E>) => Promise<ReplyOf<E>>;

/**
 * Makes a caller for a server.
 * @throws Refusal when the server said a foreseen no; Fault for everything else, the network included
 * @example
 * const call = createClient({ baseUrl: 'http://127.0.0.1:4747' });
 * const { sources } = await call(listSources, {});
 */
export function createClient(options: ClientOptions): Call {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  return async (endpoint, call) => {
    const parts = call as {
      params?: Record<string, unknown>;
      query?: Record<string, unknown>;
      body?: unknown;
      bytes?: Blob;
    };
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() };
    let body: BodyInit | undefined;
    if (parts.bytes !== undefined) {
      headers['content-type'] = 'application/octet-stream';
      body = parts.bytes;
    } else if (parts.body !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(parts.body);
    }
    const url = options.baseUrl + pathOf(endpoint.path, parts.params) + queryOf(parts.query);
    const response = await send(url, { method: endpoint.method, headers, body }).catch((cause: unknown) => {
      throw new Fault('The server did not answer. Nothing was changed; try again when it is back.', 0, String(cause));
    });
    return read(response);
  };
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new Fault(`The server answered ${response.status} with something that is not JSON.`, response.status, null);
  }
  if (response.ok) return said as T;
  const no = said as { code?: string; message?: string; details?: Record<string, unknown>; requestId?: string };
  if (response.status < 500 && no.code)
    throw new Refusal(no.code as ErrorCode, no.message ?? no.code, no.details ?? {});
  throw new Fault(no.message ?? `The server answered ${response.status}.`, response.status, no.requestId ?? null);
}

function pathOf(path: string, params: Record<string, unknown> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function queryOf(query: Record<string, unknown> = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) words.append(name, String(one));
  }
  const said = words.toString();
  return said ? `?${said}` : '';
}
