/** What a slice gives to whoever puts the house together. */
import type { Bell } from './follow.ts';
import type { App } from './http.ts';
import type { ClockJob, Runnable } from './jobs.ts';
import type { Tools } from './tools.ts';

export interface Slice {
  readonly name: string;
  readonly routes?: (app: App, tools: Tools, bell: Bell) => void;
  /** Started by an event or by another job. */
  readonly jobs?: readonly Runnable[];
  readonly clockwork?: readonly ClockJob[];
  /** When a worker starts: takes up what a dead process left. `alone` says that no other process can be at work. */
  readonly resume?: (tools: Tools, alone: boolean) => Promise<void>;
}
