/** Explaining takes up to a second of pure computing: in a thread of its own, so that no other request waits for it. */
import { type MessagePort, Worker } from 'node:worker_threads';
import { type Explanation, explainEvents } from '@groundswell/analytics';
import { Refusal } from '@groundswell/contract';
import type { Question } from './explain.ts';

interface Asked {
  readonly id: number;
  readonly question: Question;
}

type Answer = { readonly id: number } & ({ readonly found: Explanation } | { readonly fault: string });

/** In the thread: one question after the other. */
export function answerQuestions(port: MessagePort): void {
  port.on('message', ({ id, question }: Asked) => {
    try {
      port.postMessage({ id, found: explainEvents(question.rows, question.options) } satisfies Answer);
    } catch (error) {
      port.postMessage({ id, fault: String(error) } satisfies Answer);
    }
  });
}

interface Waiting {
  readonly resolve: (found: Explanation) => void;
  readonly reject: (error: Error) => void;
  readonly late: NodeJS.Timeout;
}

/** Questions that may wait: more would be answered to people who have gone. */
const WAITING_MAX = 20;
const LIMIT_MS = 20_000;

export type Explain = (question: Question) => Promise<Explanation>;

/** The thread begins with the first question, and keeps no process alive. One that falls is begun anew by the next. */
export function explainIn(entry: URL): Explain {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let last = 0;

  function fail(error: Error): void {
    void thread?.terminate();
    thread = null;
    for (const { reject, late } of waiting.values()) {
      clearTimeout(late);
      reject(error);
    }
    waiting.clear();
  }

  function begin(): Worker {
    const begun = new Worker(entry);
    begun.unref();
    begun.on('error', fail);
    begun.on('message', (answer: Answer) => {
      const asker = waiting.get(answer.id);
      if (!asker) return;
      waiting.delete(answer.id);
      clearTimeout(asker.late);
      if ('found' in answer) asker.resolve(answer.found);
      else asker.reject(new Error(answer.fault));
    });
    return begun;
  }

  return (question) => {
    if (waiting.size >= WAITING_MAX)
      throw new Refusal(
        'access.too_many_attempts',
        'Too many explanations are being computed. Nothing was lost. Try again in a few seconds.',
      );
    thread ??= begin();
    const id = ++last;
    const { promise, resolve, reject } = Promise.withResolvers<Explanation>();
    const late = setTimeout(() => fail(new Error('an explanation took too long')), LIMIT_MS);
    waiting.set(id, { resolve, reject, late });
    thread.postMessage({ id, question } satisfies Asked);
    return promise;
  };
}
