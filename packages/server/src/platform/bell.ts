/** One LISTEN connection per process that wakes every follower in it. A notice says "new" and nothing else. */
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Bell } from './follow.ts';
import type { Logger } from './log.ts';

const AGAIN_MS = 1_000;
const CONNECT_LIMIT_MS = 10_000;

export interface OpenBell extends Bell {
  close(): Promise<void>;
}

/** Listens, and listens again after the connection was lost; until then its followers poll. */
export async function openBell(url: string, log: Logger): Promise<OpenBell> {
  const rings = new EventEmitter().setMaxListeners(0); // one listener per live session
  let closed = false;
  let client = await listen();

  async function listen(): Promise<Client> {
    const fresh = new Client({
      connectionString: url,
      application_name: 'groundswell bell',
      connectionTimeoutMillis: CONNECT_LIMIT_MS, // a server that is just dying may accept and never answer
      keepAlive: true, // it only ever listens: nothing else would notice that the other end has gone
    });
    fresh.on('error', (error) => log.debug({ err: error }, 'the bell lost its connection'));
    fresh.on('notification', () => rings.emit('ring'));
    try {
      await fresh.connect();
      await fresh.query('listen "new"');
    } catch (error) {
      fresh.end().catch(() => {});
      throw error;
    }
    fresh.once('end', () => void listenAgain());
    return fresh;
  }

  async function listenAgain(): Promise<void> {
    while (!closed) {
      await sleep(AGAIN_MS, undefined, { ref: false });
      try {
        client = await listen();
        if (closed) await client.end();
        rings.emit('ring'); // what was missed is read now
        return;
      } catch (error) {
        log.warn({ err: error }, 'the database cannot be listened to; followers poll meanwhile');
      }
    }
  }

  return {
    async wait(ms, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
      await once(rings, 'ring', { signal: limit }).catch(() => {});
    },
    async close() {
      closed = true;
      await client.end();
    },
  };
}
