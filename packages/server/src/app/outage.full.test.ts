/**
 * A disk is full while active users and changes come in, by file and by request: each delivery is there whole or not at all,
 * whoever sent it is told, and with room again the same is taken once.
 */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aFileOf, aRequestOf, type Delivery, deliver, keptOf } from '../../test/background-sender.ts';
import { fillDisk, makeRoom } from '../../test/full-disk.ts';
import { askDatabase, realHouse, type Started, setUp } from '../../test/real-house.ts';

const MB = 1024 * 1024;
const KINDS = ['active-users', 'changes'] as const;
const real = realHouse(() => ({ LOG_LEVEL: 'silent' }));
/** For the tables alone: the database's own log has room. */
const tables = mkdtempSync(join(tmpdir(), 'groundswell-tables-'));
const mounted: string[] = [];

function mount(folder: string, megabytes: number): void {
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder];
  execFileSync('mount', options, { stdio: 'ignore' });
  mounted.push(folder);
}

beforeAll(() => {
  try {
    mount(real.folder, 500);
    mount(tables, 160);
  } catch {
    console.log('*** NO SMALL DISK: mounting needs root. Active users on a full disk are not tested here. ***');
  }
});
afterAll(async () => {
  for (const disk of mounted) makeRoom(disk);
  await real.close().catch(() => {});
  for (const disk of mounted) execFileSync('umount', ['-l', disk]);
  for (const folder of [real.folder, tables]) rmSync(folder, { recursive: true, force: true });
});

async function moveTables(): Promise<void> {
  const place = join(tables, 'here');
  const { uid, gid } = statSync(join(real.folder, 'postgres'));
  mkdirSync(place);
  chownSync(place, uid, gid);
  const ask = (question: string) => askDatabase(real, question, 'superuser');
  await ask(`create tablespace small location '${place}'`);
  for (const table of ['active_users', 'changes']) await ask(`alter table ${table} set tablespace small`);
}

/** Sends, and remembers what was sent and what was taken. */
function openSender(admin: Record<string, string>) {
  const everything: Delivery[] = [];
  const acknowledged = new Set<Delivery>();
  const expectOnly = async (those: Iterable<Delivery>) =>
    expect(await keptOf(real)).toEqual(new Map([...those].map(({ name, rows }) => [name, rows])));
  return {
    /** In words, or null when nobody answered. */
    async send({ url }: Started, one: Delivery): Promise<string | null> {
      everything.push(one);
      const reply = await deliver(url, admin, one);
      if (reply?.status === 200) acknowledged.add(one);
      return reply && (reply.status === 200 ? 'taken' : `${reply.body?.code ?? reply.status} ${reply.body?.message}`);
    },
    expectAcknowledged: () => expectOnly(acknowledged),
    /** Everything is sent once more: what was refused is taken now, what was taken is known. */
    async expectAllOnce({ url }: Started): Promise<void> {
      for (const one of everything) {
        const { body } = (await deliver(url, admin, one))!;
        const known = acknowledged.has(one);
        expect(body).toMatchObject({ added: known ? 0 : one.rows, unchanged: known ? one.rows : 0, replaced: 0 });
        acknowledged.add(one);
      }
      await expectOnly(everything);
    },
  };
}

/** `503`: what a house says that is closing. */
const TOLD = /^(house\.(disk_full|database_away|too_busy|stopping)|503) /;

test('what does not fit is not there in part, and with room again it is there once', { timeout: 900_000 }, async ({
  skip,
}) => {
  if (mounted.length < 2) return skip();
  let house = await real.start();
  const { send, expectAcknowledged, expectAllOnce } = openSender(await setUp(house));
  for (const kind of KINDS) expect(await send(house, aFileOf(kind, `before ${kind}`, 3_000))).toBe('taken');
  const untilRefused = async (make: (n: number) => Delivery): Promise<string | null> => {
    for (let n = 0; n < 60; n++) {
      const said = await send(house, make(n));
      if (said !== 'taken') return said;
    }
    throw new Error('The disk was never full.');
  };

  // The file itself does not fit: nothing of it is left behind.
  fillDisk(real.folder, MB);
  for (const kind of KINDS) {
    const said = await send(house, aFileOf(kind, `large ${kind}`, 60_000));
    expect(said).toMatch(/^house\.disk_full .*Nothing/);
  }
  expect(readdirSync(join(real.folder, 'files')).filter((name) => name.endsWith('.part'))).toEqual([]);
  makeRoom(real.folder);

  // The file fits and its rows do not, nor do those of requests: the room ends in the middle of them. The house stays.
  await moveTables();
  fillDisk(tables, 2 * MB);
  for (const kind of KINDS) {
    const made = [
      (n: number) => aFileOf(kind, `file ${n} ${kind}`, 25_000),
      (n: number) => aRequestOf(kind, `request ${n} ${kind}`, 800),
    ];
    for (const make of made) expect(await untilRefused(make)).toMatch(/^house\.disk_full .*Nothing was changed/);
    expect([house.child.exitCode, house.child.signalCode]).toEqual([null, null]);
  }
  await expectAcknowledged();
  makeRoom(tables);
  await expectAllOnce(house);

  // No room for the database's log either: it may end by itself, and the house with it.
  fillDisk(real.folder, 3 * MB);
  for (const kind of KINDS) {
    const said = await untilRefused((n) => aFileOf(kind, `last ${n} ${kind}`, 10_000));
    expect(said ?? 'house.database_away and gone').toMatch(TOLD);
  }
  makeRoom(real.folder);
  if (house.child.exitCode === null) house.child.kill('SIGTERM');
  await expect.poll(() => house.child.exitCode ?? house.child.signalCode, { timeout: 180_000 }).not.toBeNull();
  house = await real.start();
  await expectAcknowledged();
  await expectAllOnce(house);
});
