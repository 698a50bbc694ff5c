/**
 * What the measurements of reading read: signals taken in by the product's own intake, one in twenty of them in a
 * compartment that the reader is not in, and topics and issues as the engine would have left them.
 */
import { SYSTEM } from '../../packages/server/src/access/index.ts';
import { withClient } from '../../packages/server/src/platform/embedded-postgres.ts';
import { takeSignals } from '../../packages/server/src/signals/index.ts';
import { learnAllWords } from '../../packages/server/src/signals/vocabulary.actions.ts';
import type { BenchHouse } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

/** A connection as `withClient` lends it. */
type Client = Parameters<Parameters<typeof withClient>[1]>[0];

const BATCH = 5_000;
/** Two signals a minute from here on: a million are 347 days. */
const START = Date.UTC(2025, 5, 1);
const STEP_MS = 30_000;
const CLOSED = 'safety';
const OPEN_SOURCES = ['store reviews', 'tickets', 'chat', 'mail'];
const TOPICS_PER_MILLION = 10_000;
const ISSUES_PER_MILLION = 2_000;

/** Fills an empty house; one that has issues is left as it is. */
export async function fill(house: BenchHouse, rows: number): Promise<void> {
  const has = async (table: string) => (await house.owner.query(`select from ${table} limit 1`)).rows.length > 0;
  if (await has('issues')) return;
  await house.owner.query('insert into compartments (name, title) values ($1, $1) on conflict do nothing', [CLOSED]);
  if (!(await has('signals'))) await takeAll(house, rows);
  const topics = Math.ceil((rows * TOPICS_PER_MILLION) / 1e6);
  await withClient(house.superuserUrl, async (client) => {
    await tellTopics(client, topics);
    await tellIssues(client, Math.ceil((rows * ISSUES_PER_MILLION) / 1e6), topics);
  });
  await house.owner.query('vacuum analyze'); // as autovacuum does by itself a minute later
  const began = performance.now();
  await learnAllWords(house.tools);
  console.log(`vocabulary: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await house.owner.query('vacuum analyze search_words');
}

async function takeAll(house: BenchHouse, rows: number): Promise<void> {
  const open = await Promise.all(OPEN_SOURCES.map((name) => house.givenSource(name)));
  const closed = await house.givenSource('reports of harm', CLOSED);
  for (let first = 0, batch = 0; first < rows; first += BATCH, batch++) {
    const delivery = makeRows(first, Math.min(BATCH, rows - first)).map((value, i) => ({
      row: i + 1,
      value: { ...value, ts: new Date(START + (first + i) * STEP_MS).toISOString() },
    }));
    const isClosed = batch % 20 === 19;
    // half of what is open comes by one source
    const source = isClosed ? closed : open[batch % 2 === 0 ? 0 : 1 + (batch % 3)]!;
    await takeSignals(house.tools, SYSTEM.intake(isClosed ? CLOSED : 'open'), source, delivery);
  }
}

/** A number from 0 to 1 that an id has by chance and keeps: other bits than those by which ids are sampled. */
const chanceOf = (id: string): string => `(('x' || substr(md5(${id}::text), 1, 8))::bit(32)::bigint / 4294967296.0)`;
/** An id made of words, as a UUID of version 8. */
const idOf = (words: string): string => `overlay(overlay(md5(${words}) placing '8' from 13) placing '8' from 17)::uuid`;
const topicId = (n: string): string => idOf(`'topic ' || (${n})`);
const RUN = idOf(`'run'`);

/** Seven of ten signals have a topic; the largest topics are a hundred times as large as the middle one. */
async function tellTopics(client: Client, topics: number): Promise<void> {
  await client.query(
    `insert into engine_runs (id, compartment, state, created_at) values (${RUN}, 'open', 'running', now())`,
  );
  await client.query(
    `create temp table told as
     select signal_id, at, floor($1 * power(${chanceOf('signal_id')} / .7, 3))::int as n
       from signals where compartment = 'open' and ${chanceOf('signal_id')} < .7`,
    [topics],
  );
  await client.query(
    `insert into topics (id, compartment, run_id, group_name, label, phrases, medoid_signal_id, first_at, last_at,
       expected_shape, expected_rate, expected_dispersion, changed_at)
     select ${topicId('n')}, 'open', ${RUN}, 'g' || n, 'payout and upload ' || n, '{payout,upload}',
            (array_agg(signal_id))[1], min(at), max(at), 2, 100, 1, max(at) from told group by n`,
  );
  await client.query(
    `insert into topic_signals (signal_id, compartment, topic_id, at) select signal_id, 'open', ${topicId('n')}, at from told`,
  );
}

/** Of every topic up to so many an issue, all states among them. */
async function tellIssues(client: Client, issues: number, topics: number): Promise<void> {
  await client.query(
    `create temp table raised as
     select t.*, row_number() over (order by t.id)::int as n, s.signals
       from topics t join lateral (select count(*)::int as signals from topic_signals s where s.topic_id = t.id) s on true
      where t.group_name = any (select 'g' || (i * $2::int / $1::int) from generate_series(0, $1::int - 1) i)`,
    [issues, topics],
  );
  await client.query(
    `insert into alerts (id, compartment, topic_id, run_id, historical, at, updated_at, onset_at, pattern, observed,
       expected, low, high, log_evidence, threshold, sample_signal_ids, expected_shape, expected_rate,
       expected_dispersion, told_observed, told_at)
     select ${idOf(`'alert ' || n`)}, 'open', id, run_id, false, last_at, last_at, last_at - interval '6 hours', 'growing', 40,
            8, 3, 15, 12, 6, array[medoid_signal_id], 2, 100, 1, 40, last_at from raised`,
  );
  await client.query(
    `insert into issues (id, compartment, number, topic_id, alert_id, state, historical, label, onset_at, noticed_at,
       observed, expected, signals, people, ratio, counted_at, created_at, changed_at)
     select ${idOf(`'issue ' || n`)}, 'open', n, id, ${idOf(`'alert ' || n`)},
            (array['suspected', 'confirmed', 'investigating', 'fixing', 'risk_accepted'])[1 + n % 5], n % 7 = 0, label,
            last_at - interval '6 hours', last_at, 40, 8, signals, signals, 5, last_at, last_at, last_at from raised`,
  );
  await client.query(`insert into issue_numbers select 'open', count(*) + 1 from issues on conflict do nothing`);
}
