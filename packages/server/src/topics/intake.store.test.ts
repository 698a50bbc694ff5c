/** What the engine is given to read: what people said, and nothing of what was put in the place of personal data. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { SYSTEM } from '../access/index.ts';
import { openLog } from '../platform/log.ts';
import { openEngine } from './engine.ts';
import { giveSignals, sayings } from './grammar.fixture.ts';
import { readHistory, takeBatch } from './intake.store.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const engine = SYSTEM.engine('open');

test('placeholders are no words, whichever way the engine reads', async () => {
  const admin = house.as('admin');
  const source = (await admin.post('/api/sources', { name: randomUUID(), kind: 'ticket' })).body.id;
  const row = {
    id: 'r1',
    ts: '2026-03-01T10:00:00Z',
    title: 'locked out, ana@example.org',
    text: 'card 4111 1111 1111 1111 was charged twice, call +49 30 901820 or write to ana@example.org about it',
    dimensions: { contact: 'ana@example.org', country: 'DE' },
  };
  expect((await admin.post(`/api/signals?source=${source}`, [row])).body).toMatchObject({ added: 1 });
  const { rows } = await house.owner.query(
    'select batch_id, signal_id, title, text, dimensions from signals where source_id = $1',
    [source],
  );
  const { batch_id, signal_id, ...kept } = rows[0];
  expect(JSON.stringify(kept).match(/⟦\w+⟧/g)).toEqual(['⟦email⟧', '⟦card⟧', '⟦phone⟧', '⟦email⟧', '⟦email⟧']);

  const live = await house.tools.db.as(engine, (db) => takeBatch(db, batch_id));
  expect(live.items).toMatchObject([{ id: signal_id, dimensions: { country: 'DE' } }]);
  expect(live.items[0]!.dimensions).toEqual({ country: 'DE' });
  expect(live.items[0]!.text).toBe('locked out, \n\ncard \n was charged twice, call \n or write to \n about it');

  const runId = randomUUID();
  await house.owner.query(
    `insert into engine_runs (id, compartment, state, created_at) values ($1, 'open', 'running', now())`,
    [runId],
  );
  await house.owner.query(
    `insert into engine_history (run_id, seq, compartment, signal_id) values ($1, 1, 'open', $2)`,
    [runId, signal_id],
  );
  const past = await house.tools.db.as(engine, (db) => readHistory(db, runId, 0, 10));
  expect(past.items).toEqual(live.items);
  await house.owner.query('delete from engine_history');
  await house.owner.query('delete from engine_runs');
});

test('a burst of people who give their address is not called by what took its place', async () => {
  const start = new Date(house.now().getTime() - 12 * 86_400_000);
  const weeks = sayings({ seed: 1, start, days: 12, perDay: 40, burst: { day: 10, count: 40 } });
  const named = weeks.map((one) =>
    one.text.includes('ninety nine') ? { ...one, text: `⟦email⟧ ⟦phone⟧ ${one.text} ⟦email⟧ ⟦phone⟧` } : one,
  );
  await giveSignals(house, named, { source: 'feedback' });
  await openEngine({ ...house.tools, log: openLog('silent') }).drain();
  const { rows } = await house.owner.query('select label, phrases from topics');
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).toMatch(/ninety/i);
  expect(JSON.stringify(rows)).not.toMatch(/email|phone|⟦/i);
});
