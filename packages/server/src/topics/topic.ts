/** What the engine found, as others read it. Pure. */
import type { ExpectedShare } from '@groundswell/analytics';

export interface TopicTag {
  readonly id: string;
  readonly label: string;
}

export interface Topic {
  readonly id: string;
  readonly compartment: string;
  readonly runId: string;
  readonly label: string;
  readonly phrases: readonly string[];
  readonly medoid: string;
  readonly lastAt: Date;
  readonly changedAt: Date;
}

export interface Alert {
  readonly id: string;
  readonly compartment: string;
  readonly topicId: string;
  readonly historical: boolean;
  readonly at: Date;
  readonly updatedAt: Date;
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
