/** The event log of support in order of time, made while the world goes by: nothing is kept longer than it is open. */
import type { Handled, Handling, HandlingEvent } from './handling.ts';
import { HOUR_MS } from './plan.ts';
import type { SimulatedSignal } from './world.ts';

/**
 * Takes signals hour by hour and gives out what was done.
 * @example
 * const log = new EventLog(openHandling(world));
 * for (const signal of world.signalsOfHour(0)) log.add(signal);
 * [...log.before(world.start + HOUR_MS)]; // what was done in the first hour
 */
export class EventLog {
  readonly #handling: Handling;
  /** Hour since 1970 → what happens in it. */
  readonly #ahead = new Map<number, HandlingEvent[]>();

  constructor(handling: Handling) {
    this.#handling = handling;
  }

  /** Hears of a signal, before any later moment is asked for. */
  add(signal: SimulatedSignal): Handled {
    const handled = this.#handling.of(signal);
    for (const event of handled.events) {
      const hour = Math.floor(event.at / HOUR_MS);
      const there = this.#ahead.get(hour);
      if (there) there.push(event);
      else this.#ahead.set(hour, [event]);
    }
    return handled;
  }

  /** What happened before a full hour and was not given out yet, by time. */
  *before(at: number): Generator<HandlingEvent> {
    const hours = [...this.#ahead.keys()].filter((hour) => hour * HOUR_MS < at).sort((a, b) => a - b);
    for (const hour of hours) {
      const events = this.#ahead.get(hour)!;
      this.#ahead.delete(hour);
      yield* events.sort((a, b) => a.at - b.at); // stable: the steps of a case at one moment stay in their order
    }
  }
}
