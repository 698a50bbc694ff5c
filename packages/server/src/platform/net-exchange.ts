/** One question over HTTP, to an address that has been checked. Used by `net.ts` and by nobody else. */
import { request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Refusal } from '@groundswell/contract';
import type { Address, NetReply } from './net.ts';
import { no, type Target } from './net-address.ts';

export interface Exchange {
  readonly target: Target;
  /** All of them checked; the first that answers is taken. */
  readonly addresses: readonly Address[];
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export const unreachable = (what: string): Refusal =>
  new Refusal('net.unreachable', `${what} Nothing was lost. Check the address, and whether the other side is up.`);

const CONNECT_MS = 10_000;

export async function exchange(ask: Exchange): Promise<NetReply> {
  const { target, timeoutMs, maxBytes } = ask;
  const end = new AbortController();
  const stop = (what: string) => () => end.abort(unreachable(what));
  const whole = setTimeout(
    stop(`${target.name} did not give its whole answer within ${Math.ceil(timeoutMs / 1000)} s.`),
    timeoutMs,
  );
  const connecting = setTimeout(stop(`${target.name} did not accept a connection within 10 s.`), CONNECT_MS);
  try {
    const answer = await open(ask, end.signal, () => clearTimeout(connecting));
    const body = await readBody(answer, ask, end.signal);
    return { status: answer.statusCode ?? 0, headers: plainHeaders(answer.headers), body };
  } catch (error) {
    if (end.signal.aborted) throw end.signal.reason;
    if (error instanceof Refusal) throw error;
    throw refusalOf(error as NodeJS.ErrnoException, target.name, maxBytes);
  } finally {
    clearTimeout(whole);
    clearTimeout(connecting);
    end.abort(); // whatever is still open belongs to nobody
  }
}

type Answer = Readable & { statusCode?: number; headers: Record<string, string | string[] | undefined> };

function open(ask: Exchange, signal: AbortSignal, connected: () => void): Promise<Answer> {
  const { target, url, method, headers, body } = ask;
  const options: RequestOptions = {
    method,
    host: target.name,
    port: target.port,
    path: `${url.pathname}${url.search}`,
    headers: { 'user-agent': 'Groundswell', 'accept-encoding': 'gzip, deflate, br', ...headers },
    agent: false, // a connection of its own: none is kept that another question could find open
    rejectUnauthorized: true, // whatever the environment says
    lookup: pinned(ask.addresses),
    signal,
  };
  return new Promise((done, failed) => {
    const sent = (target.tls ? requestTls : requestPlain)(options, (answer) => done(answer as Answer));
    sent.on('socket', (socket) => socket.once(target.tls ? 'secureConnect' : 'connect', connected));
    sent.on('error', failed);
    sent.end(body);
  });
}

/** Answers with what was checked, whatever the name says by now. */
const pinned =
  (addresses: readonly Address[]): LookupFunction =>
  (_name, { all }, done) => {
    if (all) return done(null, [...addresses]);
    done(null, addresses[0]!.address, addresses[0]!.family);
  };

class TooLarge extends Error {}

const UNPACK: Readonly<Record<string, () => Transform>> = {
  identity: () => new PassThrough(),
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What was sent and what it unpacks to are both bounded: a bomb stops at the first byte too many. */
async function readBody(answer: Answer, { target, maxBytes }: Exchange, signal: AbortSignal): Promise<Buffer> {
  const packing = String(answer.headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  const unpack = UNPACK[packing || 'identity'];
  if (!unpack) throw unreachable(`${target.name} answered in a packing that is not known here.`);
  const parts: Buffer[] = [];
  await pipeline(
    answer,
    atMost(maxBytes),
    unpack(),
    atMost(maxBytes),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) parts.push(chunk);
    },
    { signal },
  );
  return Buffer.concat(parts);
}

const atMost = (maxBytes: number) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new TooLarge();
      yield chunk;
    }
  };

const plainHeaders = (headers: Answer['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/** Words for what went wrong below HTTP. Codes are node's; the messages themselves may quote what must not be shown. */
function refusalOf(error: NodeJS.ErrnoException, name: string, maxBytes: number): Error {
  if (error instanceof TooLarge) {
    return unreachable(`${name} answered with more than ${Math.floor(maxBytes / 1024)} KB, so its answer was dropped.`);
  }
  const code = (error instanceof AggregateError ? error.errors[0]?.code : error.code) ?? '';
  if (code === 'ERR_INVALID_CHAR' || code === 'ERR_UNESCAPED_CHARACTERS') {
    return no('A setting or a secret holds characters that cannot be sent. Paste it again, without line breaks.');
  }
  if (code === 'ECONNREFUSED') return unreachable(`${name} refused the connection.`);
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_|^EPROTO|ERR_SSL_/.test(code)) {
    return unreachable(`${name} has no certificate that can be trusted (${code}), so nothing was sent.`);
  }
  if (/^Z_|^ERR_(BROTLI|_ERROR)|^ERR__ERROR/.test(code)) {
    return unreachable(`${name} answered with something packed that cannot be unpacked.`);
  }
  if (/^(E[A-Z]+|HPE_\w+|ERR_STREAM_PREMATURE_CLOSE|UND_\w+)$/.test(code)) {
    return unreachable(`${name} broke off, or could not be reached (${code}).`);
  }
  return error;
}
