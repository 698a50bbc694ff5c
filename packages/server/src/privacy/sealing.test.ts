import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse, type TestHouse } from '../../test/house.ts';
import { CannotStart } from '../platform/cannot-start.ts';
import { openVault } from '../platform/vault.ts';
import { mustFitKey } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const startWith = (key: number) => mustFitKey({ db: house.tools.db, vault: openVault(Buffer.alloc(32, key)) });

test('of two first starts with two keys one is refused; from then on only the key of the other starts', async () => {
  const first = await Promise.allSettled([startWith(1), startWith(2)]);
  expect(first.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const good = first[0]!.status === 'fulfilled' ? 1 : 2;

  await startWith(good);
  const wrong = startWith(3 - good);
  await expect(wrong).rejects.toThrow(CannotStart);
  await expect(wrong).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('cannot be opened with this key'),
  });
  expect((await house.owner.query('select from sealing_check')).rowCount).toBe(1);
});
