/**
 * Whether 10,000 clocks that are due within one minute all warn within that minute: `node tools/bench/clocks-due.ts [cases]`.
 * Cases are opened by the product's own verb over one minute of a clock that is set; then that clock runs on, and the real
 * worker looks. Told late is what the record says: when a mark was reached, and when it was told.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { NewCase } from '@groundswell/contract';
import { workOf } from '../../packages/server/src/app/compose.ts';
import { slicesFor } from '../../packages/server/src/app/slices.ts';
import { openCase } from '../../packages/server/src/cases/open.actions.ts';
import { registerJobs, startWorker } from '../../packages/server/src/platform/jobs.ts';
import { openLog } from '../../packages/server/src/platform/log.ts';
import type { Tools } from '../../packages/server/src/platform/tools.ts';
import { openBenchHouse, sayLoad } from './intake-house.ts';
import { processorMs } from './processor.ts';

const [count = 10_000] = process.argv.slice(2).map(Number);
const MINUTE = 60_000;
/** P1: acknowledged within a quarter of an hour, so half of it is gone after this. */
const HALF = 7.5 * MINUTE;
/** The worker has been there for a while: a round of the clock has passed, and what opening left to do is done. */
const AHEAD = 3 * MINUTE;

const house = await openBenchHouse();
try {
  const work = workOf(slicesFor({ publicUrl: undefined }));
  await registerJobs(house.owner, [...work.jobs, ...work.clockwork]);
  const began = Date.now();
  let now = (): number => began;
  const tools: Tools = { ...house.tools, clock: { now: () => new Date(now()) } };
  const actor = { id: 'system.bench', name: 'bench', compartments: ['open'], can: new Set(['case.work']) };
  const said = NewCase.parse({ kind: 'escalation', facts: { harm: null, legal: 'in_removal_order' } });
  let spent = await processorMs(house);
  for (let i = 0; i < count; i++) {
    now = () => began + Math.floor((i * MINUTE) / count);
    await openCase(tools, actor, said);
  }
  spent = (await processorMs(house)) - spent;
  const opening = `opened in ${((Date.now() - began) / 1000).toFixed(0)} s, ${(spent / count).toFixed(1)} ms of processor each`;

  const started = Date.now();
  now = () => began + HALF - AHEAD + (Date.now() - started);
  const worker = await startWorker({ tools, ...work, ownerPool: house.owner, log: openLog('warn'), alone: true });
  await sleep(AHEAD - 5_000);
  const { rows: left } = await house.owner.query('select count(*)::int as n from graphile_worker._private_jobs');
  spent = await processorMs(house);
  let told = 0;
  while (told < count && Date.now() - started < 8 * MINUTE) {
    await sleep(1_000);
    const { rows } = await house.owner.query(`select count(*)::int as n from events where name = 'case.clock_warned'`);
    told = rows[0].n;
  }
  const took = (Date.now() - started - AHEAD) / 1000;
  spent = (await processorMs(house)) - spent;
  await worker.stop();
  const { rows } = await house.owner.query(
    `select count(*)::int as told, count(distinct subject_id)::int as cases,
            percentile_cont(array[.5, .95, 1]) within group (order by extract(epoch from e.at - (payload->>'reached')::timestamptz)) as late
       from events e join event_payloads p on p.event_id = e.id where name = 'case.clock_warned'`,
  );
  const late = rows[0].late.map((seconds: number) => seconds.toFixed(1));
  console.log(`${count} cases: ${opening}; ${left[0].n} jobs were waiting when the first was due`);
  console.log(
    `told ${rows[0].told} times, of ${rows[0].cases} cases, the last ${took.toFixed(1)} s after the first was due`,
  );
  console.log(`seconds from reached to told: p50 ${late[0]}, p95 ${late[1]}, longest ${late[2]}`);
  console.log(`${(spent / count).toFixed(1)} ms of processor each, reactions and rounds included; ${sayLoad()}`);
} finally {
  await house.close();
}
