/** The words of the stream as they go over the wire: `text/event-stream` of the HTML standard. Pure. */
import type { ByeReason, LiveEvent, LiveNews } from '@groundswell/contract';

/** No cache, no proxy and no compression may hold back what is said. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
};

/** Each frame says at once how long to wait before coming back, should it be the last. */
const frame = (event: LiveEvent, data: unknown, id?: string, retryMs?: number): string =>
  `${retryMs === undefined ? '' : `retry: ${retryMs}\n`}${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export const hello = (position: string): string => frame('hello', {}, position, 2_000);
export const news = (list: readonly LiveNews[], position?: string): string => frame('news', list, position);
export const reset = (position: string): string => frame('reset', {}, position, 2_000);
export const beat = (): string => frame('beat', {});
export const bye = (why: ByeReason, retryMs: number): string => frame('bye', { why }, undefined, retryMs);
