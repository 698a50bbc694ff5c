/** What the engine of one compartment reads: one log, in an order that never changes. Pure. */
/** What people and the system can tell the engine; higher slices append these in their own transactions. */
export type Command =
  | { readonly kind: 'dismiss'; readonly topicId: string }
  | Regrouping
  | { readonly kind: 'settings'; readonly falseAlertsPerWeek: number };

/** Topics put together and apart. The signals of an act stand in `topic_moves`: a log of ids only stays small. */
export type Regrouping =
  | { readonly kind: 'merge'; readonly from: string; readonly into: string }
  | { readonly kind: 'part'; readonly topic: string }
  /** `into`: the topic that was made for them. */
  | { readonly kind: 'split'; readonly act: string; readonly topic: string; readonly into: string }
  | { readonly kind: 'move'; readonly act: string; readonly into: string | null }
  /** What an act moved goes back to where each was. */
  | { readonly kind: 'move'; readonly act: string; readonly back: true };

export type LogBody =
  | Regrouping
  | { readonly kind: 'signals'; readonly batch: string; readonly rows: number }
  | { readonly kind: 'dismiss'; readonly topic: string }
  | { readonly kind: 'settings'; readonly falseAlertsPerWeek: number }
  | { readonly kind: 'basis'; readonly run: string };

export type LogEntry = LogBody & {
  readonly position: number;
  /** Signals in the log up to and with this entry. */
  readonly items: number;
};

/** One transaction of intake. */
export interface Batch {
  readonly id: string;
  readonly importId: string | null;
  readonly rowCount: number;
}

/** A finished import as far as the engine cares. `oldRows` were said more than 48 h before they were received. */
export interface FinishedImport {
  readonly id: string;
  readonly sourceId: string;
  readonly oldRows: number;
  readonly rows: number;
  /** Rows that were not known before: only these are signals to be read. */
  readonly newRows: number;
}

/** Mostly old rows are history: replayed on their own, in order of event time, nobody notified. */
export const isHistory = ({ oldRows, rows }: FinishedImport): boolean => oldRows * 2 > rows;

export function asBody(command: Command): LogBody {
  return command.kind === 'dismiss' ? { kind: 'dismiss', topic: command.topicId } : command;
}
