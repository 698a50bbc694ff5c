/** How support handles a ticket, an appeal or a report: what was done when and by whom. A function of the signal alone. */
import { CaseRun } from './case-run.ts';
import { DAY_MS, type WorldOptions } from './plan.ts';
import { type FaultKind, type ProcessFault, planFaults } from './process-faults.ts';
import { type Queue, staffFor } from './staff.ts';
import type { SimulatedSignal } from './world.ts';

export type Activity =
  | 'Created'
  | 'Queued'
  | 'Assigned'
  | 'First reply'
  | 'Reply'
  | 'Waiting for requester'
  | 'Requester replied'
  | 'Handed over'
  | 'Sent to vendor'
  | 'Vendor answered'
  | 'Resolved'
  | 'Re-opened'
  | 'Closed';

export interface HandlingEvent {
  /** The signal's id. */
  readonly caseId: string;
  readonly activity: Activity;
  readonly at: number;
  /** Who of support did it; null for what the requester, a vendor or the system did. */
  readonly resource: string | null;
  /** Where the case lay when it happened. */
  readonly queue: Queue;
  readonly macro: string | null;
  readonly vendor: string | null;
  readonly priority: 'urgent' | 'high' | 'normal' | 'low';
  readonly kind: SimulatedSignal['kind'];
  readonly confidential: boolean;
}

/** What a planted fault did to a case. */
export interface Harm {
  readonly fault: FaultKind;
  /** How much longer the case took, and how many steps more. */
  readonly extraMs: number;
  readonly extraEvents: number;
}

export interface Handled {
  /** By time; empty for what nobody handles. */
  readonly events: readonly HandlingEvent[];
  readonly harms: readonly Harm[];
}

export interface Handling {
  readonly faults: readonly ProcessFault[];
  /** The case of a signal, as far as it came before the world's end. */
  of(signal: SimulatedSignal): Handled;
}

/**
 * The support of a world.
 * @example
 * openHandling(world).of(world.signalsOfHour(9)[0]!).events.map(({ activity }) => activity); // ['Created', 'Queued', …]
 */
export function openHandling(options: WorldOptions): Handling {
  const staff = staffFor(options.signalsPerDay);
  const faults = planFaults(options);
  const end = options.start + options.days * DAY_MS;
  return {
    faults,
    of: (signal) => {
      if (!HANDLED.has(signal.kind)) return NOTHING;
      const handled = new CaseRun(signal, { staff, faults, seed: options.seed });
      handled.run();
      return { events: handled.events.filter(({ at }) => at < end), harms: handled.harmsBefore(end) };
    },
  };
}

const HANDLED: ReadonlySet<string> = new Set(['ticket', 'appeal', 'user_report']);
const NOTHING: Handled = { events: [], harms: [] };
