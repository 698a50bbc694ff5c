/** kill -9 of the whole process in the middle of an import: what was acknowledged is there, and the rest follows. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { realHouse } from '../../test/real-house.ts';

const ROWS = 30_000; // more than one turn

let house: TestHouse; // prepares and looks, over the database that the real process works in
const real = realHouse(() => ({ DATABASE_URL: house.urlFor('owner'), DATABASE_APP_URL: house.urlFor('app') }));
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await real.close();
  await house.close();
});

async function progress(
  id: string,
): Promise<{ state: string; rows: number; added: number; unchanged: number; kept: number; things: number }> {
  const { rows } = await house.owner.query(
    `select state, rows_read::int as rows, added::int, unchanged::int, count(signal_id)::int as kept,
            count(distinct external_id)::int as things
       from imports i left join signals s on s.source_id = i.source_id where i.id = $1 group by i.id`,
    [id],
  );
  return rows[0];
}

test('every row is there and none twice', { timeout: 240_000 }, async () => {
  const source = (await house.as('lead').post('/api/sources', { name: 'killed', kind: 'ticket' })).body.id;
  const { token } = (await house.as('admin').post('/api/tokens', { name: 'killed', sourceId: source })).body;
  const first = await real.start();
  const ask = async (path: string, body: string | object) => {
    const init = { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } };
    const reply = await fetch(first.url + path, {
      ...init,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return (await reply.json()) as { id: string; suggested: object };
  };
  const at = new Date().toISOString();
  const file = Array.from(
    { length: ROWS },
    (_, i) => `${JSON.stringify({ id: `k${i}`, ts: at, text: `upload is stuck at ${i} %` })}\n`,
  );
  const { id, suggested } = await ask('/api/imports?fileName=k.jsonl', file.join(''));
  await ask(`/api/imports/${id}/start`, { sourceId: source, mapping: suggested });

  await expect.poll(async () => (await progress(id)).rows, { timeout: 60_000, interval: 20 }).toBeGreaterThan(3_000);
  const gone = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await gone;
  const left = await progress(id);
  expect(left).toMatchObject({ state: 'running', unchanged: 0 });
  expect(left.rows).toBeLessThan(ROWS);
  expect({ kept: left.kept, things: left.things }).toEqual({ kept: left.rows, things: left.rows });

  await house.owner.query(`update imports set beat_at = beat_at - interval '61 seconds' where id = $1`, [id]); // a minute later
  await real.start();
  await expect.poll(async () => (await progress(id)).state, { timeout: 150_000, interval: 200 }).toBe('done');
  expect(await progress(id)).toEqual({
    state: 'done',
    rows: ROWS,
    added: ROWS,
    unchanged: 0,
    kept: ROWS,
    things: ROWS,
  });
});
