/** A browser's end of a stream, over a real socket. */
import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveNews } from '@groundswell/contract';
import { expect } from 'vitest';
import type { Caller, TestHouse } from './house.ts';

export interface Frame {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: ReturnType<typeof JSON.parse>;
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Every byte so far, and the frames in it. */
  text(): string;
  frames(): Frame[];
  news(): LiveNews[];
  /** The position of the last frame that had one. */
  position(): string;
  ended(): boolean;
  /** Stops reading without hanging up. */
  pause(): void;
  hangUp(): void;
}

export async function addressOf(house: TestHouse): Promise<string> {
  if (house.http.server.listening) {
    return `http://127.0.0.1:${(house.http.server.address() as AddressInfo).port}`;
  }
  return house.http.listen({ host: '127.0.0.1', port: 0 });
}

export function listen(url: string, headers: Record<string, string>): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers: { accept: 'text/event-stream', ...headers }, agent: false }, (reply) => {
      let said = '';
      let over = false;
      reply.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
      });
      reply.on('close', () => {
        over = true;
      });
      reply.on('error', () => {});
      const frames = () => framesOf(said);
      resolve({
        status: reply.statusCode!,
        headers: reply.headers,
        text: () => said,
        frames,
        news: () => frames().flatMap(({ event, data }) => (event === 'news' ? (data as LiveNews[]) : [])),
        position: () => frames().findLast(({ id }) => id !== undefined)!.id!,
        ended: () => over,
        pause: () => void reply.pause(),
        hangUp: () => void call.destroy(),
      });
    });
    call.on('error', reject);
    call.end();
  });
}

function framesOf(said: string): Frame[] {
  return said
    .split('\n\n')
    .slice(0, -1)
    .map((block) => {
      const lines = new Map(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
      return { event: lines.get('event')!, id: lines.get('id'), data: JSON.parse(lines.get('data')!) };
    });
}

export const events = (heard: Heard): string[] => heard.frames().map(({ event }) => event);

/** Until the stream has said hello, or that everything has to be asked for again. */
export async function settled(heard: Heard): Promise<Heard> {
  await expect.poll(() => events(heard).some((event) => event === 'hello' || event === 'reset')).toBe(true);
  return heard;
}

/** A session of its own for somebody of the house, as a browser would hold it. */
export async function cookieOf(house: TestHouse, who: Caller): Promise<string> {
  await who.get('/api/session'); // they are kept by then
  const secret = randomUUID();
  await house.owner.query(
    `insert into sessions (secret_hash, person_id, created_at, seen_at, expires_at)
     values ($1, $2, $3, '9999-01-01', '9999-12-31')`,
    [hashOf(`groundswell=${secret}`), who.id, house.now()],
  );
  return `groundswell=${secret}`;
}

/** What is kept of the secret in a cookie. */
export const hashOf = (cookie: string): Buffer => createHash('sha256').update(cookie.split('=')[1]!).digest();

/** An event as it stands in the record, without the deed behind it. */
export async function happen(
  on: { query(text: string, values: unknown[]): Promise<unknown> },
  id: string,
  { compartment = 'open', name = 'issue.moved', kind = 'issue' } = {},
): Promise<void> {
  await on.query(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     values (now(), 'ana', $2, $4, $1, $3, '')`,
    [id, name, compartment, kind],
  );
}
