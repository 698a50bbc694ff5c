/** The one place where time comes from: nothing else in the server reads the machine's clock for a decision. */

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface SetClock extends Clock {
  set(at: Date): void;
  advance(ms: number): void;
}

/** A clock that stands still until it is told to move: for tests, and to replay the past. */
export function setClock(start: Date): SetClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    set: (to) => {
      at = to.getTime();
    },
    advance: (ms) => {
      at += ms;
    },
  };
}
