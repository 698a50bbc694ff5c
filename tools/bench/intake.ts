/**
 * How fast signals are taken in, durable before acknowledged, against raw COPY of the very same rows into a table of the
 * same definition, in the same run: `node tools/bench/intake.ts [rows]`.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SYSTEM } from '../../packages/server/src/access/index.ts';
import { withClient } from '../../packages/server/src/platform/embedded-postgres.ts';
import { takeSignals } from '../../packages/server/src/signals/index.ts';
import { type ClientTask, sendByThread } from './intake-client.ts';
import { type BenchHouse, openBenchHouse, sayLoad } from './intake-house.ts';
import { makeRows } from './intake-rows.ts';

interface Line {
  readonly how: string;
  readonly rows: number;
  readonly seconds: number;
}

async function measure(rows: number): Promise<void> {
  const house = await openBenchHouse();
  const lines: Line[] = [];
  try {
    await direct(house, Math.min(rows, 10_000), 5_000, 1); // warm: compiled code, known words, grown files
    lines.push(await direct(house, rows, 5_000, 1));
    lines.push(await direct(house, rows, 5_000, 4));
    lines.push(await direct(house, rows, 1_000, 4));
    lines.push(await overHttp(house, rows, 1_000));
    lines.push(await byBatch(house, rows));
    lines.push(await overHttp(house, Math.ceil(rows / 50), 1));
    lines.push(await byCopy(house));
  } finally {
    await house.close();
  }
  const copy = lines.at(-1)!;
  console.table(
    Object.fromEntries(
      lines.map((line) => [
        line.how,
        { rows: line.rows, 'rows/s': Math.round(rate(line)), 'of COPY': (rate(line) / rate(copy)).toFixed(2) },
      ]),
    ),
  );
  console.log(`largest memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB; ${sayLoad()}`);
}

const rate = ({ rows, seconds }: Line): number => rows / seconds;

let made = 0;

async function direct(house: BenchHouse, rows: number, batch: number, atOnce: number): Promise<Line> {
  const how = `takeSignals, batches of ${batch}, ${atOnce} at once`;
  const source = await house.givenSource(`${how} ${++made}`);
  const deliveries = cut(rows, batch).map((part) => part.map((value, i) => ({ row: i + 1, value })));
  const began = performance.now();
  const next = deliveries.values();
  const send = async () => {
    for (const delivery of next) await takeSignals(house.tools, SYSTEM.intake('open'), source, delivery);
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  return finish(house, how, source, rows, began);
}

const CLIENTS = 4;

async function overHttp(house: BenchHouse, rows: number, batch: number): Promise<Line> {
  const how = `POST /api/signals, ${batch} a request, ${CLIENTS} clients`;
  const source = await house.givenSource(how);
  const token = await house.givenToken(source);
  const bodies = cut(rows, batch).map((part) => JSON.stringify(part));
  const task: ClientTask = { stream: false, url: house.url, token, bodies, clients: CLIENTS };
  return byWorker(house, how, { source, rows }, task);
}

/** One request without an end, written as fast as the server reads. */
async function byBatch(house: BenchHouse, rows: number): Promise<Line> {
  const how = 'POST /api/signals/batch, one stream';
  const source = await house.givenSource(how);
  const token = await house.givenToken(source);
  const bodies = cut(rows, 1_000).map((part) => part.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return byWorker(house, how, { source, rows }, { stream: true, url: house.url, token, bodies, clients: 1 });
}

async function byWorker(
  house: BenchHouse,
  how: string,
  { source, rows }: { source: string; rows: number },
  task: ClientTask,
): Promise<Line> {
  const began = await sendByThread(task);
  return finish(house, how, source, rows, began);
}

async function finish(house: BenchHouse, how: string, source: string, rows: number, began: number): Promise<Line> {
  const seconds = (performance.now() - began) / 1000;
  const { rows: kept } = await house.owner.query('select count(*)::int as n from signals where source_id = $1', [
    source,
  ]);
  if (kept[0].n !== rows) throw new Error(`${how}: ${kept[0].n} of ${rows} rows were kept`);
  return { how, rows, seconds };
}

const cut = (rows: number, batch: number) =>
  Array.from({ length: Math.ceil(rows / batch) }, (_, i) => makeRows(i * batch, Math.min(batch, rows - i * batch)));

/** The server reads a file on its own disk: no client, no parsing of JSON, no hash, no language, one flush at the end. */
async function byCopy(house: BenchHouse): Promise<Line> {
  const file = join(tmpdir(), `groundswell-copy-${process.pid}`);
  return withClient(house.superuserUrl, async (client) => {
    await client.query('create table copied (like signals including all)');
    const source = `(select id from sources where name like 'takeSignals, batches of 5000, 4%')`;
    const { rowCount } = await client.query(`copy (select * from signals where source_id = ${source}) to '${file}'`);
    await client.query('checkpoint');
    const began = performance.now();
    await client.query(`copy copied from '${file}'`);
    const seconds = (performance.now() - began) / 1000;
    rmSync(file, { force: true });
    return { how: 'COPY of the same rows from a file', rows: rowCount!, seconds };
  });
}

await measure(Number(process.argv[2] ?? 50_000));
