/** A server on this machine that answers as another system was recorded to answer, its bad days included. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** `cut`: half of an answer, and then the line goes dead. */
export type Told =
  | 'cut'
  | { status?: number; headers?: Record<string, string>; json: unknown }
  | { status?: number; headers?: Record<string, string>; raw: string };

export interface Replay {
  /** `http://127.0.0.1:port`. */
  readonly address: string;
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly asked: Asked[];
  /** Told first, one for each question, before the record goes on. */
  readonly first: Told[];
  /** What its clock shows. */
  clock: Date;
  close(): Promise<void>;
}

export async function replay(clock: Date, answer: (asked: Asked, now: Date) => Told): Promise<Replay> {
  const asked: Asked[] = [];
  const first: Told[] = [];
  const state = { clock };
  const server = createServer(async (request, response) => {
    const question = await readQuestion(request);
    asked.push(question);
    const told = first.shift() ?? answer(question, state.clock);
    if (told === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write('{"half":', () => response.destroy());
      return;
    }
    const { status = 200, headers = {} } = told;
    const body = 'raw' in told ? told.raw : JSON.stringify(told.json);
    response.sendDate = false;
    response.writeHead(status, { 'content-type': 'application/json', date: state.clock.toUTCString(), ...headers });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: `http://${host}`,
    host,
    asked,
    first,
    get clock() {
      return state.clock;
    },
    set clock(now: Date) {
      state.clock = now;
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

async function readQuestion(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://replay');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
