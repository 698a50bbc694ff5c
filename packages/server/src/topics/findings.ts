/** What the engine said in one stretch, as rows to be kept: the last word on each thing counts. Pure. */
import type { ExpectedShare, Item, Output } from '@groundswell/analytics';
import { alertId, topicId } from './identity.ts';

type GroupOutput = Extract<Output, { kind: 'group' }>;
type SurgeOutput = Extract<Output, { kind: 'surge' }>;

export interface FoundTopic {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly phrases: readonly string[];
  readonly medoid: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly expected: ExpectedShare;
}

export interface FoundAlert {
  readonly id: string;
  readonly topicId: string;
  readonly at: Date;
  readonly onsetAt: Date;
  readonly pattern: 'new' | 'growing';
  readonly observed: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly logEvidence: number;
  readonly threshold: number;
  readonly slice: Readonly<Record<string, string>> | null;
  readonly samples: readonly string[];
  readonly share: ExpectedShare;
}

export interface Findings {
  readonly topics: Map<string, FoundTopic>;
  /** Signal → the topic that it would be in without merges, or null when it left. */
  readonly members: Map<string, string | null>;
  /** In the order in which they were said: an alert and its updates. */
  readonly alerts: FoundAlert[];
}

export const noFindings = (): Findings => ({ topics: new Map(), members: new Map(), alerts: [] });

/** A later revision takes the place of the earlier one, whether or not the engine still remembers that. */
export function noteItems(findings: Findings, items: readonly Item[]): void {
  for (const { replaces } of items) if (replaces !== null) findings.members.set(replaces, null);
}

export function noteOutputs(findings: Findings, compartment: string, outputs: readonly Output[]): void {
  for (const output of outputs) {
    if (output.kind === 'assigned') {
      findings.members.set(output.item, output.origin === null ? null : topicId(compartment, output.origin));
    } else if (output.kind === 'group') {
      const topic = asTopic(compartment, output);
      findings.topics.set(topic.id, topic);
    } else {
      findings.alerts.push(asAlert(compartment, output));
    }
  }
}

const asTopic = (compartment: string, output: GroupOutput): FoundTopic => ({
  id: topicId(compartment, output.group),
  group: output.group,
  label: output.label,
  phrases: output.phrases,
  medoid: output.medoid,
  firstAt: new Date(output.firstAt),
  lastAt: new Date(output.lastAt),
  expected: output.expected,
});

/** Samples kept of an alert: enough to choose typical ones from, few enough for a row. */
const SAMPLES = 60;

const asAlert = (compartment: string, output: SurgeOutput): FoundAlert => ({
  id: alertId(compartment, output.surge),
  topicId: topicId(compartment, output.group),
  at: new Date(output.at),
  onsetAt: new Date(output.onsetAt),
  pattern: output.pattern,
  observed: output.observed,
  expected: output.expected,
  low: output.low,
  high: output.high,
  logEvidence: output.logEvidence,
  threshold: output.threshold,
  slice: output.slice,
  samples: spread(output.items, SAMPLES),
  share: output.expectedShare,
});

/** At most `most` of them, evenly spaced, the first and the last included. */
export function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!);
}

/** What was last announced of an alert. */
export interface Told {
  readonly observed: number;
  readonly at: Date;
}

const DAY_MS = 86_400_000;

/**
 * Growth is news when it is half as much again, or a day later. Looks only at what the engine said and at what was told,
 * never at a clock: what is said again after a crash is told no second time.
 */
export function isNews(told: Told, alert: Pick<FoundAlert, 'observed' | 'at'>): boolean {
  if (alert.observed <= told.observed) return false;
  return alert.observed >= told.observed * 1.5 || alert.at.getTime() >= told.at.getTime() + DAY_MS;
}
