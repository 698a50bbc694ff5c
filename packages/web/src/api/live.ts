/** Live: what is told on the line is asked for again. */
import { LIVE_SILENCE_MS, type LiveNews, listenLive } from '@groundswell/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { holdLine, type LineWord } from './live-line.ts';
import { refresher } from './live-refresh.ts';
import type { ToWorker } from './live-worker.ts';
import { become, liveness } from './liveness.ts';
import { SESSION } from './session.ts';
import { worldHere } from './world.ts';

const COUNTED_MS = { house: 10_000, world: 2_000 } as const;
/** While the line is lost, what is shown is asked for this often. */
const LOST_EVERY_MS = 10_000;

/** Once, by the frame. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const ask = (root: string) => client.invalidateQueries({ queryKey: [root] });
    const refresh = refresher({
      ask,
      countedMs: worldHere() === null ? COUNTED_MS.house : COUNTED_MS.world,
      isHidden: () => document.hidden,
    });
    const stop = openLine((word) => {
      if (word.type === 'news') return refresh.hear(word.list as LiveNews[]);
      if (word.type === 'open') {
        become({ live: true, lostAt: null });
        if (!word.fresh) return;
        void client.invalidateQueries({ queryKey: SESSION }); // it is fresh too where rights have just changed
        return refresh.everything();
      }
      become({ live: false, lostAt: liveness().lostAt ?? new Date() });
      if (word.type === 'refused') void client.invalidateQueries({ queryKey: SESSION });
    });
    const poll = setInterval(() => !liveness().live && liveness().lostAt && refresh.everything(), LOST_EVERY_MS);
    document.addEventListener('visibilitychange', refresh.wake);
    return () => {
      stop();
      refresh.stop();
      clearInterval(poll);
      document.removeEventListener('visibilitychange', refresh.wake);
    };
  }, [client]);
}

function openLine(tell: (word: LineWord) => void): () => void {
  if (typeof EventSource === 'undefined') return () => {};
  const world = worldHere();
  const address = listenLive.path + (world === null ? '' : `?world=${world}`);
  if (typeof SharedWorker === 'undefined') {
    const line = holdLine({ address, silenceMs: LIVE_SILENCE_MS, tell });
    return () => line.close();
  }
  const worker = new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: `groundswell live ${world ?? ''}`,
  });
  const say = (word: ToWorker) => worker.port.postMessage(word);
  const start = () => say({ type: 'start', address, silenceMs: LIVE_SILENCE_MS });
  const gone = () => say({ type: 'gone' });
  worker.port.onmessage = ({ data }: MessageEvent<LineWord>) => tell(data);
  globalThis.addEventListener('pagehide', gone);
  globalThis.addEventListener('pageshow', start); // also out of the browser's own cache of pages
  start();
  return () => {
    globalThis.removeEventListener('pagehide', gone);
    globalThis.removeEventListener('pageshow', start);
    gone();
    worker.port.close();
  };
}
