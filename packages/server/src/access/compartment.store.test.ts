import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { loadEvent, record } from '../events.ts';
import { compartmentNames, reactor, SYSTEM } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await house.givenCompartment('legal');
});
afterAll(() => house.close());

async function givenEvent(compartment: string): Promise<string> {
  const actor = SYSTEM.engine(compartment);
  const subject = { kind: 'stream', id: compartment } as const;
  const event = {
    name: 'detection.changed',
    at: house.now(),
    compartment,
    subject,
    payload: { falseAlertsPerWeek: 2 },
  } as const;
  await house.tools.db.change(actor, (trx) => record(trx, actor, event));
  return (await house.events()).at(-1)!.id;
}

test('work that is done in every compartment learns their names, and nothing from inside', async () => {
  expect(await compartmentNames(house.tools.db)).toEqual(['legal', 'open']);
  const seen = await house.tools.db.as(SYSTEM.access, (db) => db.selectFrom('compartments').select('name').execute());
  expect(seen).toEqual([{ name: 'open' }]);
});

test('who reacts to an event can read it and sees no other compartment', async () => {
  const [open, legal] = [await givenEvent('open'), await givenEvent('legal')];
  const counsel = (await reactor(house.tools.db, legal))!;
  expect(counsel).toMatchObject({ id: 'system.reactions', compartments: ['legal'] });
  expect(await house.tools.db.as(counsel, (db) => loadEvent(db, legal))).toMatchObject({ compartment: 'legal' });
  await expect(house.tools.db.as(counsel, (db) => loadEvent(db, open))).rejects.toThrow('no result');
});

test('an event that went with its world has nobody to react to it', async () => {
  expect(await reactor(house.tools.db, randomUUID())).toBeNull();
});
