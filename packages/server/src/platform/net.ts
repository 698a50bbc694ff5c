/** The one way out of the house. Nothing may leave yet: whoever needs it adds the allow-list here, with its tests. */

export interface NetRequest {
  readonly method: 'GET' | 'POST';
  /** https only, unless its host and port are among `internal`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Until the whole answer is there. */
  readonly timeoutMs?: number;
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

export interface NetOptions {
  /** `host:port` inside the network that may be called all the same, also without TLS. */
  readonly internal: readonly string[];
}

export function openNet(_options: NetOptions): Net {
  const closed = async (host: string): Promise<never> => {
    throw new Error(`Nothing leaves this house yet: ${host} was not contacted.`);
  };
  const net: Net = { request: ({ url }) => closed(new URL(url).host), addressOf: closed, only: () => net };
  return net;
}
