import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../test/house.ts';
import { canonicalJson, record } from './events.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ANA = { id: 'ana', compartments: ['open'] };

test('the hash of an event can be made again from the payload that the database kept', async () => {
  await house.tools.db.change(ANA, (trx) =>
    record(trx, ANA, {
      name: 'import.finished',
      at: house.now(),
      compartment: 'open',
      subject: { kind: 'import', id: house.unusedId },
      payload: { importId: house.unusedId, revised: 1, added: 2, unchanged: 3, refused: 4, oldRows: 5 },
    }),
  );
  const { rows } = await house.owner.query(
    'select e.salt_hash, p.salt, p.payload from events e join event_payloads p on p.event_id = e.id',
  );
  const again = createHash('sha256').update(rows[0].salt).update(canonicalJson(rows[0].payload)).digest();
  expect(again.equals(rows[0].salt_hash)).toBe(true);
});
