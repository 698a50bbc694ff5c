/** Batches over HTTP. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import {
  BatchKey,
  type BatchLine,
  IDEMPOTENCY_KEY,
  Refusal,
  readBatch as readEndpoint,
  sendBatch as sendEndpoint,
} from '@groundswell/contract';
import type { App } from '../platform/http.ts';
import { route } from '../platform/route.ts';
import type { Tools } from '../platform/tools.ts';
import { answerLines, openBatch } from './batch.actions.ts';
import { loadBatch } from './batch.store.ts';
import { type Batch, progressLine, viewBatch } from './batch.ts';
import type { Patience } from './batch-stream.ts';
import { sourceFor } from './source.ts';

export function batchRoutes(app: App, tools: Tools, patience: Patience): void {
  const stop = new AbortController();
  app.addHook('preClose', async () => stop.abort());

  app.route({
    ...route(sendEndpoint),
    async handler({ actor, query, body, headers, raw, log }, reply) {
      drainAfter(reply.raw, raw);
      const key = keyOf(headers[IDEMPOTENCY_KEY]);
      const gone = () => raw.destroyed && !raw.complete;
      const run = await openBatch(tools, actor, {
        ...patience,
        sourceId: sourceFor(actor, query.source),
        key,
        fromByte: query.fromByte,
        body: body.iterator({ destroyOnReturn: false }),
        packed: packing(headers['content-encoding']),
        stopping: stop.signal,
        gone,
      });
      // The head goes out at once: who named no key hears it in time to go on after a break.
      reply.header(IDEMPOTENCY_KEY, key).type('application/x-ndjson; charset=utf-8').hijack();
      reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>).flushHeaders();
      const progress = sayProgress(reply.raw, patience.progressMs);
      const end = await run(progress.kept).finally(progress.stop);
      if (end.fault) log.error({ err: end.fault }, 'a batch broke off by a fault');
      pipeline(Readable.from(written(answerLines(tools, actor, end))), reply.raw, () => {}); // hung up: nobody to tell
    },
  });

  app.route({
    ...route(readEndpoint),
    async handler({ actor, params, query }) {
      const name = { sourceId: sourceFor(actor, query.source), key: params.key };
      return viewBatch(await tools.db.as(actor, (db) => loadBatch(db, name)), tools.clock.now());
    },
  });
}

function keyOf(said: string | string[] | undefined): string {
  if (said === undefined) return randomUUID();
  const key = BatchKey.safeParse(said);
  if (key.success) return key.data;
  throw new Refusal('request.invalid', `The header "${IDEMPOTENCY_KEY}" ${key.error.issues[0]!.message}.`);
}

function packing(said: string | undefined): 'gzip' | null {
  if (said === undefined || said === 'identity') return null;
  if (said === 'gzip' || said === 'x-gzip') return 'gzip';
  throw new Refusal(
    'request.unsupported_format',
    `A body packed with "${said.slice(0, 40)}" is not read. Use gzip or none.`,
  );
}

async function* written(pages: AsyncGenerator<BatchLine[]>): AsyncGenerator<string> {
  for await (const page of pages) yield `${page.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** Nothing is said to a sender who does not read: the answer must not grow in memory. */
function sayProgress(answer: ServerResponse, everyMs: number) {
  let last: Batch | null = null;
  const timer = setInterval(() => {
    if (last && !answer.writableNeedDrain && !answer.destroyed) answer.write(`${JSON.stringify(progressLine(last))}\n`);
  }, everyMs);
  return {
    kept: (batch: Batch) => {
      last = batch;
    },
    stop: () => clearInterval(timer),
  };
}

const LINGER_MS = 10_000;

/**
 * Who is still sending must be let finish, or hears nothing of the answer: a connection that is closed on unread bytes
 * takes the answer with it. Not for ever: the rest may be gigabytes.
 */
function drainAfter(answer: ServerResponse, request: IncomingMessage): void {
  answer.once('finish', () => {
    if (request.complete || request.destroyed) return;
    request.on('error', () => {}); // hung up
    request.resume();
    setTimeout(() => request.complete || request.destroy(), LINGER_MS).unref();
  });
}
