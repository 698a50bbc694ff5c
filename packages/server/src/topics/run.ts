/** A run of the engine: the live one of a compartment, or the replay of one import as history. Pure. */

export type RunState = 'waiting' | 'running' | 'done' | 'failed';

export interface Run {
  readonly id: string;
  readonly compartment: string;
  readonly importId: string | null;
  readonly sourceId: string | null;
  readonly state: RunState;
  /** Where the stored state stands. */
  readonly position: number;
  /** How far what the engine said is written down. */
  readonly applied: number;
  readonly items: number;
  readonly total: number;
  readonly engineAt: Date | null;
  readonly falseAlertsPerWeek: number;
  readonly build: string | null;
  /** Size of the stored state. */
  readonly stateBytes: number;
}

export interface Progress {
  readonly applied: number;
  readonly items: number;
  readonly engineAt: Date | null;
}

export interface Stored {
  readonly position: number;
  readonly engineAt: Date | null;
  readonly state: Uint8Array;
}

export interface ReadSoFar {
  /** Signals of the log that the live run has read. */
  readonly live: number;
  /** Signals that history runs have read, and those that they have still to read. */
  readonly history: number;
  readonly historyLeft: number;
}
