/**
 * The one way out of the house. A name is looked up once, every address that it has must be public, and the connection goes
 * to exactly those: what the name says a moment later changes nothing. Nothing here writes to a log: addresses may hold
 * what is nobody's business.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Refusal } from '@groundswell/contract';
import { inside, isPublic, no, placeOf, readHost, readPlace, readTarget, type Target } from './net-address.ts';
import { exchange, unreachable } from './net-exchange.ts';

export interface NetRequest {
  readonly method: 'GET' | 'POST';
  /** https only, unless its host and port are among `internal`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Until the whole answer is there; 30 s unless said. */
  readonly timeoutMs?: number;
  /** Of the answer, unpacked; 20 MB unless said. */
  readonly maxBytes?: number;
}

/** Any status: a redirect is an answer like others and is not followed. */
export interface NetReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Net {
  /** Throws `Refusal` `net.not_allowed` for an address that may not be called, `net.unreachable` when nobody answers. */
  request(ask: NetRequest): Promise<NetReply>;
  /** For protocols other than HTTP: the address to connect to, looked up once and allowed. The name is for TLS. */
  addressOf(host: string, port: number): Promise<{ address: string; name: string; tls: boolean }>;
  /** The same way out for these hosts and no other: `host`, or `host:port` where the port is not 443. */
  only(hosts: readonly string[]): Net;
}

export interface Address {
  readonly address: string;
  readonly family: number;
}

export interface NetOptions {
  /** `host:port` inside the network that may be called all the same, also without TLS. */
  readonly internal: readonly string[];
  /** All addresses of a name; the system's own unless given. */
  readonly resolve?: (name: string) => Promise<readonly Address[]>;
}

const TIMEOUT_MS = 30_000;
const LOOKUP_MS = 10_000;
const BODY_MAX = 20 * 1024 * 1024;

export function openNet({ internal, resolve = (name) => lookup(name, { all: true }) }: NetOptions): Net {
  const known = new Set(internal.flatMap((place) => readPlace(place) ?? []));
  return netFor(known, resolve, null);
}

type Resolve = NonNullable<NetOptions['resolve']>;

/** `places` is null for whoever may call any host by the usual port. */
function netFor(internal: ReadonlySet<string>, resolve: Resolve, places: ReadonlySet<string> | null): Net {
  const check = (target: Target): Target => {
    const place = placeOf(target.name, target.port);
    if (places ? places.has(place) : target.port === 443 || target.internal) return target;
    throw no(`${place} is not what was set up to be called here, so it was not called.`);
  };
  return {
    async request({ method, url, headers = {}, body, timeoutMs = TIMEOUT_MS, maxBytes = BODY_MAX }) {
      const target = check(readTarget(url, internal));
      const started = performance.now();
      const addresses = await addressesOf(target, resolve);
      const leftMs = Math.max(1, timeoutMs - (performance.now() - started));
      return exchange({ target, addresses, url: new URL(url), method, headers, body, timeoutMs: leftMs, maxBytes });
    },
    async addressOf(host, port) {
      const target = readHost(host, port, internal);
      if (places) check(target);
      const [first] = await addressesOf(target, resolve);
      return { address: first!.address, name: target.name, tls: target.tls };
    },
    only: (hosts) => {
      const wanted = hosts.flatMap((host) => readPlace(host) ?? []);
      return netFor(internal, resolve, new Set(places ? wanted.filter((place) => places.has(place)) : wanted));
    },
  };
}

/** One that is not public spoils all: whoever owns the name has no reason to say it but to lead us inside. */
async function addressesOf({ name, internal }: Target, resolve: Resolve): Promise<readonly Address[]> {
  const found = isIP(name) ? [{ address: name, family: isIP(name) }] : await lookUp(name, resolve);
  if (found.length === 0) throw unreachable(`The name ${name} is not known.`);
  if (!internal && !found.every(({ address }) => isPublic(address))) throw inside(name);
  return found;
}

async function lookUp(name: string, resolve: Resolve): Promise<readonly Address[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(unreachable(`Looking up the name ${name} took too long.`)), LOOKUP_MS);
  });
  try {
    return await Promise.race([resolve(name), tooLong]);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw unreachable(`The name ${name} is not known, or the names of this network cannot be looked up.`);
  } finally {
    clearTimeout(timer);
  }
}
