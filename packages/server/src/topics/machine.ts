/** One engine at work on one stream: takes entries in, gathers what it says, knows when its state is due to be stored. */
import {
  createEngine,
  type EngineOptions,
  type EngineState,
  type Entry,
  type Item,
  loadState,
  saveState,
  step,
} from '@groundswell/analytics';
import type { Logger } from '../platform/log.ts';
import type { Tools } from '../platform/tools.ts';
import { type Findings, noFindings, noteItems, noteOutputs } from './findings.ts';
import type { Stored } from './run.ts';

/** One seed for all: the ids of groups follow from it and from the items, and are kept apart by compartment. */
const SEED = 1;

/** Items of a long entry are taken in so many at a time; between them the thread can do something else. Changes no output. */
export const BITE = 250;

/**
 * The engine that made a stored state: its floating-point results hold for this build on this platform only. Raise the
 * number with every change of the engine or of how it is fed; the log is then read again from the start.
 *
 * 2: an alarm over rows of several open surges makes no group without members any more. That placeholders of personal data
 * are no longer read as words (intake.store.ts) was no reason: what was kept before there was redaction holds none.
 * 3: a slice is compared with where a subject has always come from.
 * 4: a merge is a pointer that can be taken back, and what people have put somewhere stays there.
 * 5: what is not known of a usual share is paid for, slices have a clock of their own, and names of values are no subjects.
 * 6: what begins together is one surge, in other words and in other languages; what people put apart is remembered.
 */
export const BUILD = `7 ${process.versions.v8} ${process.platform}-${process.arch}`;

export type Bench = Pick<Tools, 'db' | 'clock'> & {
  readonly log: Logger;
  /** Whoever is asked to stop ends its turn after the entry in hand: in the middle of one no state can be stored. */
  readonly stop?: AbortSignal;
};

/** Whoever drives a run. After an error it is thrown away and opened again: its state may be ahead of what was kept. */
export interface Worker {
  /** Does a little, and says how much: 0 if there is nothing to do. */
  turn(): Promise<number>;
  /** Stores the state where it stands, so that the next start has nothing to read again. */
  rest(): Promise<void>;
  /** True when there will never be more to do. */
  isOver(): boolean;
}

export interface Machine {
  readonly compartment: string;
  /** Position of the entry after which it began. */
  readonly from: number;
  readonly state: EngineState;
  /** Said since it was last written down. */
  findings: Findings;
  /** Largest event time taken in, ms; −Infinity before the first. */
  engineAt: number;
}

/** Goes on from the stored state, or from the beginning if there is none that this engine can read. */
export function newMachine(compartment: string, options: EngineOptions, stored: Stored | null): Machine {
  const state = stored && readState(stored.state);
  return {
    compartment,
    from: state ? stored.position : 0,
    state: state ?? createEngine({ seed: SEED, ...options }),
    findings: noFindings(),
    engineAt: (state && stored.engineAt?.getTime()) ?? Number.NEGATIVE_INFINITY,
  };
}

/** `BUILD` says what can be read, unless somebody changed the engine and did not raise it: then the bytes say so. */
function readState(bytes: Uint8Array): EngineState | null {
  try {
    return loadState(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Unplaced = Entry extends infer E ? (E extends Entry ? Omit<E, 'position'> : never) : never;

export function feed(machine: Machine, position: number, entry: Unplaced): void {
  const outputs = step(machine.state, { position, ...entry } as Entry);
  if (entry.kind === 'items') noteItems(machine.findings, entry.items);
  noteOutputs(machine.findings, machine.compartment, outputs);
}

export function feedItems(machine: Machine, position: number, items: readonly Item[]): void {
  feed(machine, position, { kind: 'items', items });
  for (const { at } of items) machine.engineAt = Math.max(machine.engineAt, at);
}

export const clockOf = ({ engineAt }: Machine): Date | null => (Number.isFinite(engineAt) ? new Date(engineAt) : null);

export function takeFindings(machine: Machine): Findings {
  const said = machine.findings;
  machine.findings = noFindings();
  return said;
}

export interface Pace {
  /** Least time between two stored states, ms. */
  readonly saveEveryMs: number;
  /** Items after which what was found is written down, so that it shows soon after it was taken in. */
  readonly itemsPerTurn: number;
  /** After a fault; doubled with every further one. */
  readonly pauseMs: number;
}

/** A turn takes a second or two. */
export const USUAL_PACE: Pace = { saveEveryMs: 10_000, itemsPerTurn: 2_000, pauseMs: 1_000 };

/** Storing a state of 100,000 long texts takes seconds: at most a twentieth of the time goes into it. */
const SHARE = 20;

export interface SaveTimer {
  isDue(): boolean;
  /** Times one storing of a state, from reading it out of memory to the last row. */
  around<T>(store: () => Promise<T>): Promise<T>;
}

export function saveTimer({ saveEveryMs }: Pace): SaveTimer {
  let last = performance.now();
  let pauseMs = saveEveryMs;
  return {
    isDue: () => performance.now() - last >= pauseMs,
    around: async (store) => {
      const start = performance.now();
      const done = await store();
      last = performance.now();
      pauseMs = Math.max(saveEveryMs, (last - start) * SHARE);
      return done;
    },
  };
}

/** Everything that a run knows, as bytes. */
export const bytesOf = ({ state }: Machine): Uint8Array => saveState(state);
