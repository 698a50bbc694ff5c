/** Where an issue is: worked out when its surge is found, again when it grows, kept behind the wall, gone with its world. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLog } from '../platform/log.ts';
import { giveSignals, sayings } from '../topics/grammar.fixture.ts';
import { openEngine } from '../topics/index.ts';

const DAY_MS = 86_400_000;
let house: TestHouse;
let issue: { id: string; topicId: string; compartment: string };

beforeAll(async () => {
  house = await openHouse();
  const start = new Date(house.now().getTime() - 12 * DAY_MS);
  await giveSignals(house, sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } }), {
    source: 'feedback',
  });
  // what bursts comes from one version, everything else from three
  await house.owner.query(
    `update signals s set dimensions = jsonb_build_object('app_version', (array['7.1','7.2','7.3'])[1 + n % 3],
       'platform', (array['ios','web'])[1 + n / 3 % 2])
       from (select signal_id, row_number() over (order by at, signal_id)::int as n from signals) numbered
      where numbered.signal_id = s.signal_id`,
  );
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  // by turns, so that chance names no platform beside it
  await house.owner.query(
    `update signals s set dimensions = jsonb_build_object('app_version', '7.3', 'platform', (array['ios','web'])[1 + n % 2])
       from (select t.signal_id, row_number() over (order by t.at, t.signal_id)::int as n
               from topic_signals t join alerts a on a.topic_id = t.topic_id and t.at >= a.onset_at) own
      where own.signal_id = s.signal_id`,
  );
  await house.drainJobs();
  const { rows } = await house.owner.query('select id, topic_id as "topicId", compartment from issues');
  issue = rows[0];
}, 120_000);
afterAll(() => house.close());

const kept = async () => (await house.owner.query('select * from explanations where issue_id = $1', [issue.id])).rows;
const read = (who = house.as('viewer')) => who.get(`/api/issues/${issue.id}/explanation`);

test('it is kept with the issue before anybody opens it, and names the slice first', async () => {
  expect(await kept()).toHaveLength(1);
  const { status, body } = await read();
  expect(status).toBe(200);
  const { slices } = body.explanation;
  // all of it is of one version, so that no growth outside is left to compare with: it may be told in parts, never without it
  const named = (one: { conditions: { dimension: string; said: string }[] }) => one.conditions[0];
  expect(slices.length).toBeGreaterThan(0);
  expect(slices.map(named)).toEqual(
    slices.map(() => expect.objectContaining({ dimension: 'app_version', said: '7.3' })),
  );
  expect(slices[0].opens).toMatchObject({ topic: issue.topicId });
  expect(slices[0].opens.dimension).toContain('app_version:7.3');
});

test('who may not see the issue hears nothing of it', async () => {
  const outside = house.as({ name: 'outside', compartments: ['legal'], can: ['issue.read', 'signal.read'] });
  expect((await read(outside)).body).toMatchObject({ code: 'issue.not_found' });
  const seen = await house.tools.db.as({ id: 'outside', compartments: ['legal'] }, (db) =>
    db
      .selectFrom('explanations' as never)
      .selectAll()
      .execute(),
  );
  expect(seen).toEqual([]);
});

test('it is worked out anew when the surge grows', async () => {
  const [before] = await kept();
  house.clock.set(new Date(house.now().getTime() + DAY_MS));
  await house.owner.query(
    `insert into topic_signals select signal_id, compartment, $1, at from (
       select s.* from signals s left join topic_signals t using (signal_id) where t.topic_id is distinct from $1::uuid
        order by s.at desc limit 12) s
     on conflict (signal_id) do update set topic_id = excluded.topic_id`,
    [issue.topicId],
  );
  const { rows } = await house.owner.query(
    `insert into events (at, actor, name, subject_kind, subject_id, compartment, salt_hash)
     select $1, 'system.engine', 'alert.grew', 'alert', id::text, compartment, '' from alerts where id = $2 returning id`,
    [house.now(), before.alert_id],
  );
  await house.owner.query(`insert into event_payloads values ($1, $2, '', '{}')`, [rows[0].id, issue.compartment]);
  await house.owner.query(`select app.enqueue('react', $1)`, [JSON.stringify({ eventId: rows[0].id })]);
  await house.drainJobs();
  const [after] = await kept();
  expect(after.computed_at > before.computed_at).toBe(true);
  expect(after.body.window.signals).toBeGreaterThan(before.body.window.signals);
});

test('an issue from before is worked out when it is opened', async () => {
  await house.owner.query('delete from explanations');
  expect((await read()).body.explanation.slices[0].conditions[0]).toMatchObject({ said: '7.3' });
});
