/**
 * What the index in which a topic is read costs the engine where it writes members: the same rows into three tables, by
 * turns, one without it, one with the index that stood there before migration 0019, one with today's. The insert alone: what
 * the engine computes and the look at each signal are not in it.
 */
import { openBenchHouse, sayLoad } from './intake-house.ts';

const batches = Number(process.argv[2] ?? 300);
const ROWS = 1_000;
const TOPICS = 10_000;

const TABLES = {
  without: '',
  before: 'create index on bench_before (topic_id, at desc, signal_id)',
  today: 'create index on bench_today (topic_id, at desc, signal_id desc) include (compartment)',
} as const;
type Name = keyof typeof TABLES;
const names = Object.keys(TABLES) as Name[];

const house = await openBenchHouse();
const spent: Record<Name, number[]> = { without: [], before: [], today: [] };
try {
  for (const name of names) {
    await house.owner.query(
      `create table bench_${name} (like topic_signals including defaults, primary key (signal_id))`,
    );
    if (TABLES[name]) await house.owner.query(TABLES[name]);
  }
  for (let i = 0; i < batches; i++) {
    // a few topics get most, as in life; time goes on from batch to batch
    await house.owner.query('drop table if exists bench_rows');
    await house.owner.query(
      `create table bench_rows as select gen_random_uuid() as signal_id, 'open' as compartment,
              md5(floor(${TOPICS} * power(random(), 3))::text)::uuid as topic_id,
              timestamptz '2026-01-01' + make_interval(secs => ${i * ROWS} + n) as at from generate_series(1, ${ROWS}) n`,
    );
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(i + turn) % names.length]!;
      const began = performance.now();
      await house.owner.query(
        `insert into bench_${name} (signal_id, compartment, topic_id, at) select * from bench_rows on conflict do nothing`,
      );
      spent[name].push(performance.now() - began);
    }
  }
  const middle = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
  console.log(`${batches} batches of ${ROWS.toLocaleString('en')} members each, by turns, ${sayLoad()}`);
  for (const name of names) {
    const later = spent[name].slice(batches / 2); // once the tables are full
    const { rows } = await house.owner.query(`select pg_indexes_size('bench_${name}') as bytes`);
    const ratio = middle(later) / middle(spent.without.slice(batches / 2));
    console.log(
      `${name}: ${middle(later).toFixed(1)} ms per batch, ${ratio.toFixed(2)} of without; indexes ${(rows[0].bytes / 1e6).toFixed(0)} MB`,
    );
  }
} finally {
  await house.close();
}
