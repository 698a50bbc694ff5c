import { afterEach, describe, expect, test } from 'vitest';
import type { Gate } from '../platform/db.ts';
import { openSessionLocks } from '../platform/session-locks.ts';
import {
  type CopiesHouse,
  everything,
  hoursAfter,
  openCopiesHouse,
  recounted,
  type Sent,
  SMALL,
} from './copies.fixture.ts';
import { openFollower } from './follower.ts';

const houses: CopiesHouse[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

async function aHouse(): Promise<CopiesHouse> {
  const house = await openCopiesHouse();
  houses.push(house);
  return house;
}

const CALL =
  'Bring back the old payout schedule now, creators cannot pay their rent with promises of a better tomorrow';
const OTHER = 'Since the last update my camera turns black whenever a filter is chosen before the recording begins';

/** Twelve people with nearly the same words, one who floods, a phrase of many, and words of one's own. */
function mixed(start: Date): Sent[] {
  const own =
    'alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa'.split(' ');
  return Array.from({ length: 120 }, (_, i): Sent => {
    const row = { id: `r${i}`, at: hoursAfter(start, i / 6), author: `person ${i}` };
    if (i % 10 === 0) return { ...row, text: i % 20 === 0 ? CALL : `${CALL}!!! Please, ${own[i % 16]}` };
    if (i % 10 === 3) return { ...row, text: OTHER, author: 'one voice' };
    if (i % 10 === 7) return { ...row, text: 'does not work' };
    const word = (k: number) =>
      own[(i * 7 + k * k * 5 + k) % 16]! + ((i * 31 + k * 17) % 97).toString(26).replaceAll(/\d/g, 'q');
    return { ...row, text: Array.from({ length: 12 }, (_, k) => word(k)).join(' ') };
  });
}

test('a campaign, a flood and a phrase are found, counted and told apart; who says their own is left alone', async () => {
  const house = await aHouse();
  const source = await house.givenSource('Play Store');
  await house.send(source, mixed(house.now()));

  await house.follower().drain();

  const { groups, members } = await everything(house);
  expect(groups.map(({ shape, signals }) => ({ shape, signals })).sort((a, b) => (a.shape < b.shape ? -1 : 1))).toEqual(
    [
      { shape: 'campaign', signals: 12 },
      { shape: 'flood', signals: 12 },
      { shape: 'phrase', signals: 12 },
    ],
  );
  const campaign = groups.find(({ shape }) => shape === 'campaign');
  expect(campaign).toMatchObject({ authors: 12, most_by_one: 1, exact: 6, busiest_hour: 1, characters: CALL.length });
  expect(members).toHaveLength(36);
  expect(
    groups.map(({ id, signals, exact, authors, most_by_one, busiest_hour }) => {
      return { id, signals, exact, authors, most_by_one, busiest_hour };
    }),
  ).toEqual(await recounted(house));
});

/** A gate that dies at the n-th change: before it commits, or just after it has. */
function mortal(db: Gate, at: number, when: 'before' | 'after'): Gate {
  let changes = 0;
  return {
    as: db.as,
    change: async (actor, fn) => {
      const dies = ++changes === at;
      const done = await db.change(actor, async (trx) => {
        const result = await fn(trx);
        if (dies && when === 'before') throw new Error('killed');
        return result;
      });
      if (dies) throw new Error('killed');
      return done;
    },
  };
}

test.each([1, 2, 3])(
  'killed anywhere and again it leaves what it would have left alive, seed %i',
  async (seed) => {
    const [calm, rough] = [await aHouse(), await aHouse()];
    for (const house of [calm, rough]) {
      await house.owner.query(
        `insert into sources (id, compartment, name, kind, created_at)
       values ('0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01', 'open', 'Play Store', 'app_review', now())`,
      );
      const rows = mixed(house.now());
      for (let i = 0; i < rows.length; i += 9)
        await house.send('0b6f1d0e-3a34-4f0c-9b52-0d6a4c1d7e01', rows.slice(i, i + 9));
    }
    await calm.follower().drain();

    let kills = 0;
    for (let life = 1; life < 40; life++) {
      const db = mortal(rough.tools.db, 1 + ((life * seed) % 2), life % 2 ? 'before' : 'after');
      const died = await rough
        .follower({ ...SMALL, perTurn: 10 }, db)
        .drain()
        .then(
          () => false,
          () => true,
        );
      if (!died) break;
      kills++;
    }
    await rough.follower().drain();

    expect(kills).toBeGreaterThan(4);
    const unkeyed = async (house: CopiesHouse) => {
      const { groups, members, tallies } = await everything(house);
      // Pseudonyms are keyed by house: who is who differs, how many there are does not.
      return {
        groups,
        members: members.map(({ author, ...rest }) => rest),
        tallies: tallies.filter(({ kind }) => kind !== 'author'),
      };
    };
    expect(await unkeyed(rough)).toEqual(await unkeyed(calm));
  },
  60_000,
);

test('two followers at once say everything once; under the lock only one of them works', async () => {
  const house = await aHouse();
  const source = await house.givenSource('Play Store');
  const rows = mixed(house.now());
  for (let i = 0; i < rows.length; i += 9) await house.send(source, rows.slice(i, i + 9));

  await Promise.all([
    house.follower({ ...SMALL, perTurn: 10 }).drain(),
    house.follower({ ...SMALL, perTurn: 10 }).drain(),
  ]);

  const { groups, members } = await everything(house);
  expect(members).toHaveLength(36);
  expect(groups.map(({ signals }) => signals)).toEqual([12, 12, 12]);

  const [first, second] = [openSessionLocks(house.app, 4_747_003), openSessionLocks(house.app, 4_747_003)];
  expect(await first.mayWork('open')).toBe(true);
  expect(await second.mayWork('open')).toBe(false);
  await house.send(source, [{ id: 'late', text: CALL, author: 'late' }]);
  const shut = openFollower({ ...house.tools, log: { error: () => {} } as never }, SMALL, second);
  expect(await shut.turn()).toBe(0);
  await first.release();
  await second.release();
});

describe('revisions', () => {
  test('are no copies of what they revise', async () => {
    const house = await aHouse();
    const source = await house.givenSource('Play Store');
    const follower = house.follower();
    await house.send(source, [{ id: 'a', text: CALL, author: 'ann' }]);
    await follower.drain();
    await house.send(source, [
      { id: 'a', text: `${CALL}, and soon`, author: 'ann', updatedAt: hoursAfter(house.now(), 1) },
    ]);
    await follower.drain();
    expect((await everything(house)).members).toEqual([]);
  });

  test('take the place of what they supersede, and leave the group when their words are others', async () => {
    const house = await aHouse();
    const source = await house.givenSource('Play Store');
    const follower = house.follower();
    const later = hoursAfter(house.now(), 1);
    await house.send(
      source,
      ['a', 'b', 'c'].map((id) => ({ id, text: CALL, author: id })),
    );
    await follower.drain();
    await house.send(source, [{ id: 'b', text: CALL.toUpperCase(), author: 'b', updatedAt: later }]);
    await follower.drain();
    expect((await everything(house)).groups).toMatchObject([{ signals: 3, authors: 3, most_by_one: 1 }]);
    const { rows } = await house.owner.query(
      'select s.latest from signal_copies c join signals s using (signal_id) where not s.latest',
    );
    expect(rows).toEqual([]);

    await house.send(source, [{ id: 'b', text: OTHER, author: 'b', updatedAt: hoursAfter(later, 1) }]);
    await follower.drain();
    const { groups, tallies } = await everything(house);
    expect(groups).toMatchObject([{ signals: 2, exact: 2, authors: 2 }]);
    expect(tallies.filter(({ kind }) => kind === 'author')).toHaveLength(2);
  });
});

test('compartments are compared apart', async () => {
  const house = await aHouse();
  const [open, legal] = [await house.givenSource('Play Store'), await house.givenSource('Counsel', 'legal')];
  await house.send(open, [{ id: 'a', text: CALL }]);
  await house.send(legal, [{ id: 'b', text: CALL }], 'legal');
  await house.follower().drain();
  expect((await everything(house)).members).toEqual([]);
  await house.send(legal, [{ id: 'c', text: CALL }], 'legal');
  await house.follower().drain();
  expect((await everything(house)).groups).toMatchObject([{ compartment: 'legal', signals: 2, authors: null }]);
});

test('a large group of a phrase costs a newcomer no more than a small one', async () => {
  const house = await aHouse();
  const source = await house.givenSource('Play Store');
  const follower = house.follower({ ...SMALL, perTurn: 5_000 });
  await house.send(
    source,
    Array.from({ length: 2_000 }, (_, i) => ({ id: `r${i}`, text: 'Good app', author: `p${i}` })),
  );
  await follower.drain();
  const reads = async () =>
    Number(
      (
        await house.owner.query(
          `select sum(idx_tup_fetch + seq_tup_read) as n from pg_stat_user_tables where relname in ('copy_tallies', 'signal_copies')`,
        )
      ).rows[0].n,
    );
  await house.owner.query('select pg_stat_force_next_flush()');
  const before = await reads();
  await house.send(source, [{ id: 'one more', text: 'good app!', author: 'p2000' }]);
  await follower.drain();
  await house.owner.query('select pg_sleep(1.2)'); // counts of the other connections arrive about once a second
  expect((await everything(house)).groups).toMatchObject([{ signals: 2_001, authors: 2_001, shape: 'phrase' }]);
  expect((await reads()) - before).toBeLessThan(500);
});
