/** The line to the server: opened, opened again when it breaks, and going on where it was. Knows no screen; runs in a worker too. */

export type LineWord =
  /** `fresh`: nothing is known of what happened before. */
  | { readonly type: 'open'; readonly fresh: boolean }
  | { readonly type: 'news'; readonly list: readonly { kind: string; id: string | null; name: string }[] }
  | { readonly type: 'lost' }
  /** The server answers, but not with a stream: nobody is signed in any more, or there are too many already. */
  | { readonly type: 'refused' };

export interface LineOptions {
  readonly address: string;
  /** Without a word for this long the line is dead, whatever the network says. */
  readonly silenceMs: number;
  readonly tell: (word: LineWord) => void;
  readonly open?: (url: string) => EventSource;
}

export interface Line {
  /** At once, instead of after the wait. */
  again(): void;
  close(): void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export function holdLine({ address, silenceMs, tell, open = (url) => new EventSource(url) }: LineOptions): Line {
  let source: EventSource | null = null;
  let position = '';
  let failures = 0;
  const { later, forget } = alarm();

  function connect(): void {
    const after = position ? `${address.includes('?') ? '&' : '?'}after=${encodeURIComponent(position)}` : '';
    source = open(address + after);
    source.onerror = () => fail(source?.readyState === 2 ? 'refused' : 'lost');
    const hear = (name: string, act: (data: string) => void) =>
      source!.addEventListener(name, (event) => {
        const { data, lastEventId } = event as MessageEvent<string>;
        if (lastEventId) position = lastEventId;
        later(() => fail('lost'), silenceMs);
        act(data);
      });
    hear('hello', () => {
      failures = 0;
      tell({ type: 'open', fresh: after === '' });
    });
    hear('reset', () => {
      failures = 0;
      tell({ type: 'open', fresh: true });
    });
    hear('news', (data) => tell({ type: 'news', list: JSON.parse(data) }));
    hear('beat', () => {});
    hear('bye', (data) => {
      const { why } = JSON.parse(data) as { why: string };
      if (why === 'moved') return again();
      fail(why === 'ended' ? 'refused' : 'lost');
    });
    later(() => fail('lost'), silenceMs);
  }

  function fail(type: 'lost' | 'refused'): void {
    source?.close();
    source = null;
    tell({ type });
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++);
    later(connect, wait * (0.75 + Math.random() / 2)); // not all browsers at the same moment
  }

  function again(): void {
    source?.close();
    forget();
    connect();
  }
  connect();
  return {
    again: () => source === null && again(),
    close() {
      forget();
      source?.close();
    },
  };
}

/** One at a time. */
function alarm() {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = () => clearTimeout(timer);
  const later = (run: () => void, ms: number) => {
    forget();
    timer = setTimeout(run, ms);
  };
  return { later, forget };
}
