/** A rejection that nobody handles, planted into the real process: an outage is survived, everything else ends it in order. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type RealHouse, realHouse } from '../../test/real-house.ts';

/** Runs in the process before anything of ours: every signal lets one promise fail that nobody waits for. */
function planted(failure: string): string {
  const code = `process.on('SIGUSR2', () => { console.log('planted'); ${failure} })`;
  return `--import "data:text/javascript,${encodeURIComponent(code)}"`;
}
const houses: RealHouse[] = [];
async function started(failure: string) {
  const real = realHouse(() => ({ NODE_OPTIONS: planted(failure), LOG_LEVEL: 'silent' }));
  houses.push(real);
  return { real, house: await real.start() };
}
afterEach(async () => {
  for (const real of houses.splice(0)) await real.close();
});

test('an answer that the database took with it is no reason to end', { timeout: 600_000 }, async () => {
  const { house } = await started(
    `Promise.reject(new Error('Connection terminated unexpectedly'));
     Promise.reject(Object.assign(new Error('read'), { code: 'ECONNRESET' }))`,
  );
  house.child.kill('SIGUSR2');
  await expect.poll(house.said, { timeout: 30_000 }).toContain('planted');
  await sleep(1_000);
  expect([house.child.exitCode, house.child.signalCode]).toEqual([null, null]);
  expect((await fetch(`${house.url}/readyz`)).status).toBe(200);
});

test.each([
  ['a promise', `Promise.reject(new Error('a mistake of ours'))`],
  ['a callback', `throw new Error('a mistake of ours')`],
])('any other fault in %s ends it in order, with 1', { timeout: 600_000 }, async (_where, failure) => {
  const { real, house } = await started(failure);
  const pidFile = join(real.folder, 'postgres', 'postmaster.pid');
  expect(existsSync(pidFile)).toBe(true);
  house.child.kill('SIGUSR2');
  await expect.poll(() => house.child.exitCode, { timeout: 60_000 }).toBe(1);
  expect(existsSync(pidFile)).toBe(false); // its database was stopped, not left to find out
});

test('nobody reading what it says is no reason to end, nor to stay when it is asked to go', {
  timeout: 600_000,
}, async () => {
  const { house } = await started('');
  house.child.stdout!.destroy();
  house.child.kill('SIGUSR2'); // it says something
  await sleep(1_000);
  expect((await fetch(`${house.url}/readyz`)).status).toBe(200);
  expect([house.child.exitCode, house.child.signalCode]).toEqual([null, null]);
  house.child.kill('SIGTERM');
  await expect.poll(() => house.child.exitCode, { timeout: 60_000 }).toBe(0);
});
