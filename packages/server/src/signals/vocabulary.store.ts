/** The words of the signals at rest: which there are, how rare each is, and which look alike. */
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db.ts';
import { type Cursor, readAfter } from '../platform/follow.ts';
import { BATCHES, type BatchRow } from './signal.store.ts';
import { COVERED_FROM } from './signal.ts';

const BATCHES_AT_ONCE = 500;

/** Where the counting of one compartment stands; held until the transaction ends, so that two runs are one after the other. */
export async function holdPlace(trx: Trx, compartment: string): Promise<Cursor> {
  await sql`
    insert into search_places (compartment) values (${compartment}) on conflict do nothing`.execute(trx);
  const { rows } = await sql<{ cursor: Cursor }>`
    select cursor from search_places where compartment = ${compartment} for no key update`.execute(trx);
  return rows[0]!.cursor;
}

export async function nextBatches(db: Db, after: Cursor): Promise<{ ids: string[]; rows: number; cursor: Cursor }> {
  const { rows, cursor } = await readAfter<BatchRow>(db, BATCHES, after, BATCHES_AT_ONCE);
  return { ids: rows.map(({ id }) => id), rows: rows.reduce((sum, one) => sum + one.row_count, 0), cursor };
}

/** A word has this many letters at least, or nothing can look like it; longer ones are no words of a language. */
const [LETTERS_MIN, LETTERS_MAX] = [3, 30];

/**
 * Counts the words of these batches, of `share` of their signals: those whose id lies below it. Ids are hashes, so that is an
 * even choice, and each signal counted stands for as many as were passed over.
 */
export async function learnWords(
  trx: Trx,
  compartment: string,
  { ids, share, cursor }: { ids: readonly string[]; share: number; cursor: Cursor },
): Promise<void> {
  const bound = Math.min(Math.floor(share * 2 ** 32), 2 ** 32 - 1)
    .toString(16)
    .padStart(8, '0');
  const some = share < 1 ? sql`and s.signal_id < ${`${bound}-0000-0000-0000-000000000000`}::uuid` : sql``;
  await sql`
    with read as (
      select s.search from unnest(${ids}::bigint[]) b (id) join signals s on s.batch_id = b.id
       where s.compartment = ${compartment} and s.exposure < ${COVERED_FROM} ${some}),
    said as (
      select w.lexeme as word, count(*)::float8 as signals from read, unnest(read.search) w
       where length(w.lexeme) between ${LETTERS_MIN} and ${LETTERS_MAX} and w.lexeme ~ '^[[:alpha:]]+$' group by 1),
    counted as (
      update search_places set cursor = to_jsonb(${cursor}::text), signals = signals + (select round(count(*) / ${share}::float8)::bigint from read)
       where compartment = ${compartment})
    insert into search_words as known (compartment, word, signals)
    select ${compartment}, word, round(signals / ${share}::float8)::int from said order by word
    on conflict (compartment, word) do update set signals = known.signals + excluded.signals`.execute(trx);
}

/** Words that were met once are let go when there are too many: most are slips that nobody makes again. */
export async function forgetRareWords(trx: Trx, compartment: string, most: number): Promise<void> {
  await sql`
    delete from search_words where compartment = ${compartment} and signals <= 1
       and (select count(*) from search_words where compartment = ${compartment}) > ${most}`.execute(trx);
}

export interface KnownWord {
  readonly word: string;
  readonly signals: number;
}

const ALIKE_MAX = 60;

/** Words that share enough groups of three letters with this one, the most alike first. */
export const alikeQuery = (word: string) => sql<KnownWord>`
  select word, sum(signals)::float8 as signals from search_words where word % ${word}
   group by word order by similarity(word, ${word}) desc, word limit ${ALIKE_MAX}`;

/** Two swapped letters spoil up to four groups of three: `uplaod` and `upload` share .27. The setting ends with the transaction. */
const ALIKE_FROM = '0.2';

export async function findAlike(db: Db, word: string): Promise<KnownWord[]> {
  await sql`select set_config('pg_trgm.similarity_threshold', ${ALIKE_FROM}, true)`.execute(db);
  return (await alikeQuery(word).execute(db)).rows;
}

/** In how many signals each of these words stands, as far as it was counted, and in how many it could. */
export async function weighWords(
  db: Db,
  words: readonly string[],
): Promise<{ counts: Map<string, number>; of: number }> {
  const { rows } = await sql<KnownWord>`
    select word, sum(signals)::float8 as signals from search_words where word = any(${words}::text[]) group by word`.execute(
    db,
  );
  const all = await sql<{ of: number }>`
    select coalesce(sum(signals), 0)::float8 as of from search_places`.execute(db);
  return { counts: new Map(rows.map(({ word, signals }) => [word, signals])), of: all.rows[0]!.of };
}

/** The words of one signal as its index has them; undefined for one that the reader does not see. */
export async function wordsOfSignal(
  db: Db,
  id: string,
): Promise<{ words: string[]; text: string; exposure: number } | undefined> {
  const { rows } = await sql<{ words: string[]; text: string; exposure: number }>`
    select tsvector_to_array(search) as words, concat_ws(' ', title, text) as text, exposure from signals
     where signal_id = ${id}`.execute(db);
  return rows[0];
}
