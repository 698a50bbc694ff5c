/** For tests of batches: a house that listens, and senders with real connections. */
import { randomUUID } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Caller, openHouse, type TestHouse } from './house.ts';

export interface Sender {
  readonly source: string;
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly key: string;
  /** Of whatever shape the test expects. */
  readonly lines: ReturnType<typeof JSON.parse>[];
  /** What was told on the way, apart from them. */
  readonly progress: ReturnType<typeof JSON.parse>[];
}

export type Headers = Record<string, string>;

export const aRow = (over: object = {}) => ({ id: 'r1', ts: '2026-03-01T10:00:00Z', text: 'it crashes', ...over });
export const lineOf = (over: object = {}) => `${JSON.stringify(aRow(over))}\n`;
export const manyLines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => lineOf({ id: `r${from + i}`, text: `stuck at ${i}` })).join('');
export const named = (key: string): Headers => ({ 'idempotency-key': key });

export interface Opened {
  readonly stream: ClientRequest;
  readonly answer: Promise<Answer>;
  /** True once the answer has begun to come, beyond its head and what is told on the way. */
  readonly answering: () => boolean;
}

/** A request whose body the test writes, to any address. */
export function openBatchTo(url: string, token: string, headers: Headers = {}, query = ''): Opened {
  const all = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', ...headers };
  const stream = request(`${url}/api/signals/batch${query}`, { method: 'POST', headers: all });
  let text = '';
  const head = new Promise<IncomingMessage>((resolve, reject) => stream.once('response', resolve).on('error', reject));
  const answer = head.then(async (reply) => {
    for await (const part of reply.setEncoding('utf8')) text += part;
    const said = text.split('\n').filter(Boolean);
    const key = String(reply.headers['idempotency-key']);
    const all = said.map((line) => JSON.parse(line));
    const lines = all.filter(({ progress }) => !progress);
    return { status: reply.statusCode!, key, lines, progress: all.flatMap(({ progress }) => progress ?? []) };
  });
  answer.catch(() => {}); // told to whoever awaits it
  return { stream, answer, answering: () => /^(?!\{"progress")./m.test(text) };
}

export interface BatchDesk {
  readonly house: TestHouse;
  readonly admin: Caller;
  readonly url: string;
  aSender(): Promise<Sender>;
  open(to: Sender, headers?: Headers, query?: string): Opened;
  send(to: Sender, body: string | Buffer, headers?: Headers, query?: string): Promise<Answer>;
  /** Ids of what was kept of a source. */
  kept(of: Sender): Promise<string[]>;
  view(of: Sender, key: string): Promise<ReturnType<typeof JSON.parse>>;
}

export async function openDesk(house?: TestHouse): Promise<BatchDesk> {
  const home = house ?? (await openHouse());
  const admin = home.as('admin');
  await home.http.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(home.http.server.address() as AddressInfo).port}`;
  const open: BatchDesk['open'] = ({ token }, headers, query) => openBatchTo(url, token, headers, query);
  return {
    house: home,
    admin,
    url,
    open,
    async aSender() {
      const source = (await admin.post('/api/sources', { name: randomUUID(), kind: 'ticket' })).body.id;
      const { token } = (await admin.post('/api/tokens', { name: 'batch', sourceId: source })).body;
      return { source, token };
    },
    send(to, body, headers, query) {
      const { stream, answer } = open(to, headers, query);
      stream.end(body);
      return answer;
    },
    async kept({ source }) {
      const { rows } = await home.owner.query(
        'select external_id from signals where source_id = $1 order by length(external_id), external_id',
        [source],
      );
      return rows.map(({ external_id }) => external_id);
    },
    view: async ({ source }, key) =>
      (await admin.get(`/api/signals/batch/${encodeURIComponent(key)}?source=${source}`)).body,
  };
}
