/**
 * What signals show and ask of slices above them. They may not import those, so whoever composes the house hands it in.
 */
import type { SignalView } from '@groundswell/contract';
import type { RawBuilder } from 'kysely';
import type { Db } from '../platform/db.ts';

export interface Above {
  /** The topics of these signals, as the reader may see them; a signal without one is left out. */
  readonly topicsOf: (db: Db, signalIds: readonly string[]) => Promise<ReadonlyMap<string, SignalView['topic']>>;
  /** What a topic was merged into; itself when it was not. Known before a search: PostgreSQL then knows how many it has. */
  readonly rootOf: (db: Db, topicId: string) => Promise<string>;
  /**
   * A condition on `signals.signal_id` that holds for the members of such a topic, for example
   * `exists (select from topic_signals t where t.signal_id = signals.signal_id and …)`. The SQL stays with its tables.
   */
  readonly inTopic: (topicId: string) => RawBuilder<unknown>;
  /** The same as a select: `signal_id` and `at` of the members of such topics, to be read in that order without looking at others. */
  readonly membersOf: (topicIds: readonly string[]) => RawBuilder<unknown>;
  /** Which of these signals say what others said too; one without a copy is left out. */
  readonly copiesOf: (db: Db, signalIds: readonly string[]) => Promise<ReadonlyMap<string, SignalView['copies']>>;
  /** A condition like `inTopic`: it belongs to this group of copies, or to any. */
  readonly inCopies: (group: 'any' | string) => RawBuilder<unknown>;
  /** It belongs to some topic, or to one that has an issue. */
  readonly inSome: (what: 'topic' | 'issue') => RawBuilder<unknown>;
  /** Ids of the topics whose name holds these words, a few at most. */
  readonly topicsCalled: (db: Db, words: string) => Promise<string[]>;
  /** Help while one types `topic:`, `issue:` or `owner:`. */
  readonly suggest: (
    db: Db,
    field: 'topic' | 'issue' | 'owner',
    begun: string,
    limit: number,
  ) => Promise<{ value: string; label: string; count: number | null }[]>;
  /** The topic of an issue by its key or id; null where there is none that the reader may see. */
  readonly topicOfIssue: (db: Db, ref: string) => Promise<string | null>;
}
