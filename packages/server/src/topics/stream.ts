/** What the engine of one compartment reads: one log, in an order that never changes. Pure. */
/** What people and the system can tell the engine; higher slices append these in their own transactions. */
export type Command =
  | { readonly kind: 'dismiss'; readonly topicId: string }
  | { readonly kind: 'settings'; readonly falseAlertsPerWeek: number };

export type LogBody =
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
