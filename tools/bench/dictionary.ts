/**
 * What the dictionary of dimensions costs on arrival, and what a stream of nothing but new values does to it:
 * `node tools/bench/dictionary.ts [rows]`. Each way is measured in slices, so that one that grows slower is seen.
 */
import { SYSTEM } from '../../packages/server/src/access/index.ts';
import { takeSignals } from '../../packages/server/src/signals/index.ts';
import { type BenchHouse, openBenchHouse, sayLoad } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

const BATCH = 5_000;

interface Way {
  readonly how: string;
  readonly dimensions: (row: number, own: Record<string, string>) => Record<string, string>;
  /** Told apart at most so many values of each dimension. */
  readonly cap?: number;
}

const WAYS: readonly Way[] = [
  { how: 'no dimensions', dimensions: () => ({}) },
  { how: 'four dimensions of a few values', dimensions: (_, own) => own },
  { how: 'the same, and an id of its own in each row', dimensions: (row, own) => ({ ...own, order_id: `o-${row}` }) },
  {
    how: 'the same under a cap of 100,000',
    dimensions: (row, own) => ({ ...own, order_id: `o-${row}` }),
    cap: 100_000,
  },
  {
    how: 'ten ids of their own in each row',
    dimensions: (row) => Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`id_${i}`, `${i}-${row}`])),
  },
];

/** Milliseconds for which somebody waited for the dictionary's statements. */
let waited = 0;

async function watchStatements({ owner }: BenchHouse): Promise<void> {
  const client = await owner.connect();
  const { query } = client;
  client.release();
  Object.getPrototypeOf(client).query = function timed(this: unknown, ...args: unknown[]): unknown {
    const [said] = args as [{ text?: string } | string];
    const text = typeof said === 'string' ? said : (said?.text ?? '');
    const answer: unknown = (query as (...given: unknown[]) => unknown).apply(this, args);
    if (!text.includes('dimension_names') || !(answer instanceof Promise)) return answer;
    const began = performance.now();
    return answer.finally(() => {
      waited += performance.now() - began;
    });
  };
}

async function measure(rows: number): Promise<void> {
  const house = await openBenchHouse();
  try {
    await watchStatements(house);
    await run(house, { ...WAYS[1]!, how: 'warm' }, 10_000);
    const lines = [];
    for (const way of WAYS) lines.push([way.how, await run(house, way, rows)] as const);
    console.table(Object.fromEntries(lines));
  } finally {
    await house.close();
  }
  console.log(`largest memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; ${sayLoad()}`);
}

async function run(house: BenchHouse, way: Way, rows: number) {
  const source = await house.givenSource(way.how);
  const slice = Math.max(BATCH, Math.floor(rows / 4));
  const spent: { rows: number; ms: number }[] = [];
  waited = 0;
  for (let from = 0; from < rows; from += BATCH) {
    const count = Math.min(BATCH, rows - from);
    const delivery = makeRows(from, count).map((row, i) => ({
      row: i + 1,
      value: { ...row, dimensions: way.dimensions(from + i, row.dimensions) },
    }));
    const began = performance.now();
    await takeSignals(house.tools, SYSTEM.intake('open'), source, delivery);
    spent.push({ rows: count, ms: performance.now() - began });
    if (from === 0 && way.cap) {
      await house.owner.query('update dimension_names set values_cap = $1 where source_id = $2', [way.cap, source]);
    }
  }
  const { rows: told } = await house.owner.query(
    'select count(*)::int as n from dimension_values where source_id = $1',
    [source],
  );
  const rate = (part: typeof spent) =>
    Math.round((part.reduce((n, one) => n + one.rows, 0) * 1_000) / part.reduce((n, one) => n + one.ms, 0));
  const total = spent.reduce((n, { ms }) => n + ms, 0);
  return {
    'rows/s': rate(spent),
    'first quarter': rate(spent.slice(0, Math.ceil(slice / BATCH))),
    'last quarter': rate(spent.slice(-Math.ceil(slice / BATCH))),
    'µs a row': Math.round((total * 1_000) / rows),
    'of it dictionary': `${((100 * waited) / total).toFixed(1)} %`,
    'values kept': told[0].n,
  };
}

await measure(Number(process.argv[2] ?? 50_000));
