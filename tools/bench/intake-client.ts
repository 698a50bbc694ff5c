/** The clients of a measurement, in a thread of their own: what they cost is theirs, on the same cores. */
import { Readable } from 'node:stream';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

export interface ClientTask {
  /** One stream of NDJSON instead of requests. */
  readonly stream: boolean;
  readonly url: string;
  readonly token: string;
  readonly bodies: readonly string[];
  readonly clients: number;
}

/** When all is answered: the moment (`performance.now()`) at which sending began. */
export async function sendByThread(task: ClientTask): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  const began = await new Promise<number>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => resolve(performance.now()));
  });
  await new Promise((resolve, reject) => worker.once('error', reject).once('exit', resolve));
  return began;
}

async function sendStream({ url, token, bodies }: ClientTask): Promise<void> {
  parentPort!.postMessage('ready');
  const reply = await fetch(`${url}/api/signals/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: Readable.from(bodies.map((text) => Buffer.from(text))) as unknown as RequestInit['body'],
    duplex: 'half',
  } as RequestInit);
  const said = await reply.text();
  if (!said.includes('"finished":true')) throw new Error(said.slice(-500));
}

async function sendAll({ url, token, bodies, clients }: ClientTask): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const next = bodies.values();
  parentPort!.postMessage('ready');
  const send = async () => {
    for (const body of next) {
      const reply = await fetch(`${url}/api/signals`, { method: 'POST', headers, body });
      if (!reply.ok) throw new Error(await reply.text());
      await reply.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: clients }, send));
}

if (!isMainThread) await ((workerData as ClientTask).stream ? sendStream : sendAll)(workerData as ClientTask);
