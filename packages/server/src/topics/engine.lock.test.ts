import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { openLocks } from './engine.lock.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

test('a lost connection is let go: the lock is taken anew, and stopping does not wait for it', async () => {
  const locks = openLocks(house.app);
  expect(await locks.mayDrive('open')).toBe(true);

  await house.app.query(
    `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
      where l.locktype = 'advisory' and l.classid = 4747002 and d.datname = current_database()`,
  );
  await expect.poll(() => house.app.totalCount - house.app.idleCount).toBe(0); // none is left in hand

  expect(await locks.mayDrive('open')).toBe(true);
  await locks.release();
});
