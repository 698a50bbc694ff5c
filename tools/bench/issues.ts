/**
 * How long the list of issues takes with its facets, through HTTP and under the wall, one reader at a time:
 * `node tools/bench/issues.ts [issues] [runs]`. Twenty people own and decide; the reader has seen half of what they did.
 */
import { openBenchHouse, sayLoad } from './intake-house.ts';
import { processorMs } from './processor.ts';

const said = encodeURIComponent;
const QUERIES: Readonly<Record<string, string>> = {
  'open, newest': 'issues',
  'all, newest': 'issues?group=all',
  'all, most signals': 'issues?group=all&sort=signals',
  'all, 200 on a page': 'issues?group=all&limit=200',
  mine: `issues?q=${said('owner:me')}`,
  'nobody has it': `issues?q=${said('owner:nobody')}`,
  'of a person by a part of the name': `issues?q=${said('owner:"person 7"')}`,
  'of a team': `issues?q=${said('owner:payments')}`,
  unread: `issues?group=all&q=${said('is:unread')}`,
  'followed and unread': `issues?group=all&q=${said('is:followed is:unread')}`,
  'words and fields': `issues?group=all&q=${said('payout state:confirmed,suspected -owner:me')}`,
  'all, gravest first': 'issues?group=all&sort=severity',
  'only S3 and S4': `issues?q=${said('severity:S3,S4')}`,
  board: 'issues?group=all&limit=100',
  home: 'home',
  'help with owners': 'search/values?field=owner&begun=p',
  'whom it can be given to': 'owners',
};

const [count = 2_000, runs = 40] = process.argv.slice(2).map(Number);
const house = await openBenchHouse();
try {
  const headers = await house.givenReader();
  await give();
  const table: Record<string, object> = {};
  for (const [name, path] of Object.entries(QUERIES)) {
    const times: number[] = [];
    let processor = 0;
    for (let i = -3; i < runs; i++) {
      if (i === 0) processor = await processorMs(house);
      const began = performance.now();
      const reply = await fetch(`${house.url}/api/${path}`, { headers });
      if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
      await reply.arrayBuffer();
      if (i >= 0) times.push(performance.now() - began); // the first three warm it up
    }
    processor = (await processorMs(house)) - processor;
    times.sort((a, b) => a - b);
    table[name] = {
      'p50 ms': round(times[Math.floor(runs / 2)]!),
      'p95 ms': round(times[Math.ceil(runs * 0.95) - 1]!),
      'processor ms': round(processor / runs),
    };
  }
  console.table(table);
  console.log(`${count} issues, ${runs} runs each; ${sayLoad()}`);
} finally {
  await house.close();
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

async function give(): Promise<void> {
  const { owner } = house;
  const id = (word: string) =>
    `overlay(overlay(md5('${word} ' || i) placing '4' from 13) placing '8' from 17)::uuid as ${word}`;
  const ids = ['topic', 'alert', 'issue'].map(id).join(', ');
  const all = `(select i, ${ids}, now() - i * interval '20 minutes' as at from generate_series(1, ${count}) i) x`;
  await owner.query(`insert into people (name, email, password_hash, created_at)
    select 'Person ' || i, 'p' || i || '@example.org', 'none', now() - interval '90 days' from generate_series(1, 20) i`);
  await owner.query(`update people set created_at = now() - interval '90 days'`);
  await owner.query(`insert into person_roles select id, 'specialist' from people where name like 'Person %'`);
  await owner.query(`insert into person_compartments select id, 'open' from people where name like 'Person %'`);
  await owner.query(`insert into teams (name, created_at) values ('Payments', now())`);
  await owner.query(`insert into team_members select t.id, p.id from teams t, people p where p.name like 'Person 1%'`);
  await owner.query(
    `insert into engine_runs (id, compartment, state, created_at) values (md5('run')::uuid, 'open', 'running', now())`,
  );
  await owner.query(
    `insert into topics select topic, 'open', md5('run')::uuid, topic::text, 'payout is late ' || i, '{}', topic, at, at, null, 1, 100, 0.1, at from ${all}`,
  );
  await owner.query(`insert into topic_signals (signal_id, compartment, topic_id, at)
    select gen_random_uuid(), 'open', topic, at - n * interval '1 hour' from ${all}, generate_series(1, 100) n`);
  await owner.query(
    `insert into alerts select alert, 'open', topic, md5('run')::uuid, false, at, at, at, 'new', 9, 1, 0, 3, 12, 10, null, '{}', 1, 100, 0.1, 9, at from ${all}`,
  );
  await owner.query(`insert into issues (id, compartment, number, topic_id, alert_id, state, historical, label, onset_at, noticed_at, observed,
      expected, signals, people, ratio, counted_at, created_at, changed_at, owner_id)
    select issue, 'open', i, topic, alert, (array['suspected', 'confirmed', 'investigating', 'dismissed'])[1 + i % 4], false, 'payout is late ' || i,
           at, at, 9, 1, 100, 90, 9, at, at, at, (select id from people where case when i % 21 = 0 then name = 'reader' else name = 'Person ' || i % 21 end limit 1)
      from ${all} where i % 3 > 0 union all
    select issue, 'open', i, topic, alert, (array['suspected', 'confirmed', 'investigating', 'dismissed'])[1 + i % 4], i % 6 = 0, 'payout is late ' || i,
           at, at, 9, 1, 100, 90, 9, at, at, at, null from ${all} where i % 3 = 0`);
  for (const [n, name] of [
    'issue.suspected',
    'issue.moved',
    'issue.assigned',
    'comment.written',
    'issue.followed',
  ].entries()) {
    await owner.query(`insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
      select at + ${n} * interval '1 minute', 'system.reactions', '${name}', 'issue', issue::text, 'open', '\\x00' from ${all}`);
  }
  await owner.query(`insert into issue_seen (issue_id, person_id, compartment, at)
    select issue, p.id, 'open', now() from ${all}, people p where p.name = 'reader' and i % 2 = 0`);
  await owner.query(`insert into issue_follows (issue_id, person_id, compartment, at)
    select issue, p.id, 'open', now() from ${all}, people p where p.name = 'reader' and i % 5 = 0`);
  await owner.query('vacuum analyze');
}
