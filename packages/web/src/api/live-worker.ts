/**
 * One line for all tabs of a browser: over HTTP/1.1 a browser holds six connections to a site, and six tabs with a stream
 * each would leave none for anything else. It lives as long as one of the tabs does.
 */
import { holdLine, type Line, type LineWord } from './live-line.ts';

export type ToWorker = { type: 'start'; address: string; silenceMs: number } | { type: 'gone' };

const tabs = new Set<MessagePort>();
let line: Line | null = null;
let state: LineWord | null = null;

function tell(word: LineWord): void {
  if (word.type !== 'news') state = word;
  for (const tab of tabs) tab.postMessage(word);
}

(globalThis as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = ({ ports: [tab] }) => {
  tab!.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === 'gone') return void tabs.delete(tab!);
    tabs.add(tab!);
    // what another tab knows already is no news here: this one has just asked for everything
    if (state) tab!.postMessage(state.type === 'open' ? { ...state, fresh: false } : state);
    if (line) line.again();
    else line = holdLine({ address: data.address, silenceMs: data.silenceMs, tell });
  };
};
