/** What people have said of pairs of signals, at rest: these belong together, those do not. */
import type { Trx } from '../platform/db.ts';

declare module '../platform/database.ts' {
  interface Database {
    topic_pairs: PairsTable;
  }
}

interface PairsTable {
  act_id: string;
  compartment: string;
  kind: 'must_link' | 'cannot_link';
  one_signal_id: string;
  other_signal_id: string;
  one_topic_id: string | null;
  other_topic_id: string | null;
  at: Date;
  withdrawn_at: Date | null;
}

export interface Pair {
  readonly kind: 'must_link' | 'cannot_link';
  readonly one: string;
  readonly other: string;
  readonly oneTopic: string | null;
  readonly otherTopic: string | null;
}

export async function keepPairs(
  trx: Trx,
  { act, compartment, at }: { act: string; compartment: string; at: Date },
  pairs: readonly Pair[],
): Promise<void> {
  if (pairs.length === 0) return;
  const rows = pairs.map(({ kind, one, other, oneTopic, otherTopic }) => {
    const said = { act_id: act, compartment, kind, at, withdrawn_at: null };
    return { ...said, one_signal_id: one, other_signal_id: other, one_topic_id: oneTopic, other_topic_id: otherTopic };
  });
  await trx
    .insertInto('topic_pairs')
    .values(rows)
    .onConflict((clash) => clash.doNothing())
    .execute();
}

export async function withdrawPairs(trx: Trx, act: string, at: Date): Promise<void> {
  await trx.updateTable('topic_pairs').set({ withdrawn_at: at }).where('act_id', '=', act).execute();
}
